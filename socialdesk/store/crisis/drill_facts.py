"""What a drill's log says, for its score: read from the sandbox, in the time of its clock."""

import json
from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.crisis.drill import DrillFacts
from socialdesk.domain.crisis.incident import PACES, Severity
from socialdesk.store.file.sqlite import Connection

MAX_LOG: Final = 2_000  # events


def read_facts(conn: Connection, now: int, *, onset_at: int, safety_words: str) -> DrillFacts:
    """`safety_words`: the end of the safety post's text, by which it is known again."""
    (n_sends,) = conn.execute(
        "SELECT count(*) FROM journal WHERE kind = 'refused' AND json_extract(data, '$.code') ="
        " 'R40'"
    ).fetchone()
    row = conn.execute(
        "SELECT id, declared_at, first_statement_at, severity, stand_down_at FROM incident"
        " WHERE is_drill = 0 AND declared_at > 0 ORDER BY declared_at, id LIMIT 1"
    ).fetchone()
    if row is None:
        return DrillFacts(onset_at, n_sends=n_sends)
    incident, declared_at, statement_at, severity, stand_down_at = row
    n_due, n_kept = _promises(conn, incident, declared_at, now)
    n_held, n_released = _held(conn, incident, stand_down_at or now)
    return DrillFacts(
        onset_at=onset_at,
        declared_at=declared_at,
        statement_at=statement_at,
        severity=Severity(severity),
        n_skipped=_n_skipped(conn, incident),
        n_unconfirmed=_n_unconfirmed(conn, incident, Severity(severity)),
        n_promises_due=n_due,
        n_promises_kept=n_kept,
        n_held=n_held,
        n_released=n_released,
        is_safety_first=_is_safety_first(conn, declared_at, safety_words),
        is_staff_told=_is_staff_told(conn, incident),
        n_sends=n_sends,
    )


def read_log(conn: Connection) -> tuple[Mapping[str, Any], ...]:
    """The events of the drill's incidents and its refusals, oldest first; ours alone: ids, codes
    and our own texts."""
    rows = conn.execute(
        "SELECT at, kind, data FROM journal WHERE incident IS NOT NULL OR kind IN"
        " ('refused', 'drill_ended') ORDER BY seq LIMIT ?",
        (MAX_LOG,),
    )
    return tuple({"at": at, "kind": kind, "data": json.loads(data)} for at, kind, data in rows)


def _n_skipped(conn: Connection, incident: int) -> int:
    (n,) = conn.execute(
        "SELECT count(*) FROM journal WHERE incident = ? AND kind = 'check_skipped'", (incident,)
    ).fetchone()
    return int(n)


def _n_unconfirmed(conn: Connection, incident: int, severity: Severity) -> int:
    """Facts that a text leaned on when it went out, without the checks they needed by then."""
    rows = conn.execute(
        "SELECT DISTINCT sf.fact_id, min(o.sent_at) FROM outbox o"
        " JOIN statement_version v ON v.id = o.statement_version_id"
        " JOIN statement s ON s.id = v.statement_id"
        " JOIN statement_fact sf ON sf.version_id = v.id"
        " WHERE s.incident_id = ? AND o.state = 'sent' GROUP BY sf.fact_id",
        (incident,),
    ).fetchall()
    n_needed = PACES.get(severity, PACES[Severity.SEV1]).n_checks
    return sum(not _was_confirmed(conn, fact, sent_at, n_needed) for fact, sent_at in rows)


def _was_confirmed(conn: Connection, fact: int, at: int, n_needed: int) -> bool:
    """Enough yes from different sources, at least one no post, and no no. Specification, §5."""
    checks = conn.execute(
        "SELECT source_kind, source_ref, says FROM fact_check WHERE fact_id = ? AND at <= ?",
        (fact, at),
    ).fetchall()
    yes = {ref: kind for kind, ref, says in checks if says == "yes"}
    has_no = any(says == "no" for _, _, says in checks)
    return len(yes) >= n_needed and not has_no and set(yes.values()) != {"post"}


def _promises(conn: Connection, incident: int, since: int, now: int) -> tuple[int, int]:
    """Due by now, and kept in time: to everybody, and to single askers."""
    due, kept = conn.execute(
        "SELECT count(*), coalesce(sum(state = 'kept' AND kept_at <= due_at), 0)"
        " FROM incident_promise WHERE incident_id = ? AND (due_at <= ? OR state = 'kept')",
        (incident, now),
    ).fetchone()
    more_due, more_kept = conn.execute(
        "SELECT count(*), coalesce(sum(state = 'kept' AND ended_at <= due_at), 0) FROM promise"
        " WHERE made_at >= ? AND state IN ('open', 'kept') AND (due_at <= ? OR state = 'kept')",
        (since, now),
    ).fetchone()
    return due + more_due, kept + more_kept


def _held(conn: Connection, incident: int, until: int) -> tuple[int, int]:
    """How many replies the incident held; how many of them went out as they were before it was
    over: written for a usual day, they are wrong in a crisis."""
    n, released = conn.execute(
        "SELECT count(*), coalesce(sum(state = 'sent' AND sent_at < ? AND decision = 'keep'), 0)"
        " FROM outbox WHERE hold_incident = ?",
        (until, incident),
    ).fetchone()
    return int(n), int(released)


def _is_safety_first(conn: Connection, since: int, words: str) -> bool | None:
    """Whether the first reply after the declaration went to the safety post."""
    row = conn.execute(
        "SELECT m.body FROM outbox o JOIN mention m ON m.id = o.mention_id"
        " WHERE o.state = 'sent' AND o.mention_id > 0 AND o.made_at >= ?"
        " AND o.statement_version_id = 0 ORDER BY o.sent_at, o.id LIMIT 1",
        (since,),
    ).fetchone()
    return None if row is None else row[0].strip().endswith(words)


def _is_staff_told(conn: Connection, incident: int) -> bool:
    row = conn.execute(
        "SELECT 1 FROM audience_notice n JOIN audience a ON a.id = n.audience_id"
        " WHERE n.incident_id = ? AND a.kind = 'staff' LIMIT 1",
        (incident,),
    ).fetchone()
    return row is not None
