"""What a flood took goes back to the system once it is over.

SQLite's cache of the writer is full by then, and glibc keeps what is freed between what stays.
2026-11, after 50,000 mentions: 84 MB before, 72 after.
"""

import sys
from typing import Final

from socialdesk.domain.changes import Changes
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.desk import EngineState, Notice
from socialdesk.engine.kit import Kit
from socialdesk.store.file.sqlite import Connection

MANY: Final = 5_000  # mentions that came or changed: fewer leave little behind
STILL_MS: Final = 10_000  # without any


class AfterFlood:
    """A part of the clockwork that listens to what is announced."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._n, self._last_ms = 0, 0  # since memory was given back; when the last ones came

    def after_jump(self) -> None:
        """Nothing here goes by the wall clock."""

    def take(self, news: Changes | Notice | EngineState) -> None:
        """On the writer's thread."""
        if isinstance(news, Changes) and (n := len(news.added) + len(news.updated)):
            self._n += n
            self._last_ms = self._kit.clock.monotonic_ms()

    def step(self) -> float:
        """Give back what nobody needs now, when the flood is over; seconds until then."""
        if self._n < MANY:
            return TICK_S
        left_ms = self._last_ms + STILL_MS - self._kit.clock.monotonic_ms()
        if left_ms > 0:
            return left_ms / 1000
        self._n = 0
        self._kit.writer.submit_alone(_empty_cache).result()
        give_back()
        return TICK_S


def give_back() -> None:
    """What is free in the heap of the whole process; elsewhere than with glibc nothing happens."""
    if sys.platform != "linux":
        return
    from ctypes import CDLL

    trim = getattr(CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)


def _empty_cache(conn: Connection) -> None:
    conn.execute("PRAGMA shrink_memory").close()
