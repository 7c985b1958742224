"""What the environments of window and engine have different."""

import os
from typing import Final

_HEAPS: Final = ("MALLOC_ARENA_MAX", "2")


def engine_environ() -> dict[str, str]:
    """The engine's environment. glibc gives each busy thread a heap of its own and keeps what a
    busy minute took: a working day grew by 100 MB with eight heaps, by 50 with two (measured)."""
    return {**dict([_HEAPS]), **os.environ}


def window_environ() -> dict[str, str]:
    """Of a window that the engine starts: without what only the engine has."""
    return dict(os.environ.items() - {_HEAPS})
