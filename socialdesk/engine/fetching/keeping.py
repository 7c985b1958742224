"""How long strangers' words may be kept: the networks' own terms, held to by the hour.

Every page and every second look puts off the end of what it confirms; what nobody confirmed in time
loses its words (`store/mentions/lapses.py`).
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import Keep, Network
from socialdesk.store import accounts
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions import lapses
from socialdesk.store.mentions.pages import SavedPage

HOUR_MS: Final = 3_600_000
EVERY_S: Final = 3600.0
SLICE: Final = 200  # mentions a transaction
BATCH: Final = 50  # posts looked at again before they lapse, each ten minutes

Confirm = Callable[[Transaction, str, int, Sequence[str]], None]
"""Tells that a network (key, account) showed these posts (uris) just now."""

log = logging.getLogger(__name__)


class Keeping:
    """A step of the intake, a part of the clockwork, and what the rechecker asks."""

    def __init__(self, kit: Kit, networks: Mapping[str, Network]) -> None:
        self._kit, self._networks = kit, networks
        self._next_at = 0

    def prepare(
        self, network: str, mentions: Sequence[Mention]
    ) -> Callable[[Transaction, SavedPage], None]:
        """What the page holds may be kept from now on for as long as the network says; what it
        tells is deleted, no longer where the terms say so."""
        uris = [mention.uri for mention in mentions]
        until_gone = self._rule(network).until_gone

        def finish(tx: Transaction, saved: SavedPage) -> None:
            self.confirm(tx, network, saved.account_id, uris)
            if until_gone and saved.deleted_ids:
                lapses.end_these(tx, saved.account_id, saved.deleted_ids)
                lapses.let_lapse(tx, SLICE)

        return finish if self._hours(network) or until_gone else _nothing

    def confirm(self, tx: Transaction, network: str, account_id: int, uris: Sequence[str]) -> None:
        """The network told these posts just now."""
        if hours := self._hours(network):
            lapses.put_off(tx, account_id, uris, network, tx.now + hours * HOUR_MS)

    def to_confirm(self, account: AccountRow) -> list[str]:
        """Remote ids to look at again, because half their time is over."""
        hours = self._hours(account.network)
        if not hours:
            return []
        before = self._kit.clock.now_ms() + hours * HOUR_MS // 2
        return self._kit.readers.here(lambda conn: lapses.due(conn, account.id, before, BATCH))

    def confirm_remote(
        self, tx: Transaction, network: str, account_id: int, remote_ids: Sequence[str]
    ) -> None:
        """They were looked at again, and are there."""
        if hours := self._hours(network):
            lapses.put_off_remote(tx, account_id, remote_ids, tx.now + hours * HOUR_MS)

    def drop_gone(
        self, tx: Transaction, network: str, account_id: int, remote_ids: Sequence[str]
    ) -> None:
        """These are deleted there: where the network's terms say so, their words go here too."""
        if remote_ids and self._rule(network).until_gone:
            lapses.end_now(tx, account_id, remote_ids)
            lapses.let_lapse(tx, SLICE)

    def _rule(self, network: str) -> Keep:
        """Of the networks that are in use only: asking one imports it."""
        known = self._networks.get(network)
        return Keep() if known is None else known.info.keep

    def _hours(self, network: str) -> int:
        return self._rule(network).hours

    def after_jump(self) -> None:
        """Much may have lapsed."""
        self._next_at = 0

    def step(self) -> float:
        """By the hour: words whose time is over go, a slice at a time."""
        now = self._kit.clock.now_ms()
        if now < self._next_at:
            return (self._next_at - now) / 1000
        n = self._kit.writer.submit(
            lambda tx: lapses.let_lapse(tx, SLICE), priority=Priority.BACKGROUND
        ).result()
        if n:
            log.info("the words of %d mentions were taken out: their network's terms", n)
        if n == SLICE:
            return 0.1
        for account in self._kit.readers.here(accounts.list_accounts):
            self._drop_rejects(account, now)
        self._next_at = now + HOUR_MS
        return EVERY_S

    def _drop_rejects(self, account: AccountRow, now: int) -> None:
        if hours := self._hours(account.network):
            self._kit.writer.submit(
                lambda tx: lapses.drop_rejects(tx, account.id, now - hours * HOUR_MS),
                priority=Priority.BACKGROUND,
            ).result()


def _nothing(tx: Transaction, saved: SavedPage) -> None:
    """This network sets no limit."""
