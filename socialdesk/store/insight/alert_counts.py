"""What is counted for alerts: mentions by mood and author, per hour and in the last hours.

Hours that are over are counted once and kept, so that a start reads three thousand numbers and not
a year of mentions. An hour in which nothing was fetched has no row: "we saw nothing" is no zero.
Practice and drills lie in workspaces of their own: nothing of them is ever counted here.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from socialdesk.domain.crisis.alert import Series
from socialdesk.domain.mentions.mention import SECOND_BITS, mention_id
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight.insight_words import held

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
KEPT_MS: Final = 400 * DAY_MS
FIRST_MS: Final = 120 * DAY_MS  # so far back a workspace that counts for the first time
AGAIN_MS: Final = 2 * DAY_MS  # counted anew: mentions are read late, corrected, fetched late
PER_AUTHOR: Final = 2  # as analysis/spikes.py
SPAM: Final = 5
POSITIVE: Final = 4  # as insight.sentiment
BACKFILL: Final = 5  # filed as older than the account's connection: no news

_HELD: Final = held("sentiment", "i")
_HOUR: Final = f"(i.mention_id >> {SECOND_BITS}) / 3600 * {HOUR_MS}"


class Post(NamedTuple):
    """One mention as the windows count it. `at`: ms UTC, the earlier of written and seen."""

    id: int
    at: int
    author_id: int


def posts(conn: Connection, series: Series, since: int, until: int) -> list[Post]:
    """Of that mood, oldest first; spam and what was old when its account was connected left out.
    By the index insight_sentiment: 2 µs a row."""
    rows = conn.execute(_POSTS, (series.value, _first(since), _first(until)))
    return [Post(id, time_of(id), author) for id, author in rows]


_POSTS: Final = f"""
SELECT i.mention_id, m.author_id FROM insight i
CROSS JOIN triage t ON t.mention_id = i.mention_id CROSS JOIN mention m ON m.id = i.mention_id
WHERE {_HELD} = ? AND i.mention_id >= ? AND i.mention_id < ?
AND t.status <> {SPAM} AND t.disposition <> {BACKFILL} ORDER BY i.mention_id"""


def count_hours(tx: Transaction) -> None:
    """Count the hours that are over since the last time, and the two days before once more."""
    until = tx.now - tx.now % HOUR_MS
    for series in Series:
        (last,) = tx.conn.execute(
            "SELECT max(hour) FROM alert_hour WHERE series = ?", (series.value,)
        ).fetchone()
        since = max(until - FIRST_MS, (last or 0) - AGAIN_MS)
        values = {"series": series.value, "since": since, "until": until,
                  "first": _first(since), "end": _first(until)}  # fmt: skip
        tx.conn.execute(_COUNT, values)
    tx.conn.execute("DELETE FROM alert_hour WHERE hour < ?", (tx.now - KEPT_MS,))


_COUNT: Final = f"""
INSERT OR REPLACE INTO alert_hour(series, hour, n)
SELECT :series, c.hour, coalesce(x.n, 0)
FROM (SELECT DISTINCT hour FROM coverage WHERE hour >= :since AND hour < :until
  AND n_fetched > 0) c
LEFT JOIN (SELECT hour, sum(min(n, {PER_AUTHOR})) AS n FROM (
  SELECT {_HOUR} AS hour, count(*) AS n FROM insight i
  CROSS JOIN mention m ON m.id = i.mention_id
  WHERE {_HELD} = :series AND i.mention_id >= :first AND i.mention_id < :end
  GROUP BY 1, m.author_id) GROUP BY hour) x ON x.hour = c.hour"""


def needs_counting(conn: Connection, now: int) -> bool:
    """Whether an hour has passed since the newest one that was counted."""
    (last,) = conn.execute("SELECT max(hour) FROM alert_hour WHERE series = 2").fetchone()
    return last is None or last < now - now % HOUR_MS - HOUR_MS


def hours(conn: Connection, series: Series, since: int, until: int) -> list[tuple[int, int]]:
    """(start ms, mentions) of each watched hour, oldest first."""
    return conn.execute(
        "SELECT hour, n FROM alert_hour WHERE series = ? AND hour >= ? AND hour < ? ORDER BY hour",
        (series.value, since, until),
    ).fetchall()


def first_watched(conn: Connection) -> int:
    """When this workspace first fetched something, ms UTC; 0 = never."""
    (first,) = conn.execute("SELECT min(hour) FROM coverage WHERE n_fetched > 0").fetchone()
    return int(first or 0)


# --- words and authors ---


class Words(NamedTuple):
    """One mention with its words."""

    id: int
    author_id: int
    text: str


def words_between(conn: Connection, since: int, until: int, limit: int) -> list[Words]:
    """Mentions of the queue in that time, the newest `limit`, oldest first."""
    rows = conn.execute(_WORDS_BETWEEN, (_first(since), _first(until), limit)).fetchall()
    return [Words(*row) for row in rows[::-1]]


_NEWS: Final = f"t.status <> {SPAM} AND t.disposition <> {BACKFILL}"
_TEXT: Final = "m.id, m.author_id, m.title || ' ' || m.body"
_WORDS_BETWEEN: Final = f"""
SELECT {_TEXT} FROM triage t JOIN mention m ON m.id = t.mention_id
WHERE t.mention_id >= ? AND t.mention_id < ? AND {_NEWS} ORDER BY t.mention_id DESC LIMIT ?"""


def words_of(conn: Connection, ids: Iterable[int]) -> list[Words]:
    """Those of these that are stored, in the order of ids."""
    rows = conn.execute(
        f"SELECT {_TEXT} FROM json_each(?) i JOIN mention m ON m.id = i.value ORDER BY m.id",
        (json.dumps(list(ids)),),
    )
    return [Words(*row) for row in rows]


def complaints(
    conn: Connection, since: int, until: int, *, only_unanswered: bool, limit: int
) -> list[Words]:
    """Mentions read as complaints, the newest `limit`, oldest first."""
    wanted = "AND t.status <= 1" if only_unanswered else ""
    rows = conn.execute(
        f"SELECT {_TEXT} FROM insight i CROSS JOIN triage t ON t.mention_id = i.mention_id"
        f" CROSS JOIN mention m ON m.id = i.mention_id WHERE {held('intent', 'i')} = 1"
        f" AND i.mention_id >= ? AND i.mention_id < ? AND {_NEWS} {wanted}"
        " ORDER BY i.mention_id DESC LIMIT ?",
        (_first(since), _first(until), limit),
    ).fetchall()
    return [Words(*row) for row in rows[::-1]]


def copied(conn: Connection, since: int, n_authors: int) -> list[tuple[int, int]]:
    """(first mention, authors) of groups of near-identical texts by so many authors since then;
    the first one counts with them whenever it was written. The same thanks from many are none."""
    rows = conn.execute(_COPIED, (_first(since), n_authors))
    return [(first, n) for first, n in rows]


# The + keeps SQLite from walking all copies ever: a day of mentions is few.
_COPIED: Final = f"""
SELECT first, count(DISTINCT author_id) AS n FROM (
  SELECT i.copy_of AS first, m.author_id FROM insight i JOIN mention m ON m.id = i.mention_id
  JOIN triage t ON t.mention_id = i.mention_id
  WHERE +i.copy_of > 0 AND i.mention_id >= ?1 AND {_NEWS} AND {_HELD} <> {POSITIVE}
  UNION SELECT i.copy_of, o.author_id FROM insight i JOIN mention o ON o.id = i.copy_of
  WHERE +i.copy_of > 0 AND i.mention_id >= ?1)
GROUP BY first HAVING n >= ?2 ORDER BY first"""


def copies_of(conn: Connection, first: int, since: int) -> list[int]:
    """The group's mentions since then, the first one with them."""
    rows = conn.execute(
        "SELECT mention_id FROM insight WHERE copy_of > 0 AND copy_of = ? AND mention_id >= ?"
        " ORDER BY mention_id",
        (first, _first(since)),
    )
    return [first, *(id for (id,) in rows)]


def median_reach(conn: Connection, since: int) -> int:
    """Of the authors since then whose reach is known; 0 = nobody's is."""
    row = conn.execute(_MEDIAN_REACH, (_first(since),)).fetchone()
    return int(row[0]) if row else 0


# The + keeps SQLite from walking the index of authors, and with it all mentions ever stored: 0.7 s
# of a million, at each check. One row comes back: each row read gives the interpreter away.
_MEDIAN_REACH: Final = """
WITH author_reach(n) AS MATERIALIZED (
  SELECT max(t.reach) FROM triage t JOIN mention m ON m.id = t.mention_id
  WHERE t.mention_id >= ? AND +t.reach >= 0 GROUP BY +m.author_id)
SELECT n FROM author_reach ORDER BY n LIMIT 1 OFFSET (SELECT count(*) / 2 FROM author_reach)"""


def linked(conn: Connection, incident_id: int) -> list[int]:
    """Mentions that alerts have linked to an incident."""
    rows = conn.execute(
        "SELECT mention_id FROM incident_mention WHERE incident_id = ? AND how = 'alert'"
        " ORDER BY mention_id",
        (incident_id,),
    )
    return [id for (id,) in rows]


def shared(conn: Connection, incidents: Sequence[int], ids: Sequence[int]) -> list[tuple[int, int]]:
    """(incident, how many of these mentions it holds), the most first."""
    rows = conn.execute(
        "SELECT incident_id, count(*) AS n FROM incident_mention"
        " WHERE mention_id IN (SELECT value FROM json_each(?))"
        " AND incident_id IN (SELECT value FROM json_each(?))"
        " GROUP BY 1 ORDER BY n DESC, 1",
        (json.dumps(list(ids)), json.dumps(list(incidents))),
    )
    return [(incident, n) for incident, n in rows]


def far_reaching(conn: Connection, since: int, reach: int) -> list[int]:
    """Undecided negative mentions since then by authors of at least that reach."""
    rows = conn.execute(
        f"SELECT i.mention_id FROM insight i JOIN triage t ON t.mention_id = i.mention_id"
        f" WHERE {_HELD} = {Series.NEGATIVE.value} AND i.mention_id >= ? AND t.reach >= ?"
        " AND t.status <= 1 ORDER BY i.mention_id",
        (_first(since), reach),
    )
    return [id for (id,) in rows]


def moods(conn: Connection, since: int, until: int) -> tuple[int, int]:
    """(negative, rated) mentions."""
    row = conn.execute(
        f"SELECT coalesce(sum({_HELD} = 2), 0), count(*) FROM insight i"
        f" WHERE i.mention_id >= ? AND i.mention_id < ? AND {_HELD} >= 1",
        (_first(since), _first(until)),
    ).fetchone()
    return int(row[0]), int(row[1])


def authors(conn: Connection, ids: Sequence[int]) -> list[tuple[str, int, int, int]]:
    """(name, reach, mentions, a mention) per author of these, the farthest reach first."""
    rows = conn.execute(_AUTHORS, (json.dumps(list(ids)),))
    return [(name or handle, reach, n, id) for name, handle, reach, n, id in rows]


_AUTHORS: Final = """
SELECT a.name, a.handle, coalesce(max(t.reach), -1) AS reach, count(*), max(m.id)
FROM json_each(?) i JOIN mention m ON m.id = i.value JOIN author a ON a.id = m.author_id
LEFT JOIN triage t ON t.mention_id = m.id GROUP BY a.id ORDER BY reach DESC, count(*) DESC, a.id"""


def time_of(id: int) -> int:
    """When a mention was written or seen, whichever was earlier, ms UTC."""
    return (id >> SECOND_BITS) * 1000


def _first(at: int) -> int:
    """The smallest id a mention of that moment (ms UTC) can have."""
    return mention_id(max(0, at) // 1000, 0)
