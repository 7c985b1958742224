"""What tells the time. `app.py` hands one to engine and store; tests move theirs by hand."""

from typing import Protocol


class Clock(Protocol):
    """Wall clock for what people read, monotonic clock for how long something took."""

    def now_ms(self) -> int:
        """Milliseconds UTC since 1970; may jump when the computer's clock is set."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds that never run backwards, from an unknown start."""
        ...
