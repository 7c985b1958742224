"""Looks whether replies that a network took can be seen by everybody: some networks moderate.

"Sent" stays what it says: the network took it. Until it was seen, the outbox says so beside it.
"""

import logging
from typing import Final

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.errors import ConnectorError, CredentialError
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import SeesOwn
from socialdesk.store import accounts
from socialdesk.store.file.writer import Priority
from socialdesk.store.queue import seen
from socialdesk.store.queue.seen import Unseen

LOOK_AFTER_S: Final = (60.0, 600.0, 3600.0, 6 * 3600.0, 86_400.0, 3 * 86_400.0)  # since it was sent
LAST_MS: Final = 7 * 86_400_000  # what is not public after a week will not be
EVERY_S: Final = 60.0
BUSY_S: Final = 2.0  # another job of the account is under way

log = logging.getLogger(__name__)


class Seeing:
    """A part of the clockwork."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._n_looks: dict[int, int] = {}  # by outbox row; a restart looks anew

    def after_jump(self) -> None:
        """Times are reckoned from when each was sent."""

    def step(self) -> float:
        """A look at each reply whose time has come, one job an account."""
        now = self._kit.clock.now_ms()
        rows = self._kit.readers.here(accounts.list_accounts)
        begun = [self._start(account.id, now) for account in rows if _can_see(account)]
        return EVERY_S if all(begun) else BUSY_S

    def _start(self, account_id: int, now: int) -> bool:
        """False when there is something to look at and the account is busy."""
        rows = self._kit.readers.here(lambda conn: seen.unseen(conn, account_id, now - LAST_MS))
        due = [row for row in rows if self._is_due(row, now)]
        if not due:
            return True
        if not self._kit.turns.take(account_id):
            return False
        self._kit.pool.submit(self._job, account_id, due, now)
        return True

    def _is_due(self, row: Unseen, now: int) -> bool:
        n = self._n_looks.get(row.outbox_id, 0)
        return n < len(LOOK_AFTER_S) and now - row.sent_at >= LOOK_AFTER_S[n] * 1000

    def _job(self, account_id: int, rows: list[Unseen], now: int) -> None:
        try:
            for row in rows:
                self._look(account_id, row, now)
        except (ConnectorError, CredentialError) as e:  # the poller tells what is wrong
            log.info("account %d: could not see its replies (%s)", account_id, type(e).__name__)
        except Exception:
            log.exception("account %d: seeing its replies failed", account_id)
        finally:
            self._kit.turns.give_back(account_id)
            self._kit.done()

    def _look(self, account_id: int, row: Unseen, now: int) -> None:
        # Looks that were missed while the program was closed are not made up for.
        passed = sum(now - row.sent_at >= after_s * 1000 for after_s in LOOK_AFTER_S)
        self._n_looks[row.outbox_id] = passed
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
        connector = None if spec is None else self._kit.connections.connector(spec)
        if isinstance(connector, SeesOwn) and connector.is_public(row.remote_id):
            self._kit.writer.submit(
                lambda tx: seen.note_seen(tx, row.outbox_id), priority=Priority.PAGE
            ).result()


def _can_see(account: AccountRow) -> bool:
    can = account.card.can if account.card is not None else Can(0)
    return account.state is AccountState.ON and bool(can & Can.SEEN)
