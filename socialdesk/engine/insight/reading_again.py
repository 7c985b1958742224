"""Reads mentions that were never read, or by an older analysis: newest first, in slices, behind
everything else.

2026-11: what is left to do is what the file says (`insight.version`), so it goes on after a crash
without a list of its own; the number it began with is kept, for the progress. A slice is read on a
thread of the pool and stored at the lowest priority: commands, replies and pages pass between two.
"""

import logging
import threading
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.insight.analyst import Analyst
from socialdesk.engine.kit import Kit
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.insight import insights, reading_state

SLICE: Final = 40  # mentions: 15 ms; with 200 a command waited up to 340 ms for its answer (p95)
TOP: Final = 1 << 62
TURN: Final = -1  # no account has this number
REST_MS: Final = 60  # after a slice: whoever waits for the interpreter comes first
PAGE_REST_MS: Final = 2_000  # after a page: in a flood of them nothing old is read, however slow

log = logging.getLogger(__name__)


class ReadingAgain:
    """A part of the clockwork."""

    def __init__(self, kit: Kit, analyst: Analyst) -> None:
        self._kit, self._analyst = kit, analyst
        self._lock = threading.Lock()
        self._next = TOP  # ids below it are still to be looked at
        self._is_due = True  # something may be unread
        self._n_misses = self._n_pages = 0
        self._rests_until = 0  # monotonic ms

    def after_jump(self) -> None:
        """Nothing here waits for a time."""

    def look_again(self) -> None:
        """Something is to be read again: look from the newest on."""
        with self._lock:
            self._next, self._is_due = TOP, True
        self._kit.done()

    def step(self) -> float:
        """Start a slice when there is one to do and none under way."""
        if self._analyst.misses != self._n_misses:
            self._n_misses = self._analyst.misses
            self._next, self._is_due = TOP, True
        if not self._is_due or self._kit.readers.here(reading_state.is_stopped):
            return TICK_S
        if self._analyst.n_pages != self._n_pages:
            self._n_pages = self._analyst.n_pages
            self._rest(PAGE_REST_MS)
        if (rest_ms := self._rests_until - self._kit.clock.monotonic_ms()) > 0:
            return rest_ms / 1000
        if self._kit.turns.take(TURN):
            self._kit.pool.submit(self._run)
        return TICK_S

    def _rest(self, ms: int) -> None:
        """By the clock: a wake for something else does not cut it short."""
        self._rests_until = max(self._rests_until, self._kit.clock.monotonic_ms() + ms)

    def _run(self) -> None:
        try:
            self._slice()
        except SocialDeskError as e:  # the file closes, or is full: it goes on at the next turn
            log.info("reading older mentions pauses (%s)", e)
        except Exception:
            self._is_due = False
            log.exception("reading older mentions failed")
        finally:
            self._rest(REST_MS)
            self._kit.turns.give_back(TURN)
            self._kit.done()

    def _slice(self) -> None:
        before = self._next
        n_left, ids = self._kit.readers.here(lambda conn: _unread(conn, before))
        if not ids:
            self._end(before)
            return
        words = self._kit.readers.here(lambda conn: insights.words_of(conn, ids))
        looks = self._analyst.look_at((w.title, w.body, w.lang) for w in words)

        def write(tx: Transaction) -> int:
            if before == TOP:
                reading_state.begin(tx, n_left)
            tx.touch(Area.INSIGHT)
            tx.note_updated(ids)
            return self._analyst.save(tx, ids, looks)

        n = self._kit.writer.submit(write, priority=Priority.BACKGROUND, durable=False).result()
        if not n:  # no reader, or no place: it would be no better at once
            self._is_due = False
        elif n == len(ids) and self._next == before:
            self._next = ids[-1]

    def _end(self, before: int) -> None:
        """All were looked at. From the top once more only when something came meanwhile."""
        if self._next != before:
            return
        self._is_due = False
        if before != TOP:
            self._kit.writer.submit(
                reading_state.end, priority=Priority.BACKGROUND, durable=False
            ).result()


def _unread(conn: Connection, before: int) -> tuple[int, list[int]]:
    """How many there are, when a pass begins, and the next slice. Counting first: at a start there
    is mostly nothing, and to find that out by looking takes a second at a million."""
    n_left = insights.count_unread(conn) if before == TOP else 0
    if before == TOP and not n_left:
        return 0, []
    return n_left, insights.unread(conn, before, SLICE)
