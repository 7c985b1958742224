"""Promises: written with the reply that makes them, kept by the next one.

Times are wall-clock ms in the file: a promise outlives sleep, restarts and clock jumps. What a
person and the clock do to them is in `promise_acts.py`.
"""

from typing import TYPE_CHECKING, Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.promise import LATE_AFTER_MS, MAX_WORDS, PromiseRow, PromiseState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

STANDS: Final = "state IN ('open', 'late')"  # not kept yet
MADE_KIND: Final = "promise_made"  # of the journal entry
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
    """Its id and the journal entry. With `outbox_id` it counts once that reply is out. Raises as
    `insert` does."""
    made = insert(tx, mention_id, due_at, words, person, outbox_id)
    return made, _note(tx, MADE_KIND, made, mention_id, person)


def insert(
    tx: "Transaction", mention_id: int, due_at: int, words: str, person: int, outbox_id: int = 0
) -> int:
    """The row alone; its id. Raises CommandError NOT_FOUND, BAD_INPUT (a time that lies behind)."""
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
    return int(made or 0)


def reply_sent(tx: "Transaction", mention_id: int, outbox_id: int) -> None:
    """A reply is out: it keeps what was open with them, and its own promise counts from now."""
    _end(
        tx, f"{STANDS} AND outbox_id <> ? AND mention_id IN {_THREAD}",
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
        "AND state IN ('planned', 'open', 'late') ORDER BY id DESC",
        (mention_id, outbox_id),
    ).fetchone()
    return row or (0, "")


def next_due(conn: Connection, lead_ms: int) -> int | None:
    """When the next promise wants attention (ms UTC, may lie behind); None = nothing is open."""
    (at,) = conn.execute(
        "SELECT min(CASE n_told WHEN 0 THEN due_at - ? WHEN 1 THEN due_at ELSE due_at + ? END) "
        "FROM promise WHERE state = 'open'",
        (lead_ms, LATE_AFTER_MS),
    ).fetchone()
    return None if at is None else int(at)


def list_promises(
    conn: Connection, *, only_open: bool = True, mention_id: int = 0, limit: int = 500
) -> list[PromiseRow]:
    """By the time they are due. `mention_id`: those of its thread and person."""
    where, values = [f"p.{STANDS}" if only_open else "p.id > 0"], []
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
