"""Looks again at posts that still matter, so that edits and deletions are seen."""

import logging
from collections.abc import Callable

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    CredentialError,
    RateLimitedError,
)
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.fetching.keeping import Keeping
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import Recheck
from socialdesk.store import accounts, spend
from socialdesk.store.accounts import AccountSpec
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions import rechecks
from socialdesk.store.mentions.pages import save_recheck

EVERY_S = 600.0  # one batch per account
PAID_EVERY_MS = 86_400_000  # one post, where each look costs money
BATCH = 20  # an old server answers one post a call: 20 calls of its 300 in five minutes

log = logging.getLogger(__name__)


class Rechecker:
    """`account_dead` hears which account must sign in again; `pace` scales the interval;
    `keeping` knows whose words would lapse."""

    def __init__(
        self,
        kit: Kit,
        account_dead: Callable[[int, BaseException], None],
        keeping: Keeping,
        pace: float = 1.0,
    ) -> None:
        self._kit, self._account_dead, self._keeping = kit, account_dead, keeping
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
                self._start(account, now)
        return max(1.0, self._every_ms / 1000)

    def _start(self, account: AccountRow, now: int) -> None:
        due = self._kit.readers.here(lambda conn: self._due(conn, account.id, now))
        due = list(dict.fromkeys((*due, *self._keeping.to_confirm(account))))
        if not due:
            self._next_at[account.id] = now + self._every_ms
        elif self._kit.turns.take(account.id):
            self._next_at[account.id] = now + self._every_ms
            self._kit.pool.submit(self._job, account.id, due)

    def _due(self, conn: Connection, account_id: int, now: int) -> list[str]:
        every_ms = PAID_EVERY_MS if spend.is_priced(conn, account_id) else self._every_ms
        return rechecks.posts_due(conn, account_id, now - every_ms, BATCH)

    def _job(self, account_id: int, remote_ids: list[str]) -> None:
        try:
            self._look(account_id, remote_ids)
        except AuthExpiredError as e:
            self._account_dead(account_id, e)
        except RateLimitedError as e:
            self._wait_as_asked(account_id, e.retry_after_s)
        except (ConnectorError, CredentialError) as e:  # the poller tells what is wrong
            log.info("account %d: could not look again (%s)", account_id, type(e).__name__)
        except Exception:
            log.exception("account %d: looking again failed", account_id)
        finally:
            self._kit.turns.give_back(account_id)
            self._kit.done()

    def _wait_as_asked(self, account_id: int, retry_after_s: float) -> None:
        """Never sooner than the next turn is due anyway."""
        asked = self._kit.clock.now_ms() + int(retry_after_s * 1000)
        self._next_at[account_id] = max(self._next_at.get(account_id, 0), asked)

    def _look(self, account_id: int, remote_ids: list[str]) -> None:
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
        if spec is None:
            return
        found = self._kit.connections.connector(spec).recheck(remote_ids)
        self._kit.writer.submit(
            lambda tx: self._save(tx, spec, found), priority=Priority.PAGE, durable=False
        ).result()

    def _save(self, tx: Transaction, spec: AccountSpec, found: Recheck) -> None:
        save_recheck(tx, spec.id, spec.network, found.mentions, found.gone)
        self._keeping.drop_gone(tx, spec.network, spec.id, found.gone)
        there = [mention.remote_id for mention in found.mentions]
        self._keeping.confirm_remote(tx, spec.network, spec.id, there)


def _can_look(account: AccountRow) -> bool:
    return (
        account.state is AccountState.ON
        and account.card is not None
        and bool(account.card.can & Can.RECHECK)
    )
