"""What an incident promised the public or an audience: the next update, and looking again after a
silence. Kept by the next publication to the same; told of before, at and after its time.

A promise to one asker stands in `promises.py`. Journal: incident_promise_made, _soon, _due, _late,
_kept, _broken.
"""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.crisis_rows import DueRow
from socialdesk.domain.crisis.promise import DUE_TOLD, LATE_AFTER_MS, LATE_TOLD, SOON_TOLD
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.notices import notices

PUBLIC, AUDIENCE, SILENCE = "public", "audience", "silence"
SOON, DUE, LATE = "incident_promise_soon", "incident_promise_due", "incident_promise_late"
LEAD_MS: Final = 10 * 60_000  # before it is due
_STANDS: Final = "state IN ('open', 'late')"


def statement_published(
    tx: Transaction,
    incident_id: int,
    version_id: int,
    next_update_at: int = 0,
    audience_id: int = 0,
) -> None:
    """It keeps what was open with the same people, and opens the next promise. To the public it
    also ends a silence. Once per version: a second account changes nothing."""
    done = "kept_by_version = ? OR version_id = ?"
    if tx.conn.execute(
        f"SELECT 1 FROM incident_promise WHERE incident_id = ? AND ({done})",
        (incident_id, version_id, version_id),
    ).fetchone():
        return
    kinds = [AUDIENCE] if audience_id else [PUBLIC, SILENCE]
    for kind in kinds:
        keep(tx, incident_id, kind, audience_id, version_id)
    if next_update_at > tx.now:
        promise(tx, incident_id, kinds[0], next_update_at, version_id, audience_id)


def promise(
    tx: Transaction,
    incident_id: int,
    to_kind: str,
    due_at: int,
    version_id: int = 0,
    audience_id: int = 0,
) -> int:
    """An open promise; its id."""
    made = tx.conn.execute(
        "INSERT INTO incident_promise(incident_id, to_kind, audience_id, version_id, due_at, state)"
        " VALUES (?, ?, ?, ?, ?, 'open')",
        (incident_id, to_kind, audience_id, version_id, due_at),
    ).lastrowid
    _note(tx, "incident_promise_made", incident_id, int(made or 0), to=to_kind, due_at=due_at)
    return int(made or 0)


def keep(
    tx: Transaction, incident_id: int, to_kind: str, audience_id: int = 0, version_id: int = 0
) -> None:
    """What stands with these people was done, late or not: `kept_at` tells."""
    _end(tx, incident_id, "kept", f"to_kind = '{to_kind}' AND audience_id = {audience_id:d}",
         version_id)  # fmt: skip


def review_begins(tx: Transaction, incident_id: int) -> None:
    """Nobody looks at a silence again, and what was missed was never done. What was promised and
    is not due yet still stands."""
    keep(tx, incident_id, SILENCE)
    _end(tx, incident_id, "broken", "state = 'late'")


def next_due(conn: Connection) -> int | None:
    """When the next signal is (ms UTC, may lie behind); None = nothing stands."""
    (at,) = conn.execute(
        f"SELECT min({_SIGNAL_AT}) FROM incident_promise WHERE state = 'open'",
        (LEAD_MS, LATE_AFTER_MS),
    ).fetchone()
    return None if at is None else int(at)


def come_due(tx: Transaction) -> int:
    """Tell what is due soon, is due, or was missed; that is late from then on. How many."""
    rows = tx.conn.execute(
        f"SELECT id, incident_id, to_kind, due_at FROM incident_promise "
        f"WHERE state = 'open' AND {_SIGNAL_AT} <= ? ORDER BY due_at",
        (LEAD_MS, LATE_AFTER_MS, tx.now),
    ).fetchall()
    for promise_id, incident_id, to_kind, due_at in rows:
        told, code = _signal(tx.now, due_at)
        tx.conn.execute(
            "UPDATE incident_promise SET n_told = ?, state = ? WHERE id = ?",
            (told, "late" if told == LATE_TOLD else "open", promise_id),
        )
        notices.add(
            tx, code, {"incident": incident_id, "to": to_kind, "due_at": due_at},
            is_urgent=told > SOON_TOLD,
        )  # fmt: skip
        _note(tx, code, incident_id, promise_id, to=to_kind, due_at=due_at)
    return len(rows)


def late_due_at(conn: Connection, incident_id: int) -> int:
    """The time of the oldest missed promise to the public or to an asker of this incident: the
    next text begins with the words for it. 0 = none."""
    (at,) = conn.execute(
        "SELECT min(at) FROM (SELECT min(due_at) AS at FROM incident_promise "
        "WHERE incident_id = ?1 AND state = 'late' AND to_kind = 'public' "
        "UNION ALL SELECT min(due_at) FROM promise WHERE state = 'late' AND mention_id IN "
        "(SELECT mention_id FROM incident_mention WHERE incident_id = ?1))",
        (incident_id,),
    ).fetchone()
    return int(at or 0)


def list_dues(conn: Connection, incident_id: int) -> list[DueRow]:
    """Every promise of the incident, by the time it is due; those to askers among them."""
    return [DueRow(*row) for row in conn.execute(_LIST, (incident_id,))]


def count_standing(conn: Connection, incident_id: int) -> int:
    """Promises that are not kept yet; a silence to be looked at again is none."""
    return sum(
        row.state in ("open", "late") and row.to_kind != SILENCE
        for row in list_dues(conn, incident_id)
    )


def _signal(now: int, due_at: int) -> tuple[int, str]:
    if due_at > now:
        return SOON_TOLD, SOON
    return (DUE_TOLD, DUE) if now < due_at + LATE_AFTER_MS else (LATE_TOLD, LATE)


def _end(tx: Transaction, incident_id: int, state: str, where: str, version_id: int = 0) -> None:
    """`where`: one of this file's own conditions."""
    ended = tx.conn.execute(
        "UPDATE incident_promise SET state = ?, kept_at = ?, kept_by_version = ? "
        f"WHERE incident_id = ? AND {_STANDS} AND {where} RETURNING id, to_kind, due_at",
        (state, tx.now, version_id, incident_id),
    ).fetchall()
    for promise_id, to_kind, due_at in ended:
        _note(tx, f"incident_promise_{state}", incident_id, promise_id, to=to_kind, due_at=due_at)


def _note(
    tx: Transaction, kind: str, incident_id: int, promise_id: int, **facts: str | int
) -> None:
    data = {"promise": promise_id, **facts}
    journal.append(tx, kind, data, person=None, incident=incident_id)
    tx.touch(Area.INCIDENTS, Area.PROMISES)


_SIGNAL_AT: Final = "due_at + CASE n_told WHEN 0 THEN -? WHEN 1 THEN 0 ELSE ? END"
_LIST: Final = """
SELECT p.id, p.to_kind, coalesce(a.name, ''), p.due_at, p.state, 0, p.kept_at
FROM incident_promise p LEFT JOIN audience a ON a.id = p.audience_id WHERE p.incident_id = ?1
UNION ALL
SELECT q.id, 'mention', coalesce(nullif(w.name, ''), w.handle, ''), q.due_at, q.state,
  q.mention_id, q.ended_at
FROM promise q JOIN incident_mention l ON l.mention_id = q.mention_id
LEFT JOIN mention m ON m.id = q.mention_id LEFT JOIN author w ON w.id = m.author_id
WHERE l.incident_id = ?1 AND q.state NOT IN ('planned', 'dropped')
ORDER BY 4"""
