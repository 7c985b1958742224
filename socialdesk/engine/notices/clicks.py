"""A click on a notice: it waits for a window, and where none takes it one is started."""

import threading
from collections.abc import Callable

from socialdesk.domain.times.clock import Clock
from socialdesk.engine import desk
from socialdesk.engine.notices.told import Told

PATIENCE_MS = 1_000  # a window that is there takes it within milliseconds
FORGET_MS = 120_000  # no window came of it: the next one opened is not about it


class Clicks:
    """Clicks come on any thread, `step` on the engine's heart. `tell`: to the window, that there is
    one to take. `open_window` returns at once; a window that is there already comes to the front.
    """

    def __init__(
        self,
        clock: Clock,
        tell: Callable[[desk.Notice], None],
        open_window: Callable[[], None],
    ) -> None:
        self._clock, self._tell, self._open_window = clock, tell, open_window
        self._lock = threading.Lock()
        self._last: Told | None = None
        self._at = 0
        self._has_called = False

    def put(self, told: Told) -> None:
        """The last click is the one that counts."""
        with self._lock:
            self._last, self._at = told, self._clock.monotonic_ms()
            self._has_called = False
        self._tell(desk.Notice("show", {}))

    def take(self) -> Told | None:
        """Once: whoever takes it goes there."""
        with self._lock:
            told, self._last = self._last, None
            return told

    def step(self) -> float | None:
        """Call a window when its time has come; seconds until then, None when there is nothing to
        wait for."""
        with self._lock:
            if self._last is None:
                return None
            waited = self._clock.monotonic_ms() - self._at
            if waited >= FORGET_MS:
                self._last = None
                return None
            if self._has_called:
                return (FORGET_MS - waited) / 1000
            if waited < PATIENCE_MS:
                return (PATIENCE_MS - waited) / 1000
            self._has_called = True
        self._open_window()
        return FORGET_MS / 1000
