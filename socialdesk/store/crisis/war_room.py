"""What the war room asks of the file about one incident; every question by an index, few rows."""

from typing import Final

from socialdesk.domain.crisis.incident import no_longer_fits
from socialdesk.domain.crisis.war_room import Due, Event, Mood, Reaching, Said, Unanswered
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.store.crisis import incident_log
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight.insight_words import held

N_AUTHORS, N_TEXTS, N_EVENTS, N_DUES = 6, 5, 8, 8


def unanswered(conn: Connection, incident_id: int) -> tuple[Unanswered, ...]:
    """By category, the oldest first."""
    rows = conn.execute(_UNANSWERED, (incident_id,)).fetchall()
    return tuple(Unanswered(*row) for row in rows)


def channels(conn: Connection, incident_id: int) -> tuple[tuple[str, int], ...]:
    """(network, linked mentions), the most first."""
    return tuple(conn.execute(_CHANNELS, (incident_id,)).fetchall())


def reaching(conn: Connection, incident_id: int) -> tuple[Reaching, ...]:
    """Authors of linked mentions by their followers."""
    rows = conn.execute(_REACHING, (incident_id, N_AUTHORS)).fetchall()
    return tuple(Reaching(*row) for row in rows)


def mood(conn: Connection, since: int, until: int) -> Mood:
    """Of what came in that time (ms UTC), spam left out."""
    times = (since // 1000 << SECOND_BITS, until // 1000 << SECOND_BITS)
    negative, rated = conn.execute(_MOOD, times).fetchone()
    return Mood(negative or 0, rated or 0)


def facts(conn: Connection, incident_id: int) -> tuple[tuple[str, int], ...]:
    """(state, how many)."""
    sql = "SELECT state, count(*) FROM fact_item WHERE incident_id = ? GROUP BY state"
    return tuple(conn.execute(sql, (incident_id,)).fetchall())


def said(conn: Connection, incident_id: int, cluster: str) -> tuple[Said, ...]:
    """Published texts, newest first, with the newest look at exactly that text: the newest few, and
    all that no longer fit the cluster."""
    made = []
    rows = conn.execute(_SAID, (incident_id,)).fetchall()
    for n, (id, at, kind, lang, digest, text, edited_at, posture) in enumerate(rows):
        if n < N_TEXTS or no_longer_fits(posture, cluster):
            look = conn.execute(_LOOK, (edited_at, id, digest)).fetchone()
            made.append(Said(at, kind, lang, digest, text, tuple(look) if look else None, posture))
    return tuple(made)


def promised(conn: Connection, incident_id: int, now: int) -> tuple[int, int]:
    """Promises that were to be kept by now, to all and to single askers, and how many were kept in
    time."""
    due, kept = conn.execute(_PROMISED, (incident_id, now)).fetchone()
    return int(due), int(kept)


def steps_due(conn: Connection, incident_id: int) -> list[Due]:
    """Open steps, those with a time first."""
    rows = conn.execute(_STEPS, (incident_id, N_DUES)).fetchall()
    return [Due("step", text, at, role) for text, at, role in rows]


def events(conn: Connection, incident_id: int) -> tuple[Event, ...]:
    """The newest of the log."""
    rows = incident_log.read_log(conn, incident_id, limit=N_EVENTS)
    return tuple(Event(row.at, row.person, row.kind, dict(row.data)) for row in rows)


def count_events(conn: Connection, incident_id: int, kind: str) -> int:
    """Of one kind."""
    sql = "SELECT count(*) FROM journal WHERE incident = ? AND kind = ?"
    (n,) = conn.execute(sql, (incident_id, kind)).fetchone()
    return int(n)


def count_loose(conn: Connection, incident_id: int) -> int:
    """Published texts that lean on a fact that is not confirmed now."""
    (n,) = conn.execute(_LOOSE, (incident_id,)).fetchone()
    return int(n)


_HELD: Final = held("sentiment", "i")
_UNANSWERED: Final = """
SELECT l.category, count(*), min(m.published_at) FROM incident_mention l
JOIN triage t ON t.mention_id = l.mention_id JOIN mention m ON m.id = l.mention_id
WHERE l.incident_id = ? AND t.status IN (0, 1) GROUP BY l.category ORDER BY 3"""
_CHANNELS: Final = """
SELECT m.network, count(*) FROM incident_mention l JOIN mention m ON m.id = l.mention_id
WHERE l.incident_id = ? GROUP BY m.network ORDER BY 2 DESC"""
_REACHING: Final = """
SELECT coalesce(nullif(a.name, ''), a.handle), a.n_followers, count(*) FROM incident_mention l
JOIN mention m ON m.id = l.mention_id JOIN author a ON a.id = m.author_id
WHERE l.incident_id = ? AND a.n_followers IS NOT NULL GROUP BY a.id ORDER BY 2 DESC LIMIT ?"""
_MOOD: Final = f"""
SELECT sum({_HELD} = 2), sum({_HELD} IN (2, 3, 4)) FROM triage t
JOIN insight i ON i.mention_id = t.mention_id
WHERE t.mention_id >= ? AND t.mention_id < ? AND t.status <> 5"""
_SAID: Final = """
SELECT v.id, max(o.sent_at), s.kind, v.lang, v.hash, v.text, v.edited_at, s.posture FROM outbox o
JOIN statement_version v ON v.id = o.statement_version_id
JOIN statement s ON s.id = v.statement_id
WHERE s.incident_id = ? AND o.state = 'sent' AND o.statement_version_id > 0
GROUP BY v.id ORDER BY 2 DESC"""
_PROMISED: Final = """
SELECT count(*), coalesce(sum(state = 'kept' AND at <= due_at), 0) FROM (
  SELECT state, due_at, kept_at AS at FROM incident_promise
  WHERE incident_id = ?1 AND to_kind <> 'silence'
  UNION ALL SELECT q.state, q.due_at, q.ended_at FROM promise q
  JOIN incident_mention l ON l.mention_id = q.mention_id
  WHERE l.incident_id = ?1 AND q.state NOT IN ('planned', 'dropped'))
WHERE state <> 'open' OR due_at <= ?2"""
_LOOK: Final = """
SELECT a.kind, coalesce(p.name, ''), (a.at - ?) / 60000 FROM approval a
LEFT JOIN person p ON p.id = a.person_id
WHERE a.subject = 'statement' AND a.subject_id = ? AND a.hash = ? ORDER BY a.id DESC LIMIT 1"""
_STEPS: Final = """
SELECT text, due_at, role FROM step WHERE incident_id = ? AND done_at = 0 AND skipped_why = ''
ORDER BY due_at = 0, due_at, id LIMIT ?"""
_LOOSE: Final = """
SELECT count(DISTINCT v.id) FROM statement_version v JOIN statement s ON s.id = v.statement_id
JOIN statement_fact f ON f.version_id = v.id JOIN fact_item i ON i.id = f.fact_id
WHERE s.incident_id = ? AND i.state <> 'confirmed' AND EXISTS (SELECT 1 FROM outbox o
  WHERE o.statement_version_id = v.id AND o.state = 'sent')"""
