"""Telling an audience through a notify service of its own: Apprise, an address per audience.

The address may hold a secret, so it lies in the system keyring. What is sent is an approved text
of the incident, word for word. A service that refuses is told of, and nothing counts as told; where
its answer was lost, a person decides.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.statements import NotifyAudience, SetNotifyAddress
from socialdesk.engine.crisis.service_call import Outcome, is_service, send
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.store import commands
from socialdesk.store.crisis import audiences
from socialdesk.store.file.writer import Transaction

MAX_ADDRESS: Final = 2_000

Answer = dict[str, Any]


class Notify:
    """Two errands: keep an address, send a text to it."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            SetNotifyAddress: self._set, NotifyAudience: self._notify,
        }  # fmt: skip

    def _set(self, command: SetNotifyAddress, command_id: str) -> Answer:
        address = command.address.strip()
        if address and (len(address) > MAX_ADDRESS or not is_service(address)):
            raise CommandError(CommandFault.NOT_NOTIFIED, why="address")
        self._kit.readers.here(lambda conn: audiences.find(conn, command.audience_id))
        kept = self._kit.connections.secrets
        if address:
            secret = Secret(address)
            kept.keep(name_of(command.audience_id), secret, session_only=command.session_only)
        else:
            kept.forget(name_of(command.audience_id))
        shown = f"{address.partition(':')[0]}://…" if address else ""

        def once(tx: Transaction) -> int:
            seq = audiences.set_service(tx, command.audience_id, shown, here_of(tx))
            commands.remember(tx, command_id, seq, {"shown": shown})
            return seq

        return {"shown": shown, "seq": self._kit.writer.submit(once).result()}

    def _notify(self, command: NotifyAudience, command_id: str) -> Answer:
        kept = self._kit.connections.secrets.read(name_of(command.audience_id))
        if kept is None:
            raise CommandError(CommandFault.NOT_NOTIFIED, why="none")
        turn = -command.audience_id  # no account has it; a desk that closes waits for its end
        if not self._kit.turns.take(turn):
            raise CommandError(CommandFault.NOT_NOTIFIED, why="unclear")
        try:
            return {"n_sent": 1, "seq": self._tell(command, command_id, kept.value)}
        finally:
            self._kit.turns.give_back(turn)

    def _tell(self, command: NotifyAudience, command_id: str, address: str) -> int:
        """The journal entry. No service says later what it did, so the file knows before it is
        asked: where its answer is lost, a person decides."""
        write = self._kit.writer.submit
        whom = (command.incident_id, command.audience_id, command.version_id)

        def begin(tx: Transaction) -> str:
            if not commands.begin(tx, command_id):  # who is sure was so of what came before
                raise CommandError(CommandFault.NOT_NOTIFIED, why="unclear")
            return audiences.begin_telling(tx, *whom, here_of(tx), is_sure=command.is_sure)

        def note_told(tx: Transaction) -> int:
            seq = audiences.note_told(tx, *whom, "notify", here_of(tx))
            commands.remember(tx, command_id, seq, {"n_sent": 1})
            return seq

        outcome = send(address, tr("From SocialDesk"), write(begin).result())
        if outcome is Outcome.TAKEN:
            return write(note_told).result()
        if outcome is Outcome.REFUSED:
            write(lambda tx: audiences.note_not_told(tx, *whom, here_of(tx))).result()
        raise CommandError(CommandFault.NOT_NOTIFIED, why=outcome.value)


def name_of(audience_id: int) -> str:
    """What the address is called in the keyring."""
    return f"notify-{audience_id}"
