"""What is done to promises: made by hand and dropped, with a way back; told when they come due."""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.promise import (
    DUE_TOLD,
    LATE_AFTER_MS,
    LATE_TOLD,
    SOON_TOLD,
    PromiseState,
)
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.need import WOKEN_BONUS_MS
from socialdesk.domain.mentions.status import Status
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import facets
from socialdesk.store.notices import notices
from socialdesk.store.outbox import outbox_told, promises
from socialdesk.store.triage import acts, triage

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
    if state not in ("open", "planned", "late"):
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
    """What is due soon, now, or was missed comes back to the top of the queue and is told; what
    was missed is late from then on. How many."""
    rows = tx.conn.execute(
        "SELECT id, mention_id, due_at, words FROM promise WHERE state = 'open' AND "
        "due_at + CASE n_told WHEN 0 THEN -? WHEN 1 THEN 0 ELSE ? END <= ? ORDER BY due_at",
        (lead_ms, LATE_AFTER_MS, tx.now),
    ).fetchall()
    for promise_id, mention_id, due_at, words in rows:
        told, code = signal(tx.now, due_at)
        state = PromiseState.LATE if told == LATE_TOLD else PromiseState.OPEN
        tx.conn.execute(
            "UPDATE promise SET n_told = ?, state = ? WHERE id = ?",
            (told, state.value, promise_id),
        )
        _to_the_top(tx, mention_id)
        facts: dict[str, str | int] = {"due_at": due_at, "words": words, "promise": promise_id}
        notices.add(tx, code, facts, mention_id, is_urgent=told > SOON_TOLD)
        journal.append(
            tx, code, {"promise": promise_id, "mention": mention_id}, person=None,
            incident=incident_of(tx.conn, mention_id),
        )  # fmt: skip
    return len(rows)


def signal(now: int, due_at: int) -> tuple[int, str]:
    """What to tell now, and its code: after a sleep only the last that holds."""
    if due_at > now:
        return SOON_TOLD, outbox_told.PROMISE_SOON
    if now < due_at + LATE_AFTER_MS:
        return DUE_TOLD, outbox_told.PROMISE_DUE
    return LATE_TOLD, outbox_told.PROMISE_LATE


def incident_of(conn: Connection, mention_id: int) -> int | None:
    """The open incident a mention belongs to, the newest; None = none."""
    row = conn.execute(
        "SELECT i.id FROM incident_mention l JOIN incident i ON i.id = l.incident_id "
        "WHERE l.mention_id = ? AND i.state NOT IN ('closed', 'dismissed') "
        "ORDER BY i.id DESC LIMIT 1",
        (mention_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def _to_the_top(tx: Transaction, mention_id: int) -> None:
    """Open, before everything else, marked as a snooze that ended is."""
    triage.set_status(tx, None, [mention_id], Status.OPEN)
    tx.conn.execute(
        "UPDATE triage SET is_woken = 1, need_at = ? WHERE mention_id = ?",
        (tx.now - WOKEN_BONUS_MS, mention_id),
    )
    tx.note_updated([mention_id])
    tx.touch(Area.QUEUE, Area.PROMISES)
