"""Incidents as screens and the command line show them: the bar, and the linked mentions."""

from typing import Final

from socialdesk.domain.crisis.crisis_rows import LinkedRow, Standing
from socialdesk.domain.crisis.incident import MINUTE_MS, Category, Incident, IncidentState
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store import people, settings
from socialdesk.store.crisis import held, incident_mentions, incidents
from socialdesk.store.file.sqlite import Connection

WORDS: Final = 200  # characters of a linked mention

# The order of the queue under a lock: safety, press, asked and waiting, complaint by reach (powers
# of ten) and age, question, the rest. `domain/mentions/need.py` puts "Needs reply" so.
_RANK: Final = (
    f"CASE WHEN l.category = '{Category.SAFETY.value}' THEN 0"
    f" WHEN l.category IN ('{Category.PRESS.value}', '{Category.AUTHORITY.value}') THEN 1"
    " WHEN l.is_asked = 1 THEN 2"
    f" WHEN l.category = '{Category.COMPLAINT.value}' THEN 3"
    f" WHEN l.category = '{Category.QUESTION.value}' THEN 4 ELSE 5 END"
)
# The mention waits as soon as a reply is written: only the outbox knows whether it is out.
_REPLY: Final = (
    "SELECT o.state FROM outbox o WHERE o.mention_id = l.mention_id"
    " AND o.state NOT IN ('taken_back', 'discarded') ORDER BY o.id DESC LIMIT 1"
)
_LINKED: Final = f"""
SELECT l.mention_id, l.category, l.is_asked, l.outbox_id > 0,
  coalesce(nullif(a.name, ''), a.handle, ''), substr(m.body, 1, {WORDS}), t.reach, m.published_at,
  t.status, ({_REPLY})
FROM incident_mention l JOIN mention m ON m.id = l.mention_id
JOIN triage t ON t.mention_id = l.mention_id JOIN author a ON a.id = m.author_id
WHERE l.incident_id = ?
ORDER BY l.outbox_id > 0 OR t.status IN (2, 4, 5), {_RANK},
  CASE {_RANK} WHEN 3 THEN -length(CAST(max(t.reach, 0) AS TEXT)) ELSE 0 END, l.mention_id
LIMIT ?"""


def list_linked(conn: Connection, incident_id: int, limit: int = 500) -> list[LinkedRow]:
    """What waits for an answer first, in the order of the queue under a lock; then the rest."""
    rows = conn.execute(_LINKED, (incident_id, limit))
    return [_linked(*row) for row in rows]


def _linked(
    mention: int, category: str, asked: int, answered: int,
    author: str, words: str, reach: int, at: int, status: int, reply: str | None,
) -> LinkedRow:  # fmt: skip
    state = OutboxState(reply) if reply else None
    is_answered = bool(answered) or state is OutboxState.SENT
    return LinkedRow(
        mention, category, bool(asked), is_answered, author, words, reach, at, Status(status), state
    )


def read_standing(conn: Connection) -> list[Standing]:
    """What is open, the worst first."""
    mode = settings.team_mode(conn).value
    return [_standing(conn, incident, mode) for incident in incidents.open_incidents(conn)]


def next_due(conn: Connection, incident: Incident) -> tuple[int, bool]:
    """When the next promise to the public or an audience is due (until the first statement: when
    that is), and whether one is late; (0, False) = nothing is promised."""
    at, n_late = conn.execute(
        "SELECT coalesce(min(due_at), 0), coalesce(sum(state = 'late'), 0) FROM incident_promise "
        "WHERE incident_id = ? AND state IN ('open', 'late')",
        (incident.id,),
    ).fetchone()
    if not at and incident.state is IncidentState.DECLARED:
        return incident.declared_at + incident.pace.first_min * MINUTE_MS, False
    return int(at), bool(n_late)


def _standing(conn: Connection, incident: Incident, mode: str) -> Standing:
    due_at, is_late = next_due(conn, incident)
    return Standing(
        incident=incident, next_due_at=due_at, is_late=is_late,
        n_held=held.count(conn, incident.id),
        n_mentions=incident_mentions.count(conn, incident.id),
        commander=people.name_of(conn, incident.commander), mode=mode,
    )  # fmt: skip
