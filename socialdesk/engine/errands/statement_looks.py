"""Second looks as an errand: the PIN of who looks is asked of the keyring, off the writer's thread.

In a drill nobody has a PIN: people are picked by name, and the keyring stays shut.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine import playbooks
from socialdesk.engine.commands.statements import GiveLook
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.store import approvals, commands
from socialdesk.store.crisis import drills, incident_life, looks, silences
from socialdesk.store.crisis.looks import Given
from socialdesk.store.file.transaction import Transaction

SUBJECTS: Final = (approvals.STATEMENT, approvals.LINE, approvals.SILENCE, approvals.REPLY)
Answer = dict[str, Any]


class Looks:
    """`check_pin(person, pin)` raises CommandError PIN, CredentialError."""

    def __init__(self, kit: Kit, check_pin: Callable[[int, str], None]) -> None:
        self._kit, self._check_pin = kit, check_pin
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {GiveLook: self._give}

    def _give(self, command: GiveLook, command_id: str) -> Answer:
        look = look_of(command)
        if look is Look.PERSON_HERE and not self._kit.readers.here(drills.is_drill):
            self._check_pin(command.person, command.pin)

        def once(tx: Transaction) -> Answer:
            given = give_look(tx, command, look, here_of(tx), is_pin_checked=True)
            answer = {"approval_id": given.approval_id, "ends_at": given.ends_at,
                      "n_missing": given.n_missing}  # fmt: skip
            commands.remember(tx, command_id, given.seq, answer)
            return {**answer, "seq": given.seq}

        return self._kit.writer.submit(once).result()


def look_of(command: GiveLook) -> Look:
    """Raises CommandError BAD_INPUT."""
    try:
        look = Look(command.kind)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what="kind") from e
    if command.subject not in SUBJECTS:
        raise CommandError(CommandFault.BAD_INPUT, what="subject")
    return look


def give_look(
    tx: Transaction, command: GiveLook, look: Look, here: int, *, is_pin_checked: bool
) -> Given:
    """The look, and what it lets happen: a decision to be silent takes effect."""
    questions = [question.key for question in playbooks.read_common(tx.conn).second_look]
    given = looks.give(
        tx, command.subject, command.subject_id, command.hash, look, here=here,
        person=command.person, how=command.how, answers=command.answers, questions=questions,
        is_pin_checked=is_pin_checked,
    )  # fmt: skip
    if command.subject == approvals.SILENCE and not given.n_missing:
        incident_id = silences.take_effect(tx, command.subject_id, here)
        incident_life.silence_decided(tx, incident_id, command.subject_id, here)
    return given
