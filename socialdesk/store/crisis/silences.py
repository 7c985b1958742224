"""The decision to say nothing for a time: a reason, a second look, and when to look again.

Journal: silence_chosen, silence_decided. Source: crisis-mode specification, R42.
"""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import approval_hash
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import journal
from socialdesk.store.crisis import incident_dues
from socialdesk.store.file.transaction import Transaction

MAX_AWAY_MS: Final = 60 * 60_000
MAX_CHARS: Final = 1_000


def choose(
    tx: Transaction, incident_id: int, reason: str, look_again_at: int, person: int
) -> tuple[int, str, int]:
    """Its id, hash and journal entry; it counts once it had its second look. Raises CommandError
    NOT_FOUND, CrisisRefusedError R42."""
    row = tx.conn.execute("SELECT code FROM incident WHERE id = ?", (incident_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    clean = reason.strip()[:MAX_CHARS]
    if not clean or not tx.now < look_again_at <= tx.now + MAX_AWAY_MS:
        raise CrisisRefusedError("R42", incident_id=incident_id)
    digest = approval_hash(
        kind="silence", lang="", text=f"{clean}\n{look_again_at}", incident=row[0]
    )
    made = tx.conn.execute(
        "INSERT INTO silence(incident_id, reason, look_again_at, person_id, hash, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (incident_id, clean, look_again_at, person, digest, tx.now),
    ).lastrowid
    data = {"silence": made, "hash": digest, "look_again_at": look_again_at}
    tx.touch(Area.INCIDENTS)
    seq = journal.append(tx, "silence_chosen", data, person=person, incident=incident_id)
    return int(made or 0), digest, seq


def take_effect(tx: Transaction, silence_id: int, person: int) -> int:
    """It had its second look: the timer runs, and the decision before it ends. The incident.
    Raises CommandError NOT_FOUND; CrisisRefusedError R42 when its time has passed meanwhile."""
    row = tx.conn.execute(
        "SELECT incident_id, look_again_at FROM silence WHERE id = ?", (silence_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    incident_id, look_again_at = row
    if look_again_at <= tx.now:
        raise CrisisRefusedError("R42", incident_id=incident_id)
    incident_dues.keep(tx, incident_id, incident_dues.SILENCE)
    incident_dues.promise(tx, incident_id, incident_dues.SILENCE, look_again_at)
    tx.conn.execute(
        "UPDATE silence SET ended_at = ? WHERE incident_id = ? AND id <> ? AND ended_at = 0",
        (tx.now, incident_id, silence_id),
    )
    data = {"silence": silence_id, "look_again_at": look_again_at}
    journal.append(tx, "silence_decided", data, person=person, incident=incident_id)
    return int(incident_id)
