"""What an incident waits for: the lists of R30 and R31, as keys and numbers.

Read from the file as it is; nothing is counted up beside it.
"""

from typing import Final

from socialdesk.domain.crisis.incident import HOUR_MS, MINUTE_MS, Incident
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.store.crisis import held, incident_dues, incidents
from socialdesk.store.file.sqlite import Connection

PROMISES, HELD, UNANSWERED, QUIET, VOLUME, CLOSING, STAFF = (
    "promises_open", "held_undecided", "unanswered", "quiet_left_min", "volume_above",
    "closing_missing", "staff_not_told",
)  # fmt: skip
CAUSE, ACTION, WENT_WELL, WENT_BADLY, STAFF_INFORMED = (
    "cause", "action", "went_well", "went_badly", "staff_informed",
)  # fmt: skip
Waits = list[tuple[str, int]]

MANY_TIMES: Final = 2  # times the usual volume
SHORTEST_MS: Final = 7 * 24 * HOUR_MS  # a memory that knows what is usual
FEW: Final = 4  # mentions an hour that are no volume, however few are usual
NO_HARM: Final = ("praise", "idea", "staff")  # categories that break no quiet


def stand_down_waits_for(conn: Connection, incident: Incident, now: int) -> Waits:
    """The list of R30 in its order, each with its number (minutes for the quiet time, times ten
    for the volume); [] = it may stand down."""
    asked = (
        (PROMISES, _promises(conn, incident.id)),
        (HELD, held.count(conn, incident.id)),
        (UNANSWERED, _unanswered(conn, incident.id)),
        (QUIET, _minutes(quiet_left_ms(conn, incident, now))),
        (VOLUME, _volume_times_ten(conn, incident, now)),
        (CLOSING, int(_is_closing_missing(conn, incident.id))),
        (STAFF, int(not is_staff_told(conn, incident.id))),
    )
    return [(key, n) for key, n in asked if n]


def closing_waits_for(conn: Connection, incident: Incident) -> Waits:
    """The list of R31; [] = the review may close."""
    review = incidents.review_of(conn, incident.id)
    asked = (
        (CAUSE, not review.get(CAUSE, "").strip()),
        (ACTION, not _has_action(conn, incident.id)),
        (WENT_WELL, not review.get(WENT_WELL, "").strip()),
        (WENT_BADLY, not review.get(WENT_BADLY, "").strip()),
        (STAFF_INFORMED, not is_staff_told(conn, incident.id)),
    )
    return [(key, 1) for key, is_missing in asked if is_missing]


def quiet_left_ms(conn: Connection, incident: Incident, now: int) -> int:
    """How much of its severity's quiet time is left: since the last linked mention that was no
    praise, or since its last step into this state, whichever is later."""
    since = max(incident.declared_at, incident.stand_down_at, last_word_at(conn, incident.id))
    return max(0, since + incident.pace.quiet_ms + _jumped_ms(conn, incident.id, since) - now)


def _jumped_ms(conn: Connection, incident_id: int, since: int) -> int:
    """By how much the wall clock was set forward since then: that is no quiet."""
    (ms,) = conn.execute(
        "SELECT coalesce(sum(json_extract(data, '$.ms')), 0) FROM journal "
        "WHERE incident = ? AND kind = 'clock_jumped' AND at >= ?",
        (incident_id, since),
    ).fetchone()
    return max(0, int(ms))


def last_word_at(conn: Connection, incident_id: int) -> int:
    """When the last linked mention came that breaks the quiet; 0 = none."""
    (at,) = conn.execute(
        "SELECT coalesce(max(m.first_seen_at), 0) FROM incident_mention l "
        "JOIN mention m ON m.id = l.mention_id WHERE l.incident_id = ? "
        f"AND l.category NOT IN {NO_HARM}",
        (incident_id,),
    ).fetchone()
    return int(at)


def is_staff_told(conn: Connection, incident_id: int) -> bool:
    """Whether an audience of staff has a notice. Who keeps none has nobody to tell."""
    kept, told = conn.execute(
        "SELECT count(*), count(n.id) FROM audience a LEFT JOIN audience_notice n "
        "ON n.audience_id = a.id AND n.incident_id = ? "
        "WHERE a.kind = 'staff' AND (a.is_archived = 0 OR n.id IS NOT NULL)",
        (incident_id,),
    ).fetchone()
    return bool(told) or not kept


def has_published(conn: Connection, incident_id: int, kind: str = "") -> bool:
    """Whether a statement is out for the public, of one kind or any; staff notices and one-off
    answers do not count."""
    found = conn.execute(
        "SELECT 1 FROM statement s JOIN statement_version v ON v.statement_id = s.id "
        "JOIN outbox o ON o.statement_version_id = v.id "
        "WHERE s.incident_id = ?1 AND o.state = 'sent' AND s.kind NOT IN ('staff', 'oneoff') "
        "AND (?2 = '' OR s.kind = ?2) LIMIT 1",
        (incident_id, kind),
    ).fetchone()
    return found is not None


def usual_15m(conn: Connection, now: int) -> float:
    """Mentions in 15 minutes on average over the last four weeks: what is usual where no alert has
    said so. 0.0 = not known, with a memory shorter than SHORTEST_MS."""
    weeks = 28 * 24 * HOUR_MS
    first, n = conn.execute(
        "SELECT min(id), count(*) FROM mention WHERE role = 0 AND id BETWEEN ? AND ?",
        (_id_at(now - weeks), _id_at(now)),
    ).fetchone()
    if not n:
        return 0.0
    span_ms = now - (first >> SECOND_BITS) * 1000
    if span_ms < SHORTEST_MS:
        return 0.0
    return float(n * 15 * MINUTE_MS / span_ms)


def _promises(conn: Connection, incident_id: int) -> int:
    return incident_dues.count_standing(conn, incident_id)


def _unanswered(conn: Connection, incident_id: int) -> int:
    """Safety, complaint or press mentions that nobody answered or decided about."""
    (n,) = conn.execute(
        "SELECT count(*) FROM incident_mention l JOIN triage t ON t.mention_id = l.mention_id "
        "WHERE l.incident_id = ? AND l.category IN ('safety', 'complaint', 'press', 'authority') "
        "AND l.outbox_id = 0 AND t.status IN (0, 1, 3)",
        (incident_id,),
    ).fetchone()
    return int(n)


def _volume_times_ten(conn: Connection, incident: Incident, now: int) -> int:
    """Mentions of the last hour over the usual, times ten; 0 = no more than twice, or nobody knows
    what is usual."""
    (n,) = conn.execute(
        "SELECT count(*) FROM mention m WHERE m.role = 0 AND m.id > ? AND "
        "(?2 = '[]' OR m.account_id IN (SELECT value FROM json_each(?2)))",
        (_id_at(now - HOUR_MS), str(list(incident.scope.accounts))),
    ).fetchone()
    usual = 4 * incident.baseline_15m
    if not usual or n <= max(FEW, MANY_TIMES * usual):
        return 0
    return round(10 * int(n) / usual)


def _is_closing_missing(conn: Connection, incident_id: int) -> bool:
    return has_published(conn, incident_id) and not has_published(conn, incident_id, "resolution")


def _has_action(conn: Connection, incident_id: int) -> bool:
    found = conn.execute(
        "SELECT 1 FROM task WHERE incident_id = ? AND text <> '' AND owner_id > 0 AND due_at > 0",
        (incident_id,),
    ).fetchone()
    return found is not None


def _id_at(at: int) -> int:
    """The first id a mention of that time (ms UTC) may have."""
    return (at // 1000) << SECOND_BITS


def _minutes(ms: int) -> int:
    return -(-ms // MINUTE_MS)
