"""How a new mention gets its place in the queue, and what it means for those that waited."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.need import need_at
from socialdesk.domain.mentions.status import NEEDS_REPLY, Disposition, Status
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.mentions.authors import KnownAuthor
from socialdesk.store.mentions.mentions import Arrival

MAX_ANNOUNCED: Final = 500  # rows told of because their thread grew


class Stored(NamedTuple):
    """A post's row: just inserted, or a context post that joins the queue."""

    id: int
    arrival: Arrival
    author: KnownAuthor
    conversation: int
    in_old_conversation: bool


def enqueue(
    tx: Transaction,
    stored: Sequence[Stored],
    *,
    filing: Callable[[Mention], tuple[Status, Disposition]],
    due_at: Callable[[Mention], int],
) -> None:
    """A triage row for each, in the order they came; counters once for all.

    They wrote again: what of the same author waited in that thread is done, the new one is open.
    """
    if not stored:
        return
    waiting = _waiting(tx, {s.conversation for s in stored if s.in_old_conversation})
    answered: list[int] = []
    rows = []
    groups: Counter[tuple[int, int]] = Counter()
    for s in stored:
        status, disposition = filing(s.arrival.mention)
        if s.author.is_muted:
            status, disposition = Status.DONE, Disposition.MUTED
        elif waiting and status in NEEDS_REPLY:
            key = (s.conversation, s.author.id)
            earlier = [id for id in waiting.get(key, ()) if id < s.id]
            if earlier:
                status = Status.OPEN
                answered += earlier
                waiting[key] = [id for id in waiting[key] if id > s.id]
        due = due_at(s.arrival.mention) if status in NEEDS_REPLY else 0
        need = need_at(due or s.arrival.published_at, is_vip=s.author.is_vip)
        followers = s.author.facts.n_followers
        reach = -1 if followers is None else followers
        group = (status._value_, disposition._value_)
        rows.append((s.id, *group, need, due, reach))
        groups[group] += 1
    rows.sort()
    tx.conn.executemany(
        "INSERT INTO triage(mention_id, status, disposition, need_at, due_at, reach)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        rows,
    )
    counters.move(tx.conn, {}, groups)
    _close(tx, answered)
    tx.note_added([s.id for s in stored])


def announce_threads(tx: Transaction, conversations: Iterable[int]) -> None:
    """Rows whose thread has a new post look different now."""
    numbers = list(conversations)
    if not numbers:
        return
    rows = tx.conn.execute(
        "SELECT t.mention_id FROM mention m JOIN triage t ON t.mention_id = m.id"
        " WHERE m.conversation_id IN (SELECT value FROM json_each(?)) LIMIT ?",
        (json.dumps(numbers), MAX_ANNOUNCED),
    )
    tx.note_updated([id for (id,) in rows])


def _waiting(tx: Transaction, conversations: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """Mentions that wait for their author's word, per (conversation, author)."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    numbers = list(conversations)
    if numbers:
        rows = tx.conn.execute(
            "SELECT m.conversation_id, m.author_id, m.id"
            " FROM mention m JOIN triage t ON t.mention_id = m.id"
            " WHERE m.conversation_id IN (SELECT value FROM json_each(?)) AND t.status = ?",
            (json.dumps(numbers), Status.WAITING.value),
        )
        for conversation, author, id in rows:
            found[conversation, author].append(id)
    return found


def _close(tx: Transaction, ids: Sequence[int]) -> None:
    if not ids:
        return
    after = (Status.DONE.value, Disposition.REPLIED.value)
    tx.conn.executemany(
        "UPDATE triage SET status = ?, disposition = ? WHERE mention_id = ?",
        [(*after, id) for id in ids],
    )
    before = (Status.WAITING.value, Disposition.NONE.value)
    counters.move(tx.conn, {before: len(ids)}, {after: len(ids)})
    tx.note_updated(ids)
