"""The numbers of an incident, each as one question that any SQLite tool can ask the file again.

`:incident` is the incident's id, `:start` and `:end` bound a window of time (ms UTC).
"""

from collections.abc import Mapping
from typing import Final

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight.insight_words import held

_MOOD: Final = held("sentiment", "i")
_LOG: Final = "SELECT count(*) FROM journal WHERE incident = :incident AND kind "
_ROW: Final = "FROM incident WHERE id = :incident"
_DECIDED: Final = f"{_LOG}= 'held_decided' AND json_extract(data, '$.decision') = "
_PUBLIC: Final = "FROM incident_promise WHERE incident_id = :incident AND to_kind <> 'silence'"
_ASKERS: Final = (
    "FROM promise q JOIN incident_mention l ON l.mention_id = q.mention_id "
    "WHERE l.incident_id = :incident AND q.state NOT IN ('planned', 'dropped')"
)
_ANSWERED: Final = (
    "FROM outbox o JOIN incident_mention l ON l.mention_id = o.mention_id "
    "JOIN mention m ON m.id = o.mention_id WHERE l.incident_id = :incident AND o.state = 'sent' "
    "AND o.sent_at >= (SELECT coalesce(nullif(declared_at, 0), suspected_at) "
    "FROM incident WHERE id = :incident)"
)
_LOOKS: Final = (
    "SELECT count(*) FROM approval a JOIN statement_version v ON v.id = a.subject_id "
    "JOIN statement s ON s.id = v.statement_id WHERE a.subject = 'statement' "
    "AND s.incident_id = :incident AND a.kind "
)
_CAME: Final = (
    "FROM triage t JOIN mention m ON m.id = t.mention_id "
    "LEFT JOIN insight i ON i.mention_id = t.mention_id WHERE t.status <> 5 "
    "AND m.published_at >= :start AND m.published_at < :end"
)

NUMBERS: Final[Mapping[str, str]] = {
    "events": "SELECT count(*) FROM journal WHERE incident = :incident",
    "to_alert_ms": f"SELECT nullif(suspected_at, 0) - nullif(detected_at, 0) {_ROW}",
    "to_declare_ms": "SELECT nullif(declared_at, 0) - coalesce(nullif(suspected_at, 0), "
    f"nullif(declared_at, 0)) {_ROW}",
    "to_statement_ms": f"SELECT nullif(first_statement_at, 0) - nullif(declared_at, 0) {_ROW}",
    "refused": f"{_LOG}= 'refused'",
    "skipped": f"{_LOG}= 'check_skipped'",
    "held": "SELECT coalesce(sum(json_extract(data, '$.n_held')), 0) FROM journal "
    "WHERE incident = :incident AND kind = 'incident_declared'",
    "held_kept": f"{_DECIDED}'keep'",
    "held_changed": f"{_DECIDED}'change'",
    "held_discarded": f"SELECT ({_DECIDED}'discard') + (SELECT coalesce(sum(json_extract(data, "
    "'$.n')), 0) FROM journal WHERE incident = :incident AND kind = 'held_discarded_all')",
    "held_undecided": "SELECT count(*) FROM outbox WHERE hold_incident = :incident "
    "AND state = 'held' AND hold_reason = 'crisis'",
    "promises": f"SELECT (SELECT count(*) {_PUBLIC}) + (SELECT count(*) {_ASKERS})",
    "promises_kept": f"SELECT (SELECT count(*) {_PUBLIC} AND state = 'kept' "
    f"AND kept_at <= due_at) + (SELECT count(*) {_ASKERS} AND q.state = 'kept' "
    "AND q.ended_at <= q.due_at)",
    "statements": "SELECT count(DISTINCT o.statement_version_id) FROM outbox o "
    "JOIN statement_version v ON v.id = o.statement_version_id "
    "JOIN statement s ON s.id = v.statement_id "
    "WHERE s.incident_id = :incident AND o.state = 'sent'",
    "looks_two_people": f"{_LOOKS}= 'person_here'",
    "looks_recorded": f"{_LOOKS}= 'person_away'",
    "looks_same_person": f"{_LOOKS}IN ('self_cooldown', 'self')",
    "linked": "SELECT count(*) FROM incident_mention WHERE incident_id = :incident",
    "replies": f"SELECT count(*) {_ANSWERED}",
    "waiting": "SELECT count(*) FROM incident_mention l JOIN triage t ON t.mention_id = "
    "l.mention_id WHERE l.incident_id = :incident AND t.status IN (0, 1) AND l.category IN "
    "('safety', 'press', 'authority', 'complaint', 'question')",
    "audiences": "SELECT count(*) FROM incident_audience WHERE incident_id = :incident",
    "audiences_told": "SELECT count(DISTINCT audience_id) FROM audience_notice "
    "WHERE incident_id = :incident",
}
WINDOW_NUMBERS: Final[Mapping[str, str]] = {
    "came": f"SELECT count(*) {_CAME}",
    "rated": f"SELECT count(*) {_CAME} AND {_MOOD} IN (2, 3, 4)",
    "negative": f"SELECT count(*) {_CAME} AND {_MOOD} = 2",
}
WAITING: Final = NUMBERS["waiting"].replace("SELECT count(*)", "SELECT l.mention_id", 1)
ANSWER_TIMES: Final = f"SELECT o.sent_at - m.published_at {_ANSWERED}"


def count(conn: Connection, sql: str, **values: int) -> float | None:
    """The answer of one of this file's questions."""
    row = conn.execute(sql, values).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def numbers_of(conn: Connection, sql: str, incident_id: int) -> list[int]:
    """Every answer of WAITING or ANSWER_TIMES."""
    return [row[0] for row in conn.execute(sql, {"incident": incident_id})]


def plain(sql: str, **values: int) -> str:
    """The question with its values in it, for any SQLite tool."""
    for name, value in values.items():
        sql = sql.replace(f":{name}", str(int(value)))
    return sql
