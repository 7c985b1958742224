"""What leans on a fact: approved texts and lines, replies on their way, sentences that are out.

When the fact is confirmed no more, approvals end (R27) and rows that have not left are held.
Journal: approval_ended.
"""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.store import approvals, journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import outbox_moves

FACT, CHANGED, STATE = "fact", "changed", "state"  # why an approval ended; then ":" and details


@frozen
class Stopped:
    """Ids of versions whose approval ended, of outbox rows that are held now, and of versions that
    are out."""

    ended: tuple[int, ...]
    held: tuple[int, ...]
    published: tuple[int, ...]


def stop(
    tx: Transaction, incident_id: int, fact_id: int, state: str, person: int | None
) -> Stopped:
    """The fact is `state` now, not confirmed: nothing that leans on it may leave."""
    why = f"{FACT}:{fact_id}:{state}"
    versions = versions_on(tx.conn, fact_id)
    published = published_on(tx.conn, fact_id)
    ended = [
        version
        for version in versions
        if end(tx, approvals.STATEMENT, version, why, incident_id, person)
    ]
    for line in lines_on(tx.conn, incident_id, fact_id):
        end(tx, approvals.LINE, line, why, incident_id, person)
    held = hold(tx, incident_id, _waiting_on(tx.conn, fact_id), "R27", person)
    return Stopped(tuple(ended), held, published)


def end(
    tx: Transaction, subject: str, subject_id: int, why: str, incident_id: int, person: int | None
) -> bool:
    """End what was approved of it, with its event; False when nothing stood. `why`: fact:ID:STATE,
    changed:VERSION, state:STATE."""
    n = approvals.end(tx, subject, subject_id, why)
    if n:
        data = {"subject": subject, "id": subject_id, "why": why, "n": n}
        journal.append(tx, "approval_ended", data, person=person, incident=incident_id or None)
        tx.touch(Area.INCIDENTS)
    return n > 0


def hold(
    tx: Transaction, incident_id: int, rows: list[int], reason: str, person: int | None
) -> tuple[int, ...]:
    """Rows that have not left wait for a person, held by the incident."""
    for row_id in rows:
        outbox_moves.move(
            tx, outbox_moves.read(tx.conn, row_id), "reply_held", person, state=OutboxState.HELD,
            hold_reason=HoldReason.CRISIS.value, hold_incident=incident_id, held_at=tx.now,
            held_until=0, decision="", reason=reason,
        )  # fmt: skip
    return tuple(rows)


def waiting_of(conn: Connection, version_id: int) -> list[int]:
    """Outbox rows of a version that have not left."""
    rows = conn.execute(
        f"SELECT id FROM outbox WHERE statement_version_id = ? AND {_WAITING}", (version_id,)
    )
    return [row[0] for row in rows]


def versions_on(conn: Connection, fact_id: int) -> list[int]:
    """Versions that lean on the fact, oldest first."""
    rows = conn.execute(
        "SELECT version_id FROM statement_fact WHERE fact_id = ? ORDER BY version_id", (fact_id,)
    )
    return [row[0] for row in rows]


def published_on(conn: Connection, fact_id: int) -> tuple[int, ...]:
    """Versions that are out and lean on it."""
    rows = conn.execute(_PUBLISHED, (fact_id,))
    return tuple(row[0] for row in rows)


def replies_on(conn: Connection, incident_id: int, fact_id: int) -> tuple[int, ...]:
    """Outbox ids of lines that were sent and lean on it."""
    rows = conn.execute(_REPLIES, (incident_id, fact_id))
    return tuple(row[0] for row in rows)


def lines_on(conn: Connection, incident_id: int, fact_id: int) -> list[int]:
    """Prepared lines of the incident that lean on it."""
    rows = conn.execute(
        "SELECT id FROM line_approval WHERE incident_id = ? AND EXISTS"
        " (SELECT 1 FROM json_each(facts) WHERE value = ?)",
        (incident_id, fact_id),
    )
    return [row[0] for row in rows]


def _waiting_on(conn: Connection, fact_id: int) -> list[int]:
    """Rows on their way that lean on the fact: of a statement, or a line with a claim."""
    return [row[0] for row in conn.execute(_WAITING_ON, (fact_id,))]


_WAITING: Final = (
    "(state = 'queued' OR state = 'held' AND hold_reason <> 'crisis')"
    " AND state NOT IN ('sent', 'taken_back', 'discarded')"  # as its partial index says
)
_WAITING_ON: Final = f"""
SELECT id FROM outbox WHERE {_WAITING} AND (
  statement_version_id IN (SELECT version_id FROM statement_fact WHERE fact_id = ?1)
  AND statement_version_id > 0
  OR facts <> '' AND EXISTS (SELECT 1 FROM json_each(facts) WHERE value = ?1))
ORDER BY id"""
_PUBLISHED: Final = """
SELECT f.version_id FROM statement_fact f WHERE f.fact_id = ? AND EXISTS (
  SELECT 1 FROM outbox o WHERE o.statement_version_id = f.version_id AND o.statement_version_id > 0
  AND o.state = 'sent') ORDER BY f.version_id"""
_REPLIES: Final = """
SELECT id FROM outbox WHERE incident_id = ? AND state = 'sent' AND facts <> ''
AND EXISTS (SELECT 1 FROM json_each(facts) WHERE value = ?) ORDER BY id"""
