"""Promises: written with the reply that makes them, kept by the next one, told when they are due.

Times are wall-clock ms in the file: a promise outlives sleep, restarts and clock jumps.
"""

from typing import TYPE_CHECKING, Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.need import WOKEN_BONUS_MS
from socialdesk.domain.promise import MAX_WORDS, PromiseRow, PromiseState
from socialdesk.domain.status import Status
from socialdesk.store import journal, outbox_told
from socialdesk.store.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.transaction import Transaction

SOON, DUE = 1, 2  # what n_told counts up to

# Of the same person in the same thread: a later answer there keeps what was promised.
_THREAD: Final = """
(SELECT m.id FROM mention a JOIN mention m ON m.conversation_id = a.conversation_id
 AND m.author_id = a.author_id WHERE a.id = ?)"""


def add(
    tx: "Transaction",
    mention_id: int,
    due_at: int,
    words: str,
    person: int,
    outbox_id: int = 0,
) -> tuple[int, int]:
    """Its id and the journal entry. With `outbox_id` it counts once that reply is out.

    Raises CommandError NOT_FOUND, BAD_INPUT (a time that lies behind).
    """
    if due_at <= tx.now:
        raise CommandError(CommandFault.BAD_INPUT, what="due_at")
    if not tx.conn.execute("SELECT 1 FROM mention WHERE id = ?", (mention_id,)).fetchone():
        raise CommandError(CommandFault.NOT_FOUND)
    state = PromiseState.PLANNED if outbox_id else PromiseState.OPEN
    made = tx.conn.execute(
        "INSERT INTO promise(mention_id, outbox_id, due_at, words, state, person_id, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (mention_id, outbox_id, due_at, words[:MAX_WORDS], state.value, person, tx.now),
    ).lastrowid
    return int(made or 0), _note(tx, "promise_made", int(made or 0), mention_id, person)


def drop(tx: "Transaction", promise_id: int, person: int) -> int:
    """By hand: it is off. The journal entry. Raises CommandError NOT_FOUND, TOO_LATE."""
    row = tx.conn.execute(
        "SELECT mention_id, state FROM promise WHERE id = ?", (promise_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    if row[1] not in (PromiseState.OPEN.value, PromiseState.PLANNED.value):
        raise CommandError(CommandFault.TOO_LATE, state=row[1])
    _end(tx, "id = ?", (promise_id,), PromiseState.DROPPED)
    return _note(tx, "promise_dropped", promise_id, row[0], person)


def reply_sent(tx: "Transaction", mention_id: int, outbox_id: int) -> None:
    """A reply is out: it keeps what was open with them, and its own promise counts from now."""
    _end(
        tx, f"state = 'open' AND outbox_id <> ? AND mention_id IN {_THREAD}",
        (outbox_id, mention_id), PromiseState.KEPT,
    )  # fmt: skip
    n = tx.conn.execute(
        "UPDATE promise SET state = 'open' "
        "WHERE mention_id = ? AND outbox_id = ? AND outbox_id <> 0 AND state = 'planned'",
        (mention_id, outbox_id),
    ).rowcount
    if n:
        _told(tx, mention_id)


def reply_unsaid(tx: "Transaction", mention_id: int, outbox_id: int) -> None:
    """Its reply will not leave: nothing was promised."""
    where = "mention_id = ? AND outbox_id = ? AND outbox_id <> 0 AND state = 'planned'"
    _end(tx, where, (mention_id, outbox_id), PromiseState.DROPPED)


def planned_by(conn: Connection, mention_id: int, outbox_id: int) -> tuple[int, str]:
    """(due, words) of what a reply on its way promises; (0, "") = nothing."""
    row: tuple[int, str] | None = conn.execute(
        "SELECT due_at, words FROM promise WHERE mention_id = ? AND outbox_id = ? "
        "AND state IN ('planned', 'open') ORDER BY id DESC",
        (mention_id, outbox_id),
    ).fetchone()
    return row or (0, "")


def come_due(tx: "Transaction", lead_ms: int) -> int:
    """What is due soon, or now, comes back to the top of the queue and is told. How many."""
    rows = tx.conn.execute(
        "SELECT id, mention_id, due_at, words FROM promise WHERE state = 'open' AND "
        "((n_told < 1 AND due_at - ? <= ?) OR (n_told < 2 AND due_at <= ?)) ORDER BY due_at",
        (lead_ms, tx.now, tx.now),
    ).fetchall()
    for promise_id, mention_id, due_at, words in rows:
        is_due = due_at <= tx.now
        tx.conn.execute(
            "UPDATE promise SET n_told = ? WHERE id = ?", (DUE if is_due else SOON, promise_id)
        )
        _to_the_top(tx, mention_id)
        code = outbox_told.PROMISE_DUE if is_due else outbox_told.PROMISE_SOON
        facts: dict[str, str | int] = {"due_at": due_at, "words": words, "promise": promise_id}
        outbox_told.tell(tx, code, facts, mention_id, is_urgent=is_due)
        _note(tx, code, promise_id, mention_id, None)
    return len(rows)


def next_due(conn: Connection, lead_ms: int) -> int | None:
    """When the next promise wants attention (ms UTC, may lie behind); None = nothing is open."""
    (at,) = conn.execute(
        "SELECT min(CASE n_told WHEN 0 THEN due_at - ? ELSE due_at END) FROM promise "
        "WHERE state = 'open' AND n_told < 2",
        (lead_ms,),
    ).fetchone()
    return None if at is None else int(at)


def list_promises(
    conn: Connection, *, only_open: bool = True, mention_id: int = 0, limit: int = 500
) -> list[PromiseRow]:
    """By the time they are due. `mention_id`: those of its thread and person."""
    where, values = ["p.state = 'open'" if only_open else "p.id > 0"], []
    if mention_id:
        where.append(f"p.mention_id IN {_THREAD}")
        values.append(mention_id)
    rows = conn.execute(f"{_ROWS} WHERE {' AND '.join(where)} ORDER BY p.due_at LIMIT ?",
                        (*values, limit))  # fmt: skip
    return [_row(row) for row in rows]


_ROWS: Final = """
SELECT p.id, p.mention_id, p.due_at, p.words, p.state,
  coalesce(nullif(a.name, ''), a.handle, ''), coalesce(w.name, ''), p.made_at, p.ended_at,
  p.outbox_id
FROM promise p LEFT JOIN mention m ON m.id = p.mention_id LEFT JOIN author a ON a.id = m.author_id
LEFT JOIN person w ON w.id = p.person_id"""


def _row(row: tuple[Any, ...]) -> PromiseRow:
    promise, mention, due_at, words, state, *rest = row
    return PromiseRow(promise, mention, due_at, words, PromiseState(state), *rest)


def _to_the_top(tx: "Transaction", mention_id: int) -> None:
    """Open, before everything else, marked as a snooze that ended is."""
    from socialdesk.store import triage  # its acts know replies, which know promises

    triage.set_status(tx, None, [mention_id], Status.OPEN)
    tx.conn.execute(
        "UPDATE triage SET is_woken = 1, need_at = ? WHERE mention_id = ?",
        (tx.now - WOKEN_BONUS_MS, mention_id),
    )
    _told(tx, mention_id)
    tx.touch(Area.QUEUE)


def _end(tx: "Transaction", where: str, values: tuple[int, ...], state: PromiseState) -> None:
    """`where`: one of this file's own conditions."""
    ended = tx.conn.execute(
        f"UPDATE promise SET state = ?, ended_at = ? WHERE {where} RETURNING id, mention_id",
        (state.value, tx.now, *values),
    ).fetchall()
    for promise_id, mention_id in ended:
        _told(tx, mention_id)
        if state is PromiseState.KEPT:
            _note(tx, "promise_kept", promise_id, mention_id, None)


def _told(tx: "Transaction", mention_id: int) -> None:
    tx.note_updated([mention_id])
    tx.touch(Area.PROMISES)


def _note(
    tx: "Transaction", kind: str, promise_id: int, mention_id: int, person: int | None
) -> int:
    _told(tx, mention_id)
    data = {"promise": promise_id, "mention": mention_id}
    return journal.append(tx, kind, data, person=person)
