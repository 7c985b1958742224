"""Python looks for no garbage by itself in the window: `collector.py` does, once it is painted.

2026-11: at a start nearly everything that is made stays, and looking through it again and again
took a seventh of the time to the first paint (600 to 520 ms, processor). No Qt here: importing it
is most of what is made.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def by_hand() -> Iterator[None]:
    """None is looked for but by who calls `gc.collect`."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
