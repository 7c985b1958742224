"""Whoever waits for the writer comes first in the interpreter: a command, an act on many.

2026-11: each statement of SQLite gives the interpreter away and has to get it back. Behind two
threads that read mentions a command took 40 ms with turns of 1 ms and 9 with 0.1; turns as short
as that all the time would cost a flood of mentions a third of its pace. What works long without
SQLite (reading words, learning) also stands aside between two pieces of its work.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SHORT_S: Final = 0.0001
ASIDE_S: Final = 0.01  # the longest that work stands aside at a time: it never stops for good
MOST_VAIN: Final = 20  # times since somebody began: an act on many, an asker who reads nothing


class ShortTurns:
    """Of the whole process, from the first `begin` to the last `end`; on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._n, self._usual_s = 0, 0.0
        self._n_vain = 0
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()

    def begin(self) -> None:
        with self._lock:
            self._n += 1
            self._n_vain = 0
            if self._n == 1:
                self._usual_s = sys.getswitchinterval()
                sys.setswitchinterval(min(SHORT_S, self._usual_s))
                self._nobody_waits.clear()

    def end(self) -> None:
        with self._lock:
            self._n -= 1
            if self._n == 0:
                sys.setswitchinterval(self._usual_s)
                self._nobody_waits.set()

    def stand_aside(self) -> None:
        """Between two pieces of work that nobody waits for: until nobody waits, ASIDE_S at most and
        MOST_VAIN times. Not on the writer's thread, which would wait for itself."""
        if self._n and self._n_vain < MOST_VAIN and not self._nobody_waits.wait(ASIDE_S):
            self._n_vain += 1  # by two threads at once it may count one: that is near enough

    @contextmanager
    def during(self) -> Iterator[None]:
        """While the block runs."""
        self.begin()
        try:
            yield
        finally:
            self.end()


SHORT_TURNS: Final = ShortTurns()
