"""Which mentions belong to an incident, and what each is in it."""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

from socialdesk.domain.crisis.incident import Category, Incident
from socialdesk.domain.mentions.insight import Intent
from socialdesk.store.crisis import incident_moves, incident_order, press_tasks
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

ALERT, RULE, HAND = "alert", "rule", "hand"  # how it came to be linked
SHOWN_IDS: Final = 100  # named in an event; the rest is a number
# What it is, as it was read when it was linked: danger first, then what somebody wants with it.
_READ_CATEGORY: Final = f"""
CASE WHEN t.is_alarming = 1 THEN '{Category.SAFETY.value}' ELSE
  CASE CASE coalesce(i.own_intent, 0) WHEN 0 THEN coalesce(i.intent, 0) ELSE i.own_intent END
    WHEN {Intent.COMPLAINT.value} THEN '{Category.COMPLAINT.value}'
    WHEN {Intent.QUESTION.value} THEN '{Category.QUESTION.value}'
    WHEN {Intent.PRAISE.value} THEN '{Category.PRAISE.value}'
    WHEN {Intent.IDEA.value} THEN '{Category.IDEA.value}'
    WHEN {Intent.PRESS.value} THEN '{Category.PRESS.value}'
    ELSE CASE WHEN CASE coalesce(i.own_sentiment, 0) WHEN 0 THEN coalesce(i.sentiment, 0)
      ELSE i.own_sentiment END = 2 THEN '{Category.RANT.value}' ELSE '' END
  END END"""
_LINK: Final = f"""
INSERT INTO incident_mention(incident_id, mention_id, how, category, at)
SELECT :incident, t.mention_id, :how, CASE :category WHEN '' THEN {_READ_CATEGORY}
  ELSE :category END, :now
FROM triage t LEFT JOIN insight i ON i.mention_id = t.mention_id
WHERE t.mention_id IN (SELECT value FROM json_each(:ids))
ON CONFLICT DO UPDATE SET category = excluded.category WHERE :category <> ''"""


def link(
    tx: Transaction,
    incident: Incident,
    mentions: Sequence[int],
    *,
    how: str,
    person: int | None,
    category: Category | None = None,
) -> int:
    """Those of them that are in the queue; what the press asks goes to the spokesperson. `category`
    None: as it was read; said by hand, it also changes what was linked before. The journal entry;
    0 = nothing changed."""
    if not mentions:
        return 0
    n = tx.conn.execute(
        _LINK,
        {"incident": incident.id, "ids": json.dumps(list(mentions)), "how": how,
         "category": category.value if category else "", "now": tx.now},
    ).rowcount  # fmt: skip
    if not n:
        return 0
    incident_order.place(tx, mentions)
    seq = incident_moves.note(
        tx, incident, "mention_linked", person, n=n, ids=list(mentions[:SHOWN_IDS]), how=how,
        category=category.value if category else "",
    )  # fmt: skip
    press_tasks.hand_over(tx, incident, person, mentions)
    return seq


def unlink(tx: Transaction, incident: Incident, mentions: Sequence[int], person: int) -> int:
    """Out of the incident. The journal entry; 0 = none of them was in it."""
    n = tx.conn.execute(
        "DELETE FROM incident_mention WHERE incident_id = ? "
        "AND mention_id IN (SELECT value FROM json_each(?))",
        (incident.id, json.dumps(list(mentions))),
    ).rowcount
    if not n:
        return 0
    incident_order.place(tx, mentions)
    return incident_moves.note(
        tx, incident, "mention_unlinked", person, n=n, ids=list(mentions[:SHOWN_IDS])
    )


def mark_asked(tx: Transaction, mention_id: int, is_asked: bool = True) -> None:
    """They asked, and we promised an answer: before the complaints, in every open incident."""
    _set(tx, "is_asked", int(is_asked), mention_id)


def note_answered(tx: Transaction, mention_id: int, outbox_id: int) -> None:
    """The reply that went out to it; nothing where it belongs to no incident."""
    _set(tx, "outbox_id", outbox_id, mention_id)


def count(conn: Connection, incident_id: int, category: Category | None = None) -> int:
    """Linked mentions, of one category or all."""
    (n,) = conn.execute(
        "SELECT count(*) FROM incident_mention WHERE incident_id = ?1 "
        "AND (?2 = '' OR category = ?2)",
        (incident_id, category.value if category else ""),
    ).fetchone()
    return int(n)


def in_linked_threads(conn: Connection, incident_id: int, mentions: Sequence[int]) -> list[int]:
    """Those of these that hang together with something linked."""
    rows = conn.execute(
        "SELECT m.id FROM mention m WHERE m.id IN (SELECT value FROM json_each(?1)) AND EXISTS ("
        "SELECT 1 FROM mention o JOIN incident_mention l ON l.mention_id = o.id "
        "WHERE o.conversation_id = m.conversation_id AND l.incident_id = ?2)",
        (json.dumps(list(mentions)), incident_id),
    )
    return [mention for (mention,) in rows]


def with_uris(
    conn: Connection, mentions: Sequence[int], uris: Collection[str], *, since: int
) -> list[int]:
    """Those of these that stand at one of the addresses and were published since (ms UTC)."""
    rows = conn.execute(
        "SELECT id FROM mention WHERE id IN (SELECT value FROM json_each(?)) "
        "AND uri IN (SELECT value FROM json_each(?)) AND published_at >= ?",
        (json.dumps(list(mentions)), json.dumps(sorted(uris)), since),
    )
    return [mention for (mention,) in rows]


def accounts_of(conn: Connection, mentions: Sequence[int]) -> dict[int, int]:
    """Mention id → the account that met it."""
    return dict(
        conn.execute(
            "SELECT id, account_id FROM mention WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(mentions)),),
        ).fetchall()
    )


def _set(tx: Transaction, column: str, value: Any, mention_id: int) -> None:
    n = tx.conn.execute(
        f"UPDATE incident_mention SET {column} = ? WHERE mention_id = ? AND {column} <> ? "
        "AND incident_id IN (SELECT id FROM incident WHERE state NOT IN ('closed', 'dismissed'))",
        (value, mention_id, value),
    ).rowcount
    if n:
        incident_order.place(tx, [mention_id])
