"""Figures counted by group in one walk: one function per question, (value, label, n) a row.

The value is what the question of `store/figures/figures.py` with the same name takes.
"""

import json
from collections.abc import Collection
from typing import Final

from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.domain.times.period import Span
from socialdesk.store.figures.figures import INTENT, LANG, QUESTIONS, SENTIMENT, values_of
from socialdesk.store.file.sqlite import Connection

QUARTER_MS: Final = 900_000
Counted = list[tuple[str, str, int]]

_RECEIVED: Final = "t.mention_id >= :first AND t.mention_id < :last AND t.status <> 5"
_SENT: Final = "o.state = 'sent' AND o.mention_id > 0 AND o.sent_at >= :start AND o.sent_at < :end"
# One walk for mood, intent and language: each is in the same row.
_UNDERSTOOD: Final = f"""
SELECT {SENTIMENT}, {INTENT}, {LANG}, count(*)
FROM triage t JOIN mention m ON m.id = t.mention_id
LEFT JOIN insight i ON i.mention_id = t.mention_id WHERE {_RECEIVED} GROUP BY 1, 2, 3"""
_NETWORKS: Final = f"""
SELECT m.network, '', count(*) FROM triage t JOIN mention m ON m.id = t.mention_id
WHERE {_RECEIVED} GROUP BY 1 ORDER BY 3 DESC, 1"""
_LABELS: Final = f"""
SELECT l.name, l.name, count(*) FROM label l JOIN mention_label x ON x.label_id = l.id
JOIN triage t ON t.mention_id = x.mention_id WHERE {_RECEIVED} GROUP BY l.id ORDER BY 3 DESC, 1"""
_PEOPLE: Final = f"""
SELECT o.person_id, coalesce(p.name, ''), count(DISTINCT o.mention_id)
FROM outbox o LEFT JOIN person p ON p.id = o.person_id WHERE {_SENT}
GROUP BY 1 ORDER BY 3 DESC, 2"""
_TEMPLATES: Final = f"""
WITH used AS (SELECT o.mention_id, o.version_id AS version FROM outbox o WHERE {_SENT}
  UNION SELECT o.mention_id, e.value FROM outbox o,
  json_each(CASE o.more_versions WHEN '' THEN '[]' ELSE o.more_versions END) e WHERE {_SENT})
SELECT p.id, p.name, count(DISTINCT u.mention_id) FROM used u
JOIN template_version v ON v.id = u.version JOIN template p ON p.id = v.template_id
GROUP BY p.id ORDER BY 3 DESC, 2"""
_EDITS: Final = f"""
SELECT o.n_edited FROM outbox o WHERE {_SENT} AND o.version_id > 0 AND o.n_edited >= 0
ORDER BY o.n_edited"""
_REACHING: Final = f"""
SELECT m.author_id, coalesce(nullif(a.name, ''), a.handle), count(*), max(t.reach)
FROM triage t JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id
WHERE {_RECEIVED} AND t.reach > 0 GROUP BY m.author_id ORDER BY 4 DESC, m.author_id LIMIT :limit"""
_QUARTERS: Final = f"""
SELECT (t.mention_id >> {SECOND_BITS}) / 900, count(*) FROM triage t WHERE {_RECEIVED} GROUP BY 1"""
_TIMES: Final = (
    f"SELECT (t.mention_id >> {SECOND_BITS}) * 1000, t.first_reply_at FROM triage t"
    f" WHERE t.mention_id IN ({QUESTIONS['timed']})"
)
_QUOTED: Final = "m.network NOT IN (SELECT value FROM json_each(:without))"
_TEXTS: Final = f"""
SELECT t.mention_id, trim(m.title || char(10) || m.body, char(10))
FROM triage t JOIN mention m ON m.id = t.mention_id
WHERE {_RECEIVED} AND (t.mention_id >> {SECOND_BITS}) % :every = 0 AND {_QUOTED}
ORDER BY t.mention_id DESC LIMIT :limit"""
_ASKED: Final = f"""
SELECT t.mention_id, m.body FROM insight i JOIN triage t ON t.mention_id = i.mention_id
JOIN mention m ON m.id = i.mention_id WHERE {_RECEIVED} AND {INTENT} = 2 AND {_QUOTED}
ORDER BY t.mention_id DESC LIMIT :limit"""
_WATCHED: Final = """
SELECT DISTINCT hour FROM coverage WHERE hour >= :start - 3599999 AND hour < :end AND n_fetched > 0
ORDER BY hour"""


def count_understood(conn: Connection, span: Span) -> list[tuple[int, int, str, int]]:
    """(mood, intent, language, n) as `domain/mentions/insight.py` numbers them."""
    return conn.execute(_UNDERSTOOD, values_of(span, "", 0)).fetchall()


def count_networks(conn: Connection, span: Span) -> Counted:
    """Where the audience writes."""
    return _counted(conn, _NETWORKS, span)


def count_labels(conn: Connection, span: Span) -> Counted:
    """A mention with two labels counts under both."""
    return _counted(conn, _LABELS, span)


def count_people(conn: Connection, span: Span) -> Counted:
    """Mentions answered by each person here, by when the reply was sent."""
    return _counted(conn, _PEOPLE, span)


def count_templates(conn: Connection, span: Span) -> Counted:
    """Mentions answered with each template, by when the reply was sent."""
    return _counted(conn, _TEMPLATES, span)


def list_edits(conn: Connection, span: Span) -> list[int]:
    """How many characters were changed in each reply made of a template, fewest first."""
    return [n for (n,) in conn.execute(_EDITS, values_of(span, "", 0))]


def list_reaching(conn: Connection, span: Span, limit: int) -> list[tuple[int, str, int, int]]:
    """(author, name, mentions, followers), the farthest-reaching first."""
    return conn.execute(_REACHING, {**values_of(span, "", 0), "limit": limit}).fetchall()


def count_quarters(conn: Connection, span: Span) -> dict[int, int]:
    """Mentions received by quarter of an hour: its start, ms UTC → n."""
    rows = conn.execute(_QUARTERS, values_of(span, "", 0))
    return {quarter * QUARTER_MS: n for quarter, n in rows}


def list_response_times(conn: Connection, span: Span) -> list[tuple[int, int]]:
    """(came, first reply) of every mention with a timed answer, ms UTC."""
    return conn.execute(_TIMES, values_of(span, "", 0)).fetchall()


def list_texts(
    conn: Connection, span: Span, limit: int, every: int = 1, without: Collection[str] = ()
) -> list[tuple[int, str]]:
    """(mention, its words), newest first, at most `limit`; of the mentions whose second divides by
    `every`, so that a sample of a busy month is one of the whole month. `without`: networks."""
    values = {**values_of(span, "", 0), "limit": limit, "every": every,
              "without": json.dumps(list(without))}  # fmt: skip
    return conn.execute(_TEXTS, values).fetchall()


def list_asked(
    conn: Connection, span: Span, limit: int, without: Collection[str] = ()
) -> list[tuple[int, str]]:
    """(mention, its words) of what was read as a question, newest first. `without`: networks."""
    values = {**values_of(span, "", 0), "limit": limit, "without": json.dumps(list(without))}
    return conn.execute(_ASKED, values).fetchall()


def list_watched_hours(conn: Connection, span: Span) -> list[int]:
    """The hours (start, ms UTC) in which at least one fetch worked, oldest first."""
    return [hour for (hour,) in conn.execute(_WATCHED, values_of(span, "", 0))]


def watched_since(conn: Connection) -> int:
    """When the first account was connected, ms UTC; 0 = none was. Before that nothing was ours to
    watch."""
    (at,) = conn.execute("SELECT coalesce(min(added_at), 0) FROM account").fetchone()
    return int(at)


def brand_names(conn: Connection) -> list[str]:
    """What the watches look for and how the accounts are called: no news in a report."""
    sql = "SELECT query FROM watch WHERE query <> '' UNION SELECT name FROM account"
    return [name for (name,) in conn.execute(sql)]


def _counted(conn: Connection, sql: str, span: Span) -> Counted:
    rows = conn.execute(sql, values_of(span, "", 0))
    return [(str(value), str(label), int(n)) for value, label, n in rows]
