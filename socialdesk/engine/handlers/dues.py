"""Silence, audiences, and who was told."""

from typing import Final

from socialdesk.engine.commands import statements as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.crisis import audiences, silences
from socialdesk.store.file.transaction import Transaction


def choose_silence(tx: Transaction, command: c.ChooseSilence, person: int) -> Outcome:
    made, digest, seq = silences.choose(
        tx, command.incident_id, command.reason, command.look_again_at, person
    )
    return seq, {"silence_id": made, "hash": digest}


def save_audience(tx: Transaction, command: c.SaveAudience, person: int) -> Outcome:
    made, seq = audiences.save(
        tx, command.audience_id, name=command.name, kind=command.kind, channel=command.channel,
        address=command.address, lang=command.lang, spokesperson=command.spokesperson,
        contact=command.contact, is_tested=command.is_tested, is_archived=command.is_archived,
        incident_id=command.incident_id, person=person,
    )  # fmt: skip
    return seq, {"audience_id": made}


def note_audience_told(tx: Transaction, command: c.NoteAudienceTold, person: int) -> Outcome:
    seq = audiences.note_told(
        tx, command.incident_id, command.audience_id, command.version_id, command.how, person
    )
    return seq, {}


HANDLERS: Final[dict[type, Handler]] = {
    c.ChooseSilence: choose_silence,
    c.SaveAudience: save_audience,
    c.NoteAudienceTold: note_audience_told,
}
