"""How a held reply goes on by itself: after the seconds of undo, or at the time it was meant for.

A scheduled reply leaves on time or asks: never late without a yes, never after they wrote first
(unless a person said so), never beside another answer of the brand.
"""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.plan import DROPPED
from socialdesk.domain.replies.reply import LATE_MIN, HoldReason, OutboxState
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.notices import notices
from socialdesk.store.outbox import outbox_moves, outbox_sent, outbox_told
from socialdesk.store.outbox.outbox_moves import COLUMNS, OPEN, Entry
from socialdesk.store.triage import triage

LATE, ANSWERED, GONE = "late", "answered", "post_gone"  # reasons
MINUTE_MS: Final = 60_000


def release_due(tx: Transaction) -> int:
    """Replies whose time has come: queued, held with a question, or drafts again. How many."""
    rows = tx.conn.execute(
        f"SELECT {COLUMNS} FROM outbox WHERE state = 'held' AND {OPEN} "
        "AND hold_reason IN ('undo', 'scheduled') AND held_until BETWEEN 1 AND ? ORDER BY id",
        (tx.now,),
    ).fetchall()
    for row in map(outbox_moves.entry, rows):
        if row.hold_reason == HoldReason.UNDO.value:
            outbox_moves.move(
                tx, row, "reply_queued", None, state=OutboxState.QUEUED, hold_reason="",
                held_until=0,
            )  # fmt: skip
        else:
            _release_scheduled(tx, row)
    return len(rows)


def drop_written(tx: Transaction) -> int:
    """Scheduled replies whose author wrote again: drafts again, at once. How many."""
    rows = [outbox_moves.entry(row) for row in tx.conn.execute(_WAITING_TO_DROP).fetchall()]
    for row in rows:
        _drop(tx, row)
    return len(rows)


def has_written(conn: Connection) -> bool:
    """Whether `drop_written` has something to do."""
    return conn.execute(f"{_WAITING_TO_DROP} LIMIT 1").fetchone() is not None


def shorten_waits(tx: Transaction, longest_ms: int, back_ms: int = 0) -> None:
    """The clock was set back by `back_ms`: no reply is held for undo longer than was meant, none
    waits longer than `longest_ms` for its next try or look, and first tries are as old as they
    were. What is scheduled keeps its time of day."""
    tx.conn.execute(
        "UPDATE outbox SET held_until = min(held_until, ? + held_until - held_at)"
        " WHERE state = 'held' AND hold_reason = 'undo'",
        (tx.now,),
    )
    tx.conn.execute(
        "UPDATE outbox SET next_at = min(next_at, ?) WHERE state IN ('queued', 'uncertain')",
        (tx.now + longest_ms,),
    )
    tx.conn.execute(
        "UPDATE outbox SET first_try_at = max(1, first_try_at - ?) WHERE first_try_at > 0"
        f" AND {OPEN}",
        (back_ms,),
    )
    tx.touch(Area.OUTBOX)


def late_ms(conn: Connection) -> int:
    """So much later than it was meant for, a reply asks first."""
    text = settings.read(conn, "late_min")
    return (int(text) if text.isdecimal() else LATE_MIN) * MINUTE_MS


def is_late(conn: Connection, row: Entry, now: int) -> bool:
    """Whether a scheduled reply has missed its time. A repeat under its key is no new sending."""
    is_repeat = row.n_tries > 0 and row.reason == "repeat"
    return row.held_until > 0 and not is_repeat and now - row.held_until > late_ms(conn)


def is_gone(conn: Connection, row: Entry) -> bool:
    """Whether what it answers was deleted on the network since, and nobody said to send it all the
    same. Of one that was tried already the read-back tells more."""
    found = conn.execute(
        "SELECT deleted_at FROM mention WHERE id = ?", (row.mention_id,)
    ).fetchone()
    since = row.held_at if row.decision == "keep" else 0
    return found is not None and found[0] > since and not row.n_tries


def ask(tx: Transaction, row: Entry, reason: str) -> None:
    """Held until a person decides, and told. `held_until` keeps the time it was meant for."""
    outbox_moves.move(
        tx, row, "reply_held", None, state=OutboxState.HELD, hold_reason=HoldReason.ASK.value,
        held_at=tx.now, reason=reason,
    )  # fmt: skip
    if row.held_until:  # scheduled: nobody looks at it now
        code = {
            LATE: outbox_told.LATE,
            GONE: outbox_told.GONE,
            "not_approved": outbox_told.NOT_APPROVED,
        }
        notices.add(
            tx, code.get(reason, outbox_told.ANSWERED), {"outbox": row.id, "at": row.held_until},
            row.mention_id,
        )  # fmt: skip


def _release_scheduled(tx: Transaction, row: Entry) -> None:
    if row.is_dropped_if_written and _wrote_again(tx.conn, row):
        _drop(tx, row)
    elif is_late(tx.conn, row, tx.now):
        ask(tx, row, LATE)
    elif is_gone(tx.conn, row):
        ask(tx, row, GONE)
    elif _is_answered(tx.conn, row):
        ask(tx, row, ANSWERED)
    else:  # what they write from now on is asked about, as for every reply that waits
        outbox_moves.move(
            tx, row, "reply_queued", None, state=OutboxState.QUEUED, hold_reason="",
            held_at=tx.now, decision="keep",
        )  # fmt: skip


def _drop(tx: Transaction, row: Entry) -> None:
    outbox_moves.come_back(tx, row, "reply_dropped", None, note=DROPPED)
    triage.set_status(tx, None, [row.mention_id], Status.OPEN)
    notices.add(tx, outbox_told.DROPPED, {"outbox": row.id}, row.mention_id)


def _wrote_again(conn: Connection, row: Entry) -> bool:
    return (
        conn.execute(_WROTE.format(id="?", since="?"), (row.made_at, row.mention_id)).fetchone()
        is not None
    )


def _is_answered(conn: Connection, row: Entry) -> bool:
    """Somebody of the brand answered on the network, or from here, since it was written."""
    if outbox_sent.is_answered_beside(conn, row, row.made_at):
        return True
    return conn.execute(_ANSWERED, (row.mention_id, row.made_at, row.id)).fetchone() is not None


# Posts of theirs that came after the reply was written, and are no older than what it answers.
_WROTE: Final = """
SELECT 1 FROM mention a JOIN mention m ON m.conversation_id = a.conversation_id
WHERE m.first_seen_at > {since} AND a.id = {id} AND m.id <> a.id AND m.deleted_at = 0
  AND m.role <> 1 AND m.author_id = a.author_id AND m.published_at >= a.published_at"""
_WAITING_TO_DROP: Final = f"""
SELECT {COLUMNS} FROM outbox WHERE state IN ('held', 'approval') AND {OPEN}
  AND hold_reason = 'scheduled' AND is_dropped_if_written = 1
  AND EXISTS ({_WROTE.format(id="outbox.mention_id", since="outbox.made_at")})"""
_ANSWERED: Final = """
SELECT 1 FROM mention a JOIN mention m ON m.conversation_id = a.conversation_id
WHERE a.id = ? AND m.role = 1 AND m.deleted_at = 0 AND m.first_seen_at > ?
  AND m.published_at >= a.published_at AND NOT EXISTS (
    SELECT 1 FROM outbox o WHERE o.id = ? AND o.uri = m.uri AND o.uri <> '') LIMIT 1"""
