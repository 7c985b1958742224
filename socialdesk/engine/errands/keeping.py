"""Setting how long words stay, and weighing it before: what a person is told and may choose."""

from collections.abc import Callable, Mapping
from typing import Any

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.keep import choice_of, is_choice, key_of
from socialdesk.engine.commands import owning as c
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.store import accounts, commands, settings
from socialdesk.store.file.transaction import Transaction

Answer = dict[str, Any]


class KeepErrands:
    """`work`: which command is done by what."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            c.SetKeep: self._set,
            c.ListKeeps: self._list,
        }

    def _set(self, command: c.SetKeep, command_id: str) -> Answer:
        if not is_choice(command.account_id, command.choice):
            raise CommandError(CommandFault.BAD_INPUT, what=command.choice[:40])

        def write(tx: Transaction) -> int:
            if command.account_id and accounts.read_account(tx.conn, command.account_id) is None:
                raise CommandError(CommandFault.NOT_FOUND)
            seq = settings.set_value(tx, key_of(command.account_id), command.choice, here_of(tx))
            commands.remember(tx, command_id, seq, {})
            return seq

        return {"seq": self._kit.writer.submit(write).result()}

    def _list(self, command: c.ListKeeps, _: str) -> Answer:
        chosen = self._kit.readers.here(settings.read_all)
        rows = self._kit.readers.here(accounts.list_accounts)
        return {
            "default": choice_of(chosen, 0),
            "accounts": [
                [row.id, row.network, row.name, choice_of(chosen, row.id), self._terms(row.network)]
                for row in rows
            ],
        }

    def _terms(self, network: str) -> int:
        known = self._kit.connections.networks.get(network)
        return 0 if known is None else known.info.keep.hours
