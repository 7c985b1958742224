"""When Python looks for garbage in the window: not before the first paint, and then no more in what
the start has made.

2026-11: at a start nearly everything that is made stays, and looking through it again and again
took a seventh of the time to the first paint (600 to 520 ms, processor).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def waiting() -> Iterator[None]:
    """None is looked for until somebody says `go_on`, or to the end."""
    gc.disable()
    try:
        yield
    finally:
        go_on()


def go_on() -> None:
    """What is there stays: later rounds pass it over, and are shorter for it. Idempotent."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
