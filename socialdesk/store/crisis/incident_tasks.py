"""What the review of an incident found to do: who does it, until when."""

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import people
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

MAX_CHARS = 500


def save(
    tx: Transaction,
    incident_id: int,
    task_id: int,
    *,
    text: str,
    owner: int,
    due_at: int,
    is_done: bool,
    person: int,
) -> tuple[int, int]:
    """`task_id` 0 makes one; `text` "" removes it. Its id and the journal entry. Raises
    CommandError NOT_FOUND, EMPTY, PERSON (away): a new owner; who had it already may be."""
    incident = incident_moves.read(tx.conn, incident_id)
    words = text.strip()[:MAX_CHARS]
    had = tx.conn.execute("SELECT owner_id FROM task WHERE id = ?", (task_id,)).fetchone()
    if owner and (had is None or had[0] != owner):
        people.require_at_work(tx.conn, owner)
    if not task_id:
        if not words:
            raise CommandError(CommandFault.EMPTY)
        task_id = _make(tx, incident_id)
    if not words:
        _remove(tx, incident_id, task_id)
        return task_id, incident_moves.note(tx, incident, "task_removed", person, task=task_id)
    n = tx.conn.execute(
        "UPDATE task SET text = ?, owner_id = ?, due_at = ?, done_at = CASE WHEN NOT ? THEN 0 "
        "WHEN done_at > 0 THEN done_at ELSE ? END WHERE id = ? AND incident_id = ?",
        (words, owner, due_at, is_done, tx.now, task_id, incident_id),
    ).rowcount
    if not n:
        raise CommandError(CommandFault.NOT_FOUND)
    return task_id, incident_moves.note(
        tx, incident, "task_saved", person, task=task_id, text=words, owner=owner, due_at=due_at,
        is_done=is_done,
    )  # fmt: skip


def list_tasks(conn: Connection, incident_id: int) -> list[tuple[int, str, int, str, int, int]]:
    """(id, text, owner's person id, owner, due, done), in the order they were written."""
    return conn.execute(
        "SELECT t.id, t.text, t.owner_id, coalesce(p.name, ''), t.due_at, t.done_at FROM task t "
        "LEFT JOIN person p ON p.id = t.owner_id WHERE t.incident_id = ? ORDER BY t.id",
        (incident_id,),
    ).fetchall()


def _make(tx: Transaction, incident_id: int) -> int:
    sql = "INSERT INTO task(incident_id, text) VALUES (?, '')"
    return int(tx.conn.execute(sql, (incident_id,)).lastrowid or 0)


def _remove(tx: Transaction, incident_id: int, task_id: int) -> None:
    sql = "DELETE FROM task WHERE id = ? AND incident_id = ?"
    if not tx.conn.execute(sql, (task_id, incident_id)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
