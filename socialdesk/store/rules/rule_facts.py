"""What rules know of stored mentions: the same for a new page and for a dry run over all of them.

Read at most a few hundred at a time. What the program or a person made of a mention counts as it
is now; "first" and "copies" look only at what came before it, so a dry run says what a rule would
have done then.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule_facts import Facts, Stored
from socialdesk.store.file.sqlite import Connection

MAX_COPIES: Final = 1_000  # counted; a rule that asks for more fits none

# The person's correction, else the program's reading, else the network's word for the language.
_ROWS: Final = f"""
SELECT m.id, m.author_id, m.title, m.body, m.warning, m.account_id, m.network, m.kind, a.handle,
  a.name, a.is_vip, a.is_bot, a.muted_at > 0,
  NOT EXISTS (SELECT 1 FROM mention e WHERE e.author_id = m.author_id AND e.id < m.id
    AND e.role = 0),
  t.reach, coalesce(nullif(i.own_lang, ''), nullif(i.lang, ''), m.lang),
  coalesce(nullif(i.own_sentiment, 0), i.sentiment, 0),
  coalesce(nullif(i.own_intent, 0), i.intent, 0), m.n_stars, m.published_at, m.attachments <> '',
  CASE WHEN coalesce(i.copy_of, 0) = 0 THEN 0 ELSE 1 + (SELECT count(*) FROM (
    SELECT 1 FROM insight c WHERE c.copy_of = i.copy_of AND c.copy_of > 0 AND c.mention_id < m.id
    LIMIT {MAX_COPIES})) END,
  t.status, t.disposition, t.priority,
  t.first_reply_at > 0 OR t.disposition = {Disposition.REPLIED.value}
FROM mention m JOIN triage t ON t.mention_id = m.id JOIN author a ON a.id = m.author_id
  LEFT JOIN insight i ON i.mention_id = m.id
WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id"""
_LABELS: Final = """
SELECT l.mention_id, label.name FROM mention_label l JOIN label ON label.id = l.label_id
WHERE l.mention_id IN (SELECT value FROM json_each(?))"""
_WATCHES: Final = """
SELECT w.mention_id, w.watch_id FROM watch JOIN mention_watch w ON w.watch_id = watch.id
WHERE w.mention_id IN (SELECT value FROM json_each(?))"""
_BEFORE: Final = """
SELECT mention_id FROM triage WHERE mention_id < ? ORDER BY mention_id DESC LIMIT ?"""
_SENTIMENTS: Final = tuple(Sentiment)
_INTENTS: Final = tuple(Intent)
_STATUSES: Final = tuple(Status)
_DISPOSITIONS: Final = tuple(Disposition)


def read(
    conn: Connection, ids: Sequence[int], zone: tzinfo | None, *, with_watches: bool = True
) -> list[Stored]:
    """By id, oldest first; what has no row in the queue is left out. `zone` None: the system's.
    `with_watches`: a third of the time, and few rules ask for them."""
    packed = (json.dumps(list(ids)),)
    labels: dict[int, set[str]] = defaultdict(set)
    for mention, name in conn.execute(_LABELS, packed):
        labels[mention].add(name.casefold())
    watches: dict[int, set[int]] = defaultdict(set)
    for mention, watch in conn.execute(_WATCHES, packed) if with_watches else ():
        watches[mention].add(watch)
    return [
        _stored(row, frozenset(labels.get(row[0], ())), frozenset(watches.get(row[0], ())), zone)
        for row in conn.execute(_ROWS, packed)
    ]


def ids_before(conn: Connection, mention_id: int, limit: int) -> list[int]:
    """Mentions of the queue with a smaller id, newest first."""
    return [row[0] for row in conn.execute(_BEFORE, (mention_id, limit))]


def undecided_ids(conn: Connection) -> list[int]:
    """What needs a reply, oldest first."""
    rows = conn.execute("SELECT mention_id FROM triage WHERE status <= 1 ORDER BY mention_id")
    return [id for (id,) in rows]


def still_undecided(conn: Connection, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that need a reply."""
    rows = conn.execute(
        "SELECT t.mention_id FROM json_each(?) w JOIN triage t ON t.mention_id = w.value"
        " WHERE t.status <= 1",
        (json.dumps(list(ids)),),
    )
    return [id for (id,) in rows]


def count(conn: Connection) -> int:
    """How many mentions the queue ever held."""
    (n,) = conn.execute("SELECT count(*) FROM triage").fetchone()
    return int(n)


def text_of(title: str, body: str, warning: str) -> str:
    """What words and expressions are looked for in."""
    return "\n".join(part for part in (title, body, warning) if part)


def _stored(
    row: tuple[Any, ...], labels: frozenset[str], watches: frozenset[int], zone: tzinfo | None
) -> Stored:
    (id, author, title, body, warning, account, network, kind, handle, name, is_vip, is_bot,
     is_muted, is_first, reach, lang, sentiment, intent, n_stars, at, has_attachment, n_copies,
     status, disposition, priority, is_replied) = row  # fmt: skip
    local = datetime.fromtimestamp(at / 1000, zone)
    facts = Facts(
        id, author, text_of(title, body, warning), account, watches, network, Kind(kind), handle,
        name, bool(is_vip), bool(is_bot), bool(is_muted), bool(is_first), reach,
        lang.partition("-")[0].lower(), _SENTIMENTS[sentiment], _INTENTS[intent], n_stars,
        local.weekday(), local.hour * 60 + local.minute, bool(has_attachment), n_copies, labels,
    )  # fmt: skip
    return Stored(
        facts, _STATUSES[status], _DISPOSITIONS[disposition], priority, bool(is_replied)
    )  # fmt: skip
