"""What was understood of mentions: saved beside their place in the order, read back, corrected.

Everything but the corrections (`own_*`) can be made anew from the words.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from socialdesk.domain.mentions.insight import VERSION, Insight, Intent, Part, Sentiment, Understood
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.domain.mentions.need import DEFAULT_TARGET_MIN
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.need_order import need_sql

DAY_S: Final = 86_400
MOST_EARLIER: Final = 9  # posts of an author that are counted

_IDS: Final = "(SELECT value FROM json_each(?))"
_COLUMNS: Final = (
    "version, lang, sentiment, confidence, p_negative, intent, intent_confidence, copy_of, parts,"
    " label_id"
)
_OWN: Final = "own_lang, own_sentiment, own_intent"
_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SENTIMENT: Final = {s.value: s for s in Sentiment}
_INTENT: Final = {i.value: i for i in Intent}


class Words(NamedTuple):
    """A mention as the analysis needs it. `lang`: as the network says; `n_earlier`: posts of its
    author in the 24 hours before, at most MOST_EARLIER; `is_first`: their first in the thread."""

    id: int
    title: str
    body: str
    lang: str
    reach: int
    n_earlier: int
    is_first: bool


def words_of(conn: Connection, ids: Iterable[int]) -> list[Words]:
    """Those of these that are in the queue, in the order of ids."""
    rows = conn.execute(_WORDS, (json.dumps(list(ids)),)).fetchall()
    return [Words(*row)._replace(is_first=bool(row[6])) for row in rows]


_WORDS: Final = f"""
SELECT m.id, m.title, m.body, m.lang, t.reach,
  (SELECT count(*) FROM (SELECT 1 FROM mention e WHERE e.author_id = m.author_id AND e.id < m.id
    AND e.id >= ((m.id >> {SECOND_BITS}) - {DAY_S}) << {SECOND_BITS} LIMIT {MOST_EARLIER})),
  NOT EXISTS (SELECT 1 FROM mention e WHERE e.conversation_id = m.conversation_id
    AND e.author_id = m.author_id AND e.id < m.id)
FROM json_each(?) i CROSS JOIN triage t ON t.mention_id = i.value
JOIN mention m ON m.id = t.mention_id ORDER BY m.id"""


def save(tx: Transaction, found: Sequence[tuple[int, Insight]]) -> None:
    """New insight, or another for the same mention: corrections stay and count. The score and the
    place in the order of need follow."""
    if not found:
        return
    tx.conn.executemany(_SAVE, [(id, *_packed(insight)) for id, insight in found])
    corrected = _corrected_among(tx.conn, [id for id, _ in found])
    _place(tx, [(id, corrected.get(id, insight)) for id, insight in found])


_SAVE: Final = (
    f"INSERT INTO insight(mention_id, {_COLUMNS}) VALUES({', '.join('?' * 11)})"
    " ON CONFLICT(mention_id) DO UPDATE SET "
    + ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS.split(", "))
)


def settle(tx: Transaction, ids: Sequence[int]) -> None:
    """Score and place of these from what now holds: a correction was made, or taken back."""
    rows = tx.conn.execute(
        f"SELECT mention_id, {_COLUMNS}, {_OWN} FROM insight WHERE mention_id IN {_IDS}",
        (json.dumps(list(ids)),),
    ).fetchall()
    _place(tx, [(row[0], unpacked(row[1:])) for row in rows])
    tx.note_updated(ids)


def _place(tx: Transaction, found: Sequence[tuple[int, Insight]]) -> None:
    """In one statement: what all rows share, it looks up once."""
    rows = [[id, round(insight.score), int(insight.is_alarming)] for id, insight in found]
    tx.conn.execute(_PLACE, (json.dumps(rows),))


# An UPDATE reads its row as it was before: so the order's SQL is given the new values.
_PLACE: Final = (
    "UPDATE triage SET score = x.points, is_alarming = x.alarm, need_at = CASE is_woken WHEN 1"
    f" THEN need_at ELSE {need_sql(score='x.points', is_alarming='x.alarm')} END"
    " FROM (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS points,"
    " json_extract(value, '$[2]') AS alarm FROM json_each(?)) x WHERE triage.mention_id = x.id"
)


def _corrected_among(conn: Connection, ids: Sequence[int]) -> dict[int, Insight]:
    rows = conn.execute(
        f"SELECT mention_id, {_COLUMNS}, {_OWN} FROM insight"
        f" WHERE mention_id IN {_IDS} AND own_at > 0",
        (json.dumps(list(ids)),),
    )
    return {row[0]: unpacked(row[1:]) for row in rows}


def read(conn: Connection, ids: Iterable[int]) -> dict[int, Insight]:
    """What is known of these; what was not read yet is missing."""
    rows = conn.execute(
        f"SELECT mention_id, {_COLUMNS}, {_OWN} FROM insight WHERE mention_id IN {_IDS}",
        (json.dumps(list(ids)),),
    )
    return {row[0]: unpacked(row[1:]) for row in rows}


def understood(conn: Connection, id: int) -> Understood | None:
    """Everything a screen shows of it; None when it is not in the queue."""
    row = conn.execute(_UNDERSTOOD, (id,)).fetchone()
    if row is None:
        return None
    due_at, priority, is_vip, target, label = row
    insight = read(conn, [id]).get(id) or Insight(version=0)
    first = insight.copy_of or id
    (n,) = conn.execute(
        "SELECT count(*) FROM insight WHERE copy_of > 0 AND copy_of = ?", (first,)
    ).fetchone()
    return Understood(
        id, insight, label or "", n + 1, first, due_at,
        int(target) if target and target.isdecimal() else DEFAULT_TARGET_MIN, priority,
        bool(is_vip),
    )  # fmt: skip


# A label it wears already is no suggestion.
_UNDERSTOOD: Final = """
SELECT t.due_at, t.priority, a.is_vip, (SELECT value FROM setting WHERE key = 'target_min'),
  (SELECT l.name FROM insight i JOIN label l ON l.id = i.label_id WHERE i.mention_id = t.mention_id
    AND NOT EXISTS (SELECT 1 FROM mention_label w
      WHERE w.mention_id = i.mention_id AND w.label_id = i.label_id))
FROM triage t JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id
WHERE t.mention_id = ?"""


def unread(conn: Connection, before: int, limit: int) -> list[int]:
    """Mentions of the queue with an id below `before` that were not read, or by an older analysis:
    newest first."""
    rows = conn.execute(
        "SELECT t.mention_id FROM triage t LEFT JOIN insight i ON i.mention_id = t.mention_id"
        " WHERE t.mention_id < ? AND coalesce(i.version, 0) < ?"
        " ORDER BY t.mention_id DESC LIMIT ?",
        (before, VERSION, limit),
    )
    return [id for (id,) in rows]


def count_unread(conn: Connection) -> int:
    """How many there are; about 20 ms at a million."""
    (n,) = conn.execute(
        "SELECT (SELECT count(*) FROM triage)"
        " - (SELECT count(*) FROM insight INDEXED BY insight_version WHERE version >= ?)",
        (VERSION,),
    ).fetchone()
    return max(0, int(n))


def forget_version(tx: Transaction, limit: int) -> int:
    """The newest undecided ones are to be read again: something new was learned, or the
    operator's words of danger changed. How many."""
    return tx.conn.execute(
        "UPDATE insight SET version = 0 WHERE mention_id IN (SELECT mention_id FROM triage"
        " INDEXED BY triage_undecided WHERE status <= 1 ORDER BY mention_id DESC LIMIT ?)",
        (limit,),
    ).rowcount


def recent_words(conn: Connection, limit: int) -> list[tuple[int, str, int]]:
    """(id, title and body, copy_of) of the newest mentions of the queue, oldest first."""
    rows = conn.execute(
        "SELECT m.id, m.title || ' ' || m.body, coalesce(i.copy_of, 0) FROM triage t"
        " JOIN mention m ON m.id = t.mention_id LEFT JOIN insight i ON i.mention_id = m.id"
        " ORDER BY t.mention_id DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return rows[::-1]


def unpacked(row: Sequence[Any]) -> Insight:
    """A row of _COLUMNS and _OWN; a value that an enum has not (damage) costs only itself."""
    (version, lang, sentiment, confidence, p_negative, intent, intent_confidence, copy_of, parts,
     label_id, own_lang, own_sentiment, own_intent) = row  # fmt: skip
    return Insight(
        version, lang, _SENTIMENT.get(sentiment, Sentiment.NOT_RATED), confidence, p_negative,
        _INTENT.get(intent, Intent.UNSURE), intent_confidence, copy_of, _parts(parts), label_id,
        own_lang, _SENTIMENT.get(own_sentiment, Sentiment.NOT_RATED),
        _INTENT.get(own_intent, Intent.UNSURE),
    )  # fmt: skip


def _packed(i: Insight) -> tuple[Any, ...]:
    parts = _encoded([[p.code, p.points, p.fact] for p in i.parts])
    return (i.version, i.lang, i.sentiment.value, i.confidence, i.p_negative, i.intent.value,
            i.intent_confidence, i.copy_of, parts, i.label_id)  # fmt: skip


def _parts(text: str) -> tuple[Part, ...]:
    try:
        return tuple(Part(str(c), float(p), str(f)) for c, p, f in json.loads(text))
    except (TypeError, ValueError):
        return ()


def exists(conn: Connection, id: int) -> bool:
    """Whether there is such a mention in the queue."""
    return conn.execute("SELECT 1 FROM triage WHERE mention_id = ?", (id,)).fetchone() is not None
