"""Promises that come due: back to the top of the queue some minutes before, and when they are."""

from collections.abc import Callable, Mapping

from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import number_of
from socialdesk.store import promise_acts, promises
from socialdesk.store.writer import Priority

MINUTE_MS = 60_000


class Promises:
    """`settings`: those in force now. Due times are in the file: no sleep or restart loses one."""

    def __init__(self, kit: Kit, settings: Callable[[], Mapping[str, str]]) -> None:
        self._kit, self._settings = kit, settings

    def after_jump(self) -> None:
        """The next turn looks at the file anyway."""

    def step(self) -> float:
        """Tell what is due; seconds until the next promise."""
        lead_ms = number_of(self._settings(), "promise_lead_min") * MINUTE_MS
        due = self._kit.readers.here(lambda conn: promises.next_due(conn, lead_ms))
        if due is not None and due <= self._kit.clock.now_ms():
            self._kit.writer.submit(
                lambda tx: promise_acts.come_due(tx, lead_ms), priority=Priority.SEND
            ).result()
            due = self._kit.readers.here(lambda conn: promises.next_due(conn, lead_ms))
        if due is None:
            return 3600.0
        return max(0.5, (due - self._kit.clock.now_ms()) / 1000)
