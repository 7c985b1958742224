"""The purses of priced accounts: every call is counted in the file before it is made.

2026-11: the connector asks, not the poller: one fetch may be two calls and a thread three, and
threads, re-checks and read-backs cost as fetches do. What is held is on the disk (durable) before
the call; what comes back is written after the answer, before its page: the money is spent whether
or not the page can be kept.
"""

from functools import partial

from socialdesk.domain.times.clock import Clock
from socialdesk.networks.base import Purse
from socialdesk.store import spend
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.writer import Priority, Writer


class AccountPurse:
    """Pays for one account (`networks.base.Purse`)."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock, account_id: int) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock
        self._account_id = account_id

    def left(self, *, percent: int = 100) -> int:
        """As the file has it now; `hold` decides."""
        now = self._clock.now_ms()
        read = partial(spend.read, account_id=self._account_id, now=now)
        return self._readers.here(lambda conn: read(conn)).left(percent=percent)

    def hold(self, price: int, *, percent: int = 100) -> str:
        """Raises SpendCapError."""
        hold = partial(spend.hold, account_id=self._account_id, price=price, percent=percent)
        return self._writer.submit(lambda tx: hold(tx), priority=Priority.SEND).result()

    def settle(self, month: str, back: int) -> None:
        """Less, or more where a network took more than was asked for."""
        settle = partial(spend.settle, account_id=self._account_id, month=month, back=back)
        if back:
            self._writer.submit(
                lambda tx: settle(tx), priority=Priority.SEND, durable=False
            ).result()


class Purses:
    """The purse of each account."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._parts = (writer, readers, clock)

    def __call__(self, account_id: int) -> Purse:
        return AccountPurse(*self._parts, account_id)
