"""Looks again at posts that still matter, so that edits and deletions are seen."""

import logging
from collections.abc import Callable

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.errors import AuthExpiredError, ConnectorError, CredentialError
from socialdesk.domain.rows import AccountRow
from socialdesk.engine.kit import Kit
from socialdesk.store import accounts, rechecks
from socialdesk.store.pages import save_recheck
from socialdesk.store.writer import Priority

EVERY_S = 600.0  # one batch per account
BATCH = 20  # an old server answers one post a call: 20 calls of its 300 in five minutes

log = logging.getLogger(__name__)


class Rechecker:
    """`account_dead` hears which account must sign in again; `pace` scales the interval."""

    def __init__(
        self, kit: Kit, account_dead: Callable[[int, BaseException], None], pace: float = 1.0
    ) -> None:
        self._kit, self._account_dead = kit, account_dead
        self._every_ms = int(EVERY_S * pace * 1000)
        self._next_at: dict[int, int] = {}

    def after_jump(self) -> None:
        """Whatever the clock says: look now."""
        self._next_at.clear()

    def step(self) -> float:
        """A batch for each account whose time has come and that is free."""
        now = self._kit.clock.now_ms()
        for account in self._kit.readers.here(accounts.list_accounts):
            if _can_look(account) and self._next_at.get(account.id, 0) <= now:
                self._start(account.id, now)
        return max(1.0, self._every_ms / 1000)

    def _start(self, account_id: int, now: int) -> None:
        before = now - self._every_ms
        due = self._kit.readers.here(
            lambda conn: rechecks.posts_due(conn, account_id, before, BATCH)
        )
        if not due:
            self._next_at[account_id] = now + self._every_ms
        elif self._kit.turns.take(account_id):
            self._next_at[account_id] = now + self._every_ms
            self._kit.pool.submit(self._job, account_id, due)

    def _job(self, account_id: int, remote_ids: list[str]) -> None:
        try:
            self._look(account_id, remote_ids)
        except AuthExpiredError as e:
            self._account_dead(account_id, e)
        except (ConnectorError, CredentialError) as e:  # the poller tells what is wrong
            log.info("account %d: could not look again (%s)", account_id, type(e).__name__)
        except Exception:
            log.exception("account %d: looking again failed", account_id)
        finally:
            self._kit.turns.give_back(account_id)
            self._kit.done()

    def _look(self, account_id: int, remote_ids: list[str]) -> None:
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
        if spec is None:
            return
        found = self._kit.connections.connector(spec).recheck(remote_ids)
        self._kit.writer.submit(
            lambda tx: save_recheck(tx, spec.id, spec.network, found.mentions, found.gone),
            priority=Priority.PAGE,
            durable=False,
        ).result()


def _can_look(account: AccountRow) -> bool:
    return (
        account.state is AccountState.ON
        and account.card is not None
        and bool(account.card.can & Can.RECHECK)
    )
