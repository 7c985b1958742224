"""Stand-ins that tests move by hand. The store is never faked: real file in `tmp_path`."""

from datetime import UTC, datetime

NOON = 1_795_262_400_000  # ms, 2026-11-21 12:00 UTC


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: int = NOON) -> None:
        self.now, self.mono = now, 1_000_000

    def now_ms(self) -> int:
        return self.now

    def monotonic_ms(self) -> int:
        return self.mono

    def advance(self, seconds: float) -> None:
        """Time passes, on both clocks."""
        self.now += round(seconds * 1000)
        self.mono += round(seconds * 1000)

    def jump(self, seconds: float) -> None:
        """Somebody sets the wall clock; the monotonic one does not notice."""
        self.now += round(seconds * 1000)

    @property
    def utc(self) -> datetime:
        """The wall clock as the domain has it."""
        return datetime.fromtimestamp(self.now / 1000, UTC)
