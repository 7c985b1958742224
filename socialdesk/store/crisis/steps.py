"""The checklist of an incident, copied from its playbook when it is declared."""

from collections.abc import Sequence

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.crisis_rows import StepRow
from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

MAX_CHARS = 2_000  # of a note, or of why it was skipped


@frozen
class NewStep:
    """One line to copy. `due_min`: after the declaration, negative = no clock."""

    key: str
    phase: str
    role: str
    text: str
    due_min: int


def copy(tx: Transaction, incident_id: int, steps: Sequence[NewStep]) -> None:
    """Into an incident that is being declared now."""
    tx.conn.executemany(
        "INSERT INTO step(incident_id, key, phase, role, text, due_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (incident_id, s.key, s.phase, s.role, s.text,
             tx.now + s.due_min * MINUTE_MS if s.due_min >= 0 else 0)
            for s in steps
        ],
    )  # fmt: skip


def list_steps(conn: Connection, incident_id: int) -> list[StepRow]:
    """By phase, and in it by the time due; what has no clock comes last, as the playbook has it."""
    rows = conn.execute(
        "SELECT s.id, s.key, s.phase, s.role, s.text, s.due_at, s.done_at, coalesce(p.name, ''),"
        " s.note, s.skipped_why FROM step s LEFT JOIN person p ON p.id = s.person_id"
        " WHERE s.incident_id = ? ORDER BY CASE s.phase WHEN 'declared' THEN 0"
        " WHEN 'holding' THEN 1 WHEN 'responding' THEN 2 WHEN 'stand_down' THEN 3 ELSE 4 END,"
        " s.due_at = 0, s.due_at, s.id",
        (incident_id,),
    )
    return [StepRow(*row) for row in rows]


def settle(
    tx: Transaction, step_id: int, person: int, *, note: str, skipped_why: str, is_done: bool
) -> int:
    """Done; or skipped, with a reason; or open again. The journal entry. Raises CommandError
    NOT_FOUND."""
    row = tx.conn.execute("SELECT incident_id, key FROM step WHERE id = ?", (step_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    said, why = note.strip()[:MAX_CHARS], skipped_why.strip()[:MAX_CHARS] if is_done else ""
    tx.conn.execute(
        "UPDATE step SET done_at = ?, person_id = ?, note = ?, skipped_why = ? WHERE id = ?",
        (tx.now if is_done else 0, person if is_done else 0, said, why, step_id),
    )
    tx.touch(Area.INCIDENTS)
    kind = "step_skipped" if why else "step_done" if is_done else "step_undone"
    incident = incident_moves.read(tx.conn, row[0])
    return incident_moves.note(
        tx, incident, kind, person, step=step_id, key=row[1], why=why, note=said
    )
