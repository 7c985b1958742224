"""Putting somebody away, as an errand: their PIN is removed from the keyring.

The PIN goes first: where the keyring cannot be reached nothing is changed, and no PIN that nobody
knows of waits for them to come back. That it went without being typed is told wherever a forgotten
one is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from socialdesk.engine.commands.workspace import PutAwayPerson
from socialdesk.engine.crisis.pins import name_of
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.store import commands, pin_tries, putting_away
from socialdesk.store.file.transaction import Transaction


class PuttingAway:
    """Raises CommandError NOT_FOUND, PERSON, CredentialError."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
            PutAwayPerson: self._put_away
        }

    def _put_away(self, command: PutAwayPerson, command_id: str) -> dict[str, Any]:
        person, here = command.person_id, self._kit.readers.here
        here(lambda conn: putting_away.require_free(conn, person))
        has_pin = here(lambda conn: pin_tries.is_set(conn, person))
        if has_pin:
            self._kit.connections.secrets.forget(name_of(person))

        def once(tx: Transaction) -> int:
            by = here_of(tx)
            if has_pin:
                pin_tries.note_forgotten(tx, person, tr("Put away: they left the team."), by)
            seq = putting_away.put_away(tx, person, by)
            commands.remember(tx, command_id, seq, {})
            return seq

        return {"seq": self._kit.writer.submit(once).result()}
