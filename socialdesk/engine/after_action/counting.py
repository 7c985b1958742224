"""One incident, counted: everything its report says, from the log and the tables."""

import json
from collections.abc import Mapping
from typing import Final

from socialdesk.domain.crisis.after_action import (
    AfterAction,
    Earlier,
    FactLine,
    LogLine,
    Number,
    TaskLine,
    TextLine,
    ToldLine,
    nearest_rank,
)
from socialdesk.domain.crisis.incident import Incident
from socialdesk.engine.reports.terms import read_terms
from socialdesk.store import people, settings
from socialdesk.store.crisis import audiences, incident_figures, incident_moves
from socialdesk.store.file.sqlite import Connection

DAY_MS: Final = 86_400_000
BEFORE_MS: Final = 7 * DAY_MS
TIMES: Final = ("detected_at", "suspected_at", "declared_at", "first_statement_at", "holding_at",
                "responding_at", "stand_down_at", "review_at", "review_due_at",
                "closed_at", "dismissed_at")  # fmt: skip
_MAX_EARLIER: Final = 20


def count_incident(conn: Connection, incident_id: int, now: int) -> AfterAction:
    """Raises CommandError NOT_FOUND."""
    incident = incident_moves.read(conn, incident_id)
    review = _json_of(conn, "review", incident_id)
    return AfterAction(
        code=incident.code, title=incident.title, type=incident.playbook,
        severity=incident.severity.value, state=incident.state.value,
        strategy=incident.strategy.value, cluster=incident.cluster,
        mode_at_start="solo" if incident.began_solo else "pair",
        mode_now=settings.team_mode(conn).value, made_at=now, zone=read_terms(conn, now).zone_name,
        is_drill=incident.is_drill, times={name: getattr(incident, name) for name in TIMES},
        roles={role: people.name_of(conn, person) for role, person in incident.roles.items()},
        numbers=_numbers(conn, incident, now), log=_log(conn, incident_id),
        facts=_facts(conn, incident_id), statements=_statements(conn, incident_id),
        audiences=_audiences(conn, incident_id), tasks=_tasks(conn, incident_id),
        earlier=_earlier(conn, incident_id),
        waiting=tuple(
            incident_figures.numbers_of(conn, incident_figures.WAITING, incident_id)
        ),
        review={key: str(text) for key, text in review.items()},
    )  # fmt: skip


def windows(incident: Incident, now: int) -> Mapping[str, tuple[int, int]]:
    """Before, during and after, each [start, end) in ms UTC; before = the week up to the first bad
    post, after = until a week past the stand-down."""
    start = incident.detected_at or incident.suspected_at or incident.declared_at
    end = incident.stand_down_at or incident.dismissed_at or now
    return {
        "before": (start - BEFORE_MS, start),
        "during": (start, max(start, end)),
        "after": (max(start, end), max(start, min(now, end + BEFORE_MS))),
    }


def _numbers(conn: Connection, incident: Incident, now: int) -> dict[str, Number]:
    found = {
        key: Number(
            incident_figures.count(conn, sql, incident=incident.id),
            incident_figures.plain(sql, incident=incident.id),
        )
        for key, sql in incident_figures.NUMBERS.items()
    }
    times = incident_figures.numbers_of(conn, incident_figures.ANSWER_TIMES, incident.id)
    listed = incident_figures.plain(incident_figures.ANSWER_TIMES, incident=incident.id)
    for key, share in (("median_reply_ms", 0.5), ("p90_reply_ms", 0.9)):
        found[key] = Number(nearest_rank(times, share), f"{listed} -- nearest rank {share}")
    for window, (start, end) in windows(incident, now).items():
        for key, sql in incident_figures.WINDOW_NUMBERS.items():
            found[f"{key}_{window}"] = Number(
                incident_figures.count(conn, sql, start=start, end=end),
                incident_figures.plain(sql, start=start, end=end),
            )
    return found


def _log(conn: Connection, incident_id: int) -> tuple[LogLine, ...]:
    rows = conn.execute(
        "SELECT j.seq, j.at, coalesce(p.name, ''), j.kind, j.data FROM journal j "
        "LEFT JOIN person p ON p.id = j.person WHERE j.incident = ? ORDER BY j.seq",
        (incident_id,),
    )
    return tuple(
        LogLine(seq, at, person, kind, _as_json(data)) for seq, at, person, kind, data in rows
    )


def _facts(conn: Connection, incident_id: int) -> tuple[FactLine, ...]:
    rows = conn.execute(
        "SELECT f.question, f.answer, f.state, "
        "(SELECT count(*) FROM fact_check c WHERE c.fact_id = f.id), "
        "CASE f.state WHEN 'confirmed' THEN coalesce((SELECT max(c.at) FROM fact_check c "
        "WHERE c.fact_id = f.id AND c.says = 'yes'), 0) ELSE 0 END "
        "FROM fact_item f WHERE f.incident_id = ? ORDER BY f.gate, f.id",
        (incident_id,),
    )
    return tuple(FactLine(*row) for row in rows)


def _statements(conn: Connection, incident_id: int) -> tuple[TextLine, ...]:
    rows = conn.execute(
        "SELECT v.id, s.kind, v.lang, v.text, v.hash, v.edited_at, s.posture, s.posture_reason "
        "FROM statement_version v "
        "JOIN statement s ON s.id = v.statement_id WHERE s.incident_id = ? AND EXISTS "
        "(SELECT 1 FROM outbox o WHERE o.statement_version_id = v.id AND o.state = 'sent') "
        "ORDER BY v.id",
        (incident_id,),
    ).fetchall()
    return tuple(
        TextLine(
            kind, lang, text, digest, _looks(conn, id, digest, edited_at), _leans(conn, id),
            tuple(conn.execute(_WHERE, (id,)).fetchall()), posture, reason,
        )
        for id, kind, lang, text, digest, edited_at, posture, reason in rows
    )  # fmt: skip


def _looks(
    conn: Connection, version_id: int, digest: str, edited_at: int
) -> tuple[tuple[str, str, int], ...]:
    rows = conn.execute(
        "SELECT a.kind, coalesce(p.name, ''), (a.at - ?) / 60000 FROM approval a "
        "LEFT JOIN person p ON p.id = a.person_id "
        "WHERE a.subject = 'statement' AND a.subject_id = ? AND a.hash = ? ORDER BY a.id",
        (edited_at, version_id, digest),
    )
    return tuple((kind, name, int(minutes)) for kind, name, minutes in rows)


def _leans(conn: Connection, version_id: int) -> tuple[str, ...]:
    rows = conn.execute(
        "SELECT f.question FROM statement_fact l JOIN fact_item f ON f.id = l.fact_id "
        "WHERE l.version_id = ? ORDER BY f.id",
        (version_id,),
    )
    return tuple(question for (question,) in rows)


def _audiences(conn: Connection, incident_id: int) -> tuple[ToldLine, ...]:
    rows = audiences.list_audiences(conn, incident_id)
    return tuple(ToldLine(a.name, a.kind, a.told_at) for a in rows if a.is_in_incident)


def _tasks(conn: Connection, incident_id: int) -> tuple[TaskLine, ...]:
    rows = conn.execute(
        "SELECT t.text, coalesce(p.name, ''), t.due_at, t.done_at FROM task t "
        "LEFT JOIN person p ON p.id = t.owner_id WHERE t.incident_id = ? ORDER BY t.id",
        (incident_id,),
    )
    return tuple(TaskLine(text, owner, due, done > 0) for text, owner, due, done in rows)


def _earlier(conn: Connection, incident_id: int) -> tuple[Earlier, ...]:
    rows = conn.execute(_EARLIER, (incident_id, _MAX_EARLIER)).fetchall()
    return tuple(
        Earlier(code, title, bool(is_drill), at, declare, statement, skipped, _score(drill))
        for code, title, is_drill, at, declare, statement, skipped, drill in rows
    )


def _score(drill: str) -> int:
    total = _as_json(drill).get("total", -1)
    return total if isinstance(total, int) else -1


def _json_of(conn: Connection, column: str, incident_id: int) -> dict[str, object]:
    """`column`: one of our own names."""
    (text,) = conn.execute(
        f"SELECT {column} FROM incident WHERE id = ?", (incident_id,)
    ).fetchone()  # fmt: skip
    return _as_json(text)


def _as_json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {"unreadable": text}
    return found if isinstance(found, dict) else {}


_WHERE: Final = """
SELECT coalesce(a.name, ''), o.sent_at FROM outbox o LEFT JOIN account a ON a.id = o.account_id
WHERE o.statement_version_id = ? AND o.state = 'sent' ORDER BY o.sent_at, o.id"""
_EARLIER: Final = """
SELECT i.code, i.title, i.is_drill, i.declared_at,
  CASE WHEN i.suspected_at > 0 THEN i.declared_at - i.suspected_at ELSE -1 END,
  CASE WHEN i.first_statement_at > 0 THEN i.first_statement_at - i.declared_at ELSE -1 END,
  (SELECT count(*) FROM journal j WHERE j.incident = i.id AND j.kind = 'check_skipped'), i.drill
FROM incident i WHERE i.id <> ? AND i.declared_at > 0 ORDER BY i.id DESC LIMIT ?"""
