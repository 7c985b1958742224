"""The mentions around a planned post: counted, listed, the worst of them shown.

Posts of ours, thread context and spam do not count. What a person corrected holds everywhere.
"""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.search import Word
from socialdesk.domain.temperature import LATELY_MS, MONTH_MS, N_EXAMPLES, Example, Mood, Which
from socialdesk.store.figures.figures import INTENT, SENTIMENT
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue.search_terms import phrase

MAX_WORDS: Final = 280  # characters of an example
_NEGATIVE: Final = f"({SENTIMENT}) = {Sentiment.NEGATIVE.value}"
_RATED: Final = f"({SENTIMENT}) <> {Sentiment.NOT_RATED.value}"
_UNRESOLVED: Final = (
    f"({INTENT}) = {Intent.COMPLAINT.value}"
    f" AND t.status NOT IN ({Status.DONE.value}, {Status.SPAM.value})"
)
_ON_TOPIC: Final = f"""
FROM mention_search s CROSS JOIN triage t ON t.mention_id = s.rowid
LEFT JOIN insight i ON i.mention_id = s.rowid
WHERE mention_search MATCH :match AND s.rowid >= :first AND t.status <> {Status.SPAM.value}"""
_COUNT: Final = f"""
SELECT count(*), coalesce(sum({_RATED}), 0), coalesce(sum({_NEGATIVE}), 0),
  coalesce(sum(s.rowid >= :lately), 0), coalesce(sum(s.rowid >= :lately AND {_RATED}), 0),
  coalesce(sum(s.rowid >= :lately AND {_NEGATIVE}), 0), coalesce(sum({_UNRESOLVED}), 0)
{_ON_TOPIC}"""
_ONLY: Final = {
    Which.MONTH: "1",
    Which.LATELY: "s.rowid >= :lately",
    Which.NEGATIVE: _NEGATIVE,
    Which.NEGATIVE_LATELY: f"s.rowid >= :lately AND {_NEGATIVE}",
    Which.UNRESOLVED: _UNRESOLVED,
    Which.NOT_RATED: f"NOT ({_RATED})",
}
# Of nearly the same words one comes first, and the others only where there is room.
_WORST: Final = f"""
WITH negative AS (
  SELECT s.rowid AS id, coalesce(nullif(i.copy_of, 0), s.rowid) AS same,
    CASE WHEN i.own_sentiment > 0 THEN 100 ELSE i.p_negative END AS p {_ON_TOPIC} AND {_NEGATIVE})
SELECT m.id, coalesce(nullif(a.name, ''), a.handle), substr(trim(m.title || ' ' || m.body), 1,
  {MAX_WORDS}), m.published_at
FROM (SELECT id, p, row_number() OVER (PARTITION BY same ORDER BY p DESC, id DESC) AS nth
  FROM negative) n
JOIN mention m ON m.id = n.id JOIN author a ON a.id = m.author_id
ORDER BY n.nth > 1, n.p DESC, coalesce(a.n_followers, 0) DESC, n.id DESC LIMIT {N_EXAMPLES}"""


def count(conn: Connection, terms: Sequence[Word], now: int) -> tuple[Mood, Mood, int]:
    """The last 30 days, the last 72 hours, and complaints of the 30 days that nobody resolved."""
    if not terms:
        return Mood(), Mood(), 0
    row = conn.execute(_COUNT, _values(terms, now)).fetchone()
    return Mood(*row[:3]), Mood(*row[3:6]), int(row[6])


def list_ids(conn: Connection, terms: Sequence[Word], which: Which, now: int) -> list[int]:
    """The mentions a number counted, newest first."""
    if not terms:
        return []
    sql = f"SELECT s.rowid {_ON_TOPIC} AND {_ONLY[which]} ORDER BY s.rowid DESC"
    return [id for (id,) in conn.execute(sql, _values(terms, now))]


def worst(conn: Connection, terms: Sequence[Word], now: int) -> tuple[Example, ...]:
    """The surest negative ones of the 30 days; of equals what more people read, then the newest."""
    if not terms:
        return ()
    return tuple(Example(*row) for row in conn.execute(_WORST, _values(terms, now)))


def brand_names(conn: Connection) -> list[str]:
    """Brand words and keywords of all watches, as they were typed."""
    rows = conn.execute(
        "SELECT brand_words FROM watch WHERE brand_words <> ''"
        " UNION SELECT query FROM watch WHERE kind IN ('keyword', 'hashtag') AND query <> ''"
    )
    return [text for (text,) in rows]


def stood_down_at(conn: Connection, account_id: int, at: int) -> int:
    """When the newest incident that covers the account (0 = any) stood down before `at` (ms UTC);
    0 = never."""
    rows = conn.execute(
        "SELECT stand_down_at, scope FROM incident WHERE stand_down_at BETWEEN 1 AND ?"
        " AND is_drill = 0 ORDER BY stand_down_at DESC",
        (at,),
    )
    for stood_down, scope in rows:
        accounts = json.loads(scope).get("accounts") or []
        if not account_id or not accounts or account_id in accounts:
            return int(stood_down)
    return 0


def _values(terms: Sequence[Word], now: int) -> dict[str, object]:
    match = " OR ".join(map(phrase, terms))
    return {
        "match": f"body : ({match})",
        "first": (now - MONTH_MS) // 1000 << SECOND_BITS,
        "lately": (now - LATELY_MS) // 1000 << SECOND_BITS,
    }
