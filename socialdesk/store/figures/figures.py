"""The questions behind every number of a report: which mentions it counts, as plain SQL.

A number is the count of what its statement lists, so a click on it lists exactly those, and anybody
can run the statement on the file with another tool (`plain_sql`). Parameters: `:first`, `:last`
(mention ids: a second shifted by 20 bits, so a period is a range of ids), `:start`, `:end`, `:now`
(ms UTC), `:value`. Ends are excluded.

What each question means is said once, in `engine/reports/definitions.py`.
"""

import re
from typing import Final

from socialdesk.domain.figures import Ref
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.domain.times.period import Span
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions.textindex import words

_IN: Final = "t.mention_id >= :first AND t.mention_id < :last"
_RECEIVED: Final = f"{_IN} AND t.status <> 5"
_OURS: Final = f"{_RECEIVED} AND t.disposition NOT IN (3, 5)"  # not muted, not from before us
# Marked as answered by hand: we know that, but not when.
_TIMED: Final = (
    f"{_OURS} AND t.first_reply_at > 0 AND t.first_reply_at NOT IN"
    " (SELECT o.sent_at FROM outbox o WHERE o.state = 'sent' AND o.reason = 'by_hand')"
)
# Somebody of the brand wrote later in the thread, on the network itself and not from here.
_SEEN: Final = (
    "EXISTS (SELECT 1 FROM mention a JOIN mention r ON r.conversation_id = a.conversation_id"
    " WHERE a.id = t.mention_id AND r.role = 1 AND r.id > a.id AND r.deleted_at = 0"
    " AND NOT EXISTS (SELECT 1 FROM mention p JOIN outbox o ON o.mention_id = p.id"
    " WHERE p.conversation_id = a.conversation_id AND o.state = 'sent' AND o.uri = r.uri))"
)
_ELSEWHERE: Final = (
    f"{_OURS} AND (t.first_reply_at IN"
    " (SELECT o.sent_at FROM outbox o WHERE o.state = 'sent' AND o.reason = 'by_hand')"
    f" OR (t.first_reply_at = 0 AND (t.disposition = 1 OR {_SEEN})))"
)
_MISSED: Final = (
    f"{_OURS} AND t.first_reply_at = 0 AND t.status <= 1 AND t.due_at BETWEEN 1 AND :now - 1"
    f" AND NOT {_SEEN}"
)
_T: Final = "SELECT t.mention_id FROM triage t WHERE "
_INSIGHT: Final = (
    "SELECT t.mention_id FROM triage t LEFT JOIN insight i ON i.mention_id = t.mention_id WHERE "
)
_MENTION: Final = "SELECT t.mention_id FROM triage t JOIN mention m ON m.id = t.mention_id WHERE "
_SENT: Final = "o.state = 'sent' AND o.mention_id > 0 AND o.sent_at >= :start AND o.sent_at < :end"
_REPLIES: Final = f"SELECT DISTINCT o.mention_id FROM outbox o WHERE {_SENT}"
_PROMISES: Final = (
    "SELECT p.mention_id FROM promise p WHERE p.due_at >= :start AND p.due_at < :end AND "
)

SENTIMENT: Final = (
    "CASE WHEN i.own_sentiment > 0 THEN i.own_sentiment ELSE coalesce(i.sentiment, 0) END"
)
INTENT: Final = "CASE WHEN i.own_intent > 0 THEN i.own_intent ELSE coalesce(i.intent, 0) END"
LANG: Final = (
    "lower(coalesce(nullif(i.own_lang, ''), nullif(i.lang, ''), substr(m.lang, 1,"
    " instr(m.lang || '-', '-') - 1)))"
)
# The templates a reply was made of: the first one, and those that were put into it beside.
_VERSIONS: Final = (
    "(SELECT v.template_id FROM template_version v WHERE v.id = o.version_id OR v.id IN"
    " (SELECT value FROM json_each(CASE o.more_versions WHEN '' THEN '[]'"
    " ELSE o.more_versions END)))"
)

QUESTIONS: Final[dict[str, str]] = {
    "received": _T + _RECEIVED,
    "part": _T + _RECEIVED,  # of the period: an hour, a day or a week
    "slot": _T + _RECEIVED,  # an hour of the week
    "spam": f"{_T}{_IN} AND t.status = 5",
    "muted": f"{_T}{_RECEIVED} AND t.disposition = 3",
    "backfilled": f"{_T}{_RECEIVED} AND t.disposition = 5",
    "answerable": _T + _OURS,
    "answered": f"{_T}{_TIMED} UNION {_T}{_ELSEWHERE}",
    "answered_elsewhere": _T + _ELSEWHERE,
    "timed": _T + _TIMED,
    "no_reply": (
        f"{_T}{_OURS} AND t.first_reply_at = 0 AND t.status = 4 AND t.disposition <> 1"
        f" AND NOT {_SEEN}"
    ),
    "measured": f"{_T}{_TIMED} AND t.due_at > 0 UNION {_T}{_MISSED}",
    "in_target": f"{_T}{_TIMED} AND t.first_reply_at <= t.due_at",
    "late": f"{_T}{_TIMED} AND t.due_at > 0 AND t.first_reply_at > t.due_at UNION {_T}{_MISSED}",
    # A backlog stands at the end of its span; whatever came before counts.
    "backlog": (
        f"{_T}t.mention_id < :last AND t.status <> 5 AND t.disposition NOT IN (3, 5)"
        " AND (t.status <= 1 OR (t.decided_at >= :end"
        " AND NOT t.first_reply_at BETWEEN 1 AND :end - 1))"
    ),
    "open": f"{_T}t.status <= 1",
    "overdue": f"{_T}t.status <= 1 AND t.due_at BETWEEN 1 AND :now - 1",
    "sentiment": f"{_INSIGHT}{_RECEIVED} AND {SENTIMENT} = CAST(:value AS INTEGER)",
    "intent": f"{_INSIGHT}{_RECEIVED} AND {INTENT} = CAST(:value AS INTEGER)",
    "language": (
        "SELECT t.mention_id FROM triage t JOIN mention m ON m.id = t.mention_id"
        " LEFT JOIN insight i ON i.mention_id = t.mention_id"
        f" WHERE {_RECEIVED} AND {LANG} = :value"
    ),
    "network": f"{_MENTION}{_RECEIVED} AND m.network = :value",
    "author": f"{_MENTION}{_RECEIVED} AND m.author_id = CAST(:value AS INTEGER)",
    "label": (
        "SELECT t.mention_id FROM label l JOIN mention_label x ON x.label_id = l.id"
        " JOIN triage t ON t.mention_id = x.mention_id"
        f" WHERE l.name = :value AND {_RECEIVED}"
    ),
    "no_label": (
        f"{_T}{_RECEIVED} AND NOT EXISTS"
        " (SELECT 1 FROM mention_label x WHERE x.mention_id = t.mention_id)"
    ),
    "phrase": (
        "SELECT t.mention_id FROM mention_search s CROSS JOIN triage t ON t.mention_id = s.rowid"
        " WHERE mention_search MATCH :value AND s.rowid >= :first AND s.rowid < :last"
        " AND t.status <> 5"
    ),
    "asked": (
        "SELECT t.mention_id FROM mention_search s CROSS JOIN triage t ON t.mention_id = s.rowid"
        " JOIN insight i ON i.mention_id = s.rowid"
        " WHERE mention_search MATCH :value AND s.rowid >= :first AND s.rowid < :last"
        f" AND t.status <> 5 AND {INTENT} = 2"
    ),
    "replied": _REPLIES,
    "person": f"{_REPLIES} AND o.person_id = CAST(:value AS INTEGER)",
    "free_text": f"{_REPLIES} AND o.version_id = 0",
    "template": f"{_REPLIES} AND CAST(:value AS INTEGER) IN {_VERSIONS}",
    "promise_kept": f"{_PROMISES}p.state = 'kept' AND p.ended_at <= p.due_at",
    "promise_late": f"{_PROMISES}p.state = 'kept' AND p.ended_at > p.due_at",
    "promise_open": f"{_PROMISES}p.state IN ('open', 'late')",
    "promise_dropped": f"{_PROMISES}p.state = 'dropped'",
}
_HOLE: Final = re.compile(r":(first|last|start|end|now|value)\b")


def phrase_match(phrase: str) -> str:
    """A phrase as a search of the mention's own words."""
    return 'body : "{}"'.format(words(phrase).replace('"', " "))


def values_of(span: Span, value: str, now: int) -> dict[str, object]:
    """What a question's parameters stand for."""
    start, end = span
    return {
        "first": start // 1000 << SECOND_BITS, "last": end // 1000 << SECOND_BITS,
        "start": start, "end": end, "now": now, "value": value,
    }  # fmt: skip


def count(conn: Connection, question: str, span: Span, *, value: str = "", now: int = 0) -> int:
    """How many mentions a question finds."""
    sql = f"SELECT count(*) FROM ({QUESTIONS[question]})"
    (n,) = conn.execute(sql, values_of(span, value, now)).fetchone()
    return int(n)


def list_ids(conn: Connection, ref: Ref, limit: int = 100_000) -> list[int]:
    """The mentions a number counted, newest first, each once."""
    found: set[int] = set()
    for span in ref.spans or ((0, ref.now),):
        rows = conn.execute(QUESTIONS[ref.question], values_of(span, ref.value, ref.now))
        found.update(id for (id,) in rows)
    return sorted(found, reverse=True)[:limit]


def plain_sql(question: str, span: Span, *, value: str = "", now: int = 0) -> str:
    """The count as a statement for any SQLite tool, with its values in it."""
    return _filled(f"SELECT count(*) FROM ({QUESTIONS[question]})", values_of(span, value, now))


def _filled(sql: str, values: dict[str, object]) -> str:
    def literal(hole: re.Match[str]) -> str:
        value = values[hole[1]]
        return (
            str(value) if isinstance(value, int) else "'{}'".format(str(value).replace("'", "''"))
        )

    return _HOLE.sub(literal, sql)
