"""What is done to promises: made by hand and dropped, with a way back; told when they come due."""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.need import WOKEN_BONUS_MS
from socialdesk.domain.promise import PromiseState
from socialdesk.domain.status import Status
from socialdesk.store import acts, facets, journal, notices, outbox_told, promises, triage
from socialdesk.store.transaction import Transaction

SOON, DUE = 1, 2  # what n_told counts up to
DROPPED_KIND: Final = "promise_dropped"  # journal kind of its act


def make(tx: Transaction, mention_id: int, due_at: int, words: str, person: int) -> tuple[int, int]:
    """By hand, without a reply; undo drops it. Its id and the journal entry. Raises as
    `promises.insert` does."""
    promise_id = promises.insert(tx, mention_id, due_at, words, person)
    data = {"promise": promise_id, "mention": mention_id}
    act = acts.begin(tx, promises.MADE_KIND, person, data)
    before, after = [PromiseState.DROPPED.value, tx.now], [PromiseState.OPEN.value, 0]
    acts.record(tx, act, facets.PROMISE.name, promise_id, before, after)
    tx.note_updated([mention_id])
    tx.touch(Area.PROMISES)
    return promise_id, act.seq


def drop(tx: Transaction, promise_id: int, person: int) -> int:
    """It is off; undo brings it back. The journal entry.

    Raises CommandError NOT_FOUND, TOO_LATE (it was kept or dropped)."""
    row = tx.conn.execute(
        "SELECT mention_id, state, ended_at FROM promise WHERE id = ?", (promise_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    mention_id, state, ended_at = row
    if state not in (PromiseState.OPEN.value, PromiseState.PLANNED.value):
        raise CommandError(CommandFault.TOO_LATE, state=state)
    tx.conn.execute(
        "UPDATE promise SET state = ?, ended_at = ? WHERE id = ?",
        (PromiseState.DROPPED.value, tx.now, promise_id),
    )
    act = acts.begin(tx, DROPPED_KIND, person, {"promise": promise_id, "mention": mention_id})
    after = [PromiseState.DROPPED.value, tx.now]
    acts.record(tx, act, facets.PROMISE.name, promise_id, [state, ended_at], after)
    tx.note_updated([mention_id])
    tx.touch(Area.PROMISES)
    return act.seq


def come_due(tx: Transaction, lead_ms: int) -> int:
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
        notices.add(tx, code, facts, mention_id, is_urgent=is_due)
        journal.append(tx, code, {"promise": promise_id, "mention": mention_id}, person=None)
    return len(rows)


def _to_the_top(tx: Transaction, mention_id: int) -> None:
    """Open, before everything else, marked as a snooze that ended is."""
    triage.set_status(tx, None, [mention_id], Status.OPEN)
    tx.conn.execute(
        "UPDATE triage SET is_woken = 1, need_at = ? WHERE mention_id = ?",
        (tx.now - WOKEN_BONUS_MS, mention_id),
    )
    tx.note_updated([mention_id])
    tx.touch(Area.QUEUE, Area.PROMISES)
