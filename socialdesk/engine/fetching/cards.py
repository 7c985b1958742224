"""Capability records of accounts that signed in before we knew to ask for all of it: asked again.

A card tells what an account's server can and allows; one from an earlier version of this program
says nothing of pictures or of posts of our own. Once a start, and once a day where a server still
says it takes none.
"""

import logging

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.errors import ConnectorError, CredentialError
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.kit import Kit
from socialdesk.store import accounts
from socialdesk.store.file.writer import Priority

EVERY_MS = 86_400_000

log = logging.getLogger(__name__)


class Cards:
    """One account at a time, each in its turn."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._next_at: dict[int, int] = {}

    def after_jump(self) -> None:
        """A day later or earlier makes no difference."""

    def step(self) -> float:
        """Ask for what is missing; seconds until the next look."""
        now = self._kit.clock.now_ms()
        for account in self._kit.readers.here(accounts.list_accounts):
            is_due = self._next_at.get(account.id, 0) <= now
            if is_due and self._is_old(account) and self._kit.turns.take(account.id):
                self._next_at[account.id] = now + EVERY_MS
                self._kit.pool.submit(self._job, account.id)
        return 600.0

    def _is_old(self, account: AccountRow) -> bool:
        """Its network takes pictures or posts in general, and its card does not say so."""
        network = self._kit.connections.networks.get(account.network)
        if account.state is not AccountState.ON or network is None:
            return False
        could, can = network.info.can, account.card.can if account.card else Can(0)
        has_pictures = account.card is not None and account.card.pictures is not None
        return (Can.MEDIA in could and not has_pictures) or (Can.POST in could & ~can)

    def _job(self, account_id: int) -> None:
        try:
            spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
            if spec is not None:
                card = self._kit.connections.connector(spec).card()
                self._kit.writer.submit(
                    lambda tx: accounts.set_card(tx, account_id, card),
                    priority=Priority.BACKGROUND,
                ).result()
        except (ConnectorError, CredentialError) as e:  # the poller tells what is wrong
            log.info("account %d: its card is as it was (%s)", account_id, type(e).__name__)
        except Exception:  # a bug: the account goes on with the card it has
            log.exception("account %d: its card could not be asked for", account_id)
        finally:
            self._kit.turns.give_back(account_id)
            self._kit.done()
