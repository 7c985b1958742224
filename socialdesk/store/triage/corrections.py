"""What a person corrected in what was read of mentions, and what can be learned from it."""

import json
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, NamedTuple

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import insights
from socialdesk.store.mentions import facets
from socialdesk.store.triage.acts import Act
from socialdesk.store.triage.changing import change

MOST: Final = 2_000  # answers that are learned from, the newest
_SENTIMENT: Final = {s.value: s for s in Sentiment}
_INTENT: Final = {i.value: i for i in Intent}


class Field(Enum):
    """What can be corrected."""

    SENTIMENT = "sentiment"
    INTENT = "intent"
    LANG = "lang"


class Answer(NamedTuple):
    """A corrected mention. `lang`: as the network says, `own_lang`: as a person does."""

    title: str
    body: str
    lang: str
    own_lang: str
    sentiment: Sentiment
    intent: Intent


def correct(
    tx: Transaction, act: Act | None, ids: Sequence[int], field: Field, value: int | str
) -> int:
    """`value`: of the enum, or a language; 0 or "" takes the correction back. How many changed."""
    tx.conn.execute(
        "INSERT OR IGNORE INTO insight(mention_id, version) SELECT mention_id, 0 FROM triage"
        " WHERE mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    n = change(tx, act, facets.OWN_INSIGHT, _AFTER[field], ids, {"value": value})
    insights.settle(tx, ids)
    tx.touch(Area.INSIGHT)
    return n


def _after(field: Field) -> tuple[str, ...]:
    """The columns of the facet. A correction taken back was never made, unless another stands."""
    column = f"own_{field.value}"
    names = ("own_sentiment", "own_intent", "own_lang")
    others = [n for n in names if n != column]
    nothing = {n: "''" if n == "own_lang" else "0" for n in names}
    stands = " OR ".join(f"{n} <> {nothing[n]}" for n in others)
    at = (
        f"CASE WHEN {column} = :value THEN own_at WHEN :value <> {nothing[column]} OR {stands}"
        " THEN :now ELSE 0 END"
    )
    return (*(":value" if n == column else n for n in names), at)


_AFTER: Final = {field: _after(field) for field in Field}


def _undone(*kinds: str) -> str:
    """The sum of the undos of such acts that nobody redid: two people may redo in any order. The
    table has the last acts alone."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return f"SELECT coalesce(sum(undone_seq), 0) FROM act WHERE kind IN ({names})"


class Answered(NamedTuple):
    """What there is to learn from, as numbers and times that change with it: corrections, labels
    put on or taken off, priorities, what of both was undone or redone, and the last times that all
    was forgotten, taken up again, or somebody erased with all that was learned."""

    corrected: int = 0
    corrected_at: int = 0
    labelled: int = 0
    label_undone: int = 0
    raised: int = 0
    raise_undone: int = 0
    reset: int = 0
    taken_up: int = 0
    erased: int = 0


def answered(conn: Connection) -> Answered:
    """As it is now."""
    row = conn.execute(
        "SELECT (SELECT count(*) FROM insight WHERE own_at > 0),"
        " (SELECT coalesce(max(own_at), 0) FROM insight WHERE own_at > 0),"
        " max((SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'labelled'),"
        "     (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'unlabelled')),"
        f" ({_undone('labelled', 'unlabelled')}),"
        " (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'priority_set'),"
        f" ({_undone('priority_set')}),"
        " (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'learning_reset'),"
        " (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'learning_taken_up'),"
        " (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'person_erased')"
    ).fetchone()
    return Answered(*row)


def answers(conn: Connection, since: int = 0) -> list[Answer]:
    """What was corrected after `since` (ms UTC), oldest first."""
    rows = conn.execute(
        "SELECT m.title, m.body, m.lang, i.own_lang, i.own_sentiment, i.own_intent"
        " FROM (SELECT * FROM insight WHERE own_at > ? ORDER BY own_at DESC LIMIT ?) i"
        " JOIN mention m ON m.id = i.mention_id ORDER BY i.own_at, m.id",
        (since, MOST),
    )
    return [
        Answer(title, body, lang, own_lang, _SENTIMENT.get(sentiment, Sentiment.NOT_RATED),
               _INTENT.get(intent, Intent.UNSURE))
        for title, body, lang, own_lang, sentiment, intent in rows
    ]  # fmt: skip


def labels_worn(conn: Connection, least: int, most: int) -> list[tuple[int, str]]:
    """(id, name) of the labels that at least `least` mentions wear, the commonest `most`."""
    rows = conn.execute(
        "SELECT l.id, l.name FROM label l JOIN mention_label w ON w.label_id = l.id"
        " GROUP BY l.id HAVING count(*) >= ? ORDER BY count(*) DESC, l.id LIMIT ?",
        (least, most),
    )
    return [(id, name) for id, name in rows]


def of_label(
    conn: Connection, label_id: int, most: int, since: int = 0
) -> list[tuple[str, str, bool]]:
    """(title, body, wears it) of mentions that came after `since` (ms UTC), oldest first: the
    newest that wear it, and as many of the newest decided ones that do not."""
    return _both(conn, _WEAR, _WEAR_NOT, {"label": label_id, "most": most, "first": _first(since)})


def of_priority(conn: Connection, most: int, since: int = 0) -> list[tuple[str, str, bool]]:
    """(title, body, was raised) in the same way: priority 1 or 2 by hand, and as many of the newest
    decided ones without, or with the lowest."""
    return _both(conn, _RAISED, _NOT_RAISED, {"most": most, "first": _first(since)})


def _first(since: int) -> int:
    return (since // 1000) << SECOND_BITS


def _both(
    conn: Connection, yes: str, no: str, values: dict[str, Any]
) -> list[tuple[str, str, bool]]:
    found = [(id, True) for (id,) in conn.execute(f"{yes} LIMIT :most", values)]
    values = {**values, "most": max(1, len(found))}
    found += [(id, False) for (id,) in conn.execute(f"{no} LIMIT :most", values)]
    words = {
        id: (title, body)
        for id, title, body in conn.execute(
            "SELECT id, title, body FROM mention WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([id for id, _ in found]),),
        )
    }
    return [(*words[id], is_yes) for id, is_yes in sorted(found) if id in words]


_WEAR: Final = (
    "SELECT mention_id FROM mention_label WHERE label_id = :label AND mention_id >= :first"
    " ORDER BY 1 DESC"
)
_WEAR_NOT: Final = (
    "SELECT mention_id FROM triage WHERE status IN (2, 4) AND mention_id >= :first"
    " AND decided_at > 0 AND NOT EXISTS (SELECT 1 FROM mention_label w WHERE w.label_id = :label"
    " AND w.mention_id = triage.mention_id) ORDER BY mention_id DESC"
)
_RAISED: Final = (
    "SELECT mention_id FROM triage WHERE mention_id >= :first AND priority IN (1, 2)"
    " ORDER BY mention_id DESC"
)
_NOT_RAISED: Final = (
    "SELECT mention_id FROM triage WHERE mention_id >= :first AND priority IN (0, 4)"
    " AND (decided_at > 0 OR priority = 4) ORDER BY mention_id DESC"
)
