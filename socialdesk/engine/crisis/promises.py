"""Promises that come due: those to askers come back to the top of the queue some minutes before;
those of an incident to the public and to audiences are told of before, at and after their time."""

from collections.abc import Callable, Mapping

from socialdesk.engine.kit import Kit
from socialdesk.engine.settings import number_of
from socialdesk.store.crisis import incident_dues
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.outbox import promises
from socialdesk.store.replies import promise_acts

MINUTE_MS = 60_000
NOTHING_S = 3600.0


class Promises:
    """`settings`: those in force now. Due times are in the file: no sleep or restart loses one."""

    def __init__(self, kit: Kit, settings: Callable[[], Mapping[str, str]]) -> None:
        self._kit, self._settings = kit, settings

    def after_jump(self) -> None:
        """The next turn looks at the file anyway."""

    def step(self) -> float:
        """Tell what is due; seconds until the next promise."""
        due = self._next()
        if due is not None and due <= self._kit.clock.now_ms():
            self._kit.writer.submit(self._tell, priority=Priority.SEND).result()
            due = self._next()
        if due is None:
            return NOTHING_S
        return max(0.5, (due - self._kit.clock.now_ms()) / 1000)

    def _next(self) -> int | None:
        def read(conn: Connection) -> list[int | None]:
            return [promises.next_due(conn, self._lead_ms()), incident_dues.next_due(conn)]

        return min((at for at in self._kit.readers.here(read) if at is not None), default=None)

    def _tell(self, tx: Transaction) -> None:
        promise_acts.come_due(tx, self._lead_ms())
        incident_dues.come_due(tx)

    def _lead_ms(self) -> int:
        return number_of(self._settings(), "promise_lead_min") * MINUTE_MS
