"""Words past the time a person set: which they are, and what holds some of them back.

Age counts from when they came here, not from when they were written: what is fetched or imported
late is not taken out on the day it came. Nothing goes while something about it is open: a reply
or case on its way, a promise, an incident, a draft of the last day.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from socialdesk.domain.keep import DAY_MS, PREFIX, Weighed, days_of
from socialdesk.domain.mentions.mention import Mention, mention_id
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import lapses

KIND: Final = "words_removed"  # in the journal
DRAFT_MS: Final = 86_400_000

_HELD: Final = """
  EXISTS (SELECT 1 FROM outbox o WHERE o.mention_id = m.id
    AND o.state NOT IN ('sent', 'taken_back', 'discarded'))
  OR EXISTS (SELECT 1 FROM incident_mention x JOIN incident i ON i.id = x.incident_id
    WHERE x.mention_id = m.id AND i.state NOT IN ('closed', 'dismissed'))
  OR EXISTS (SELECT 1 FROM promise p WHERE p.mention_id = m.id
    AND p.state IN ('planned', 'open', 'late'))
  OR EXISTS (SELECT 1 FROM crm_case c WHERE c.mention_id = m.id
    AND c.state IN ('queued', 'sending', 'uncertain'))
  OR EXISTS (SELECT 1 FROM draft d WHERE d.mention_id = m.id AND d.at > :drafted)"""
_OLD: Final = (
    "FROM mention m WHERE m.id > :after AND m.id < :below AND m.account_id = :account"
    " AND m.first_seen_at < :before AND m.role <> 1 AND m.expired_at = 0"
)


def due(
    conn: Connection, account_id: int, before: int, now: int, n: int, after: int = 0
) -> list[int]:
    """At most `n` mentions of the account, above the id `after`, that came before `before` (ms)."""
    rows = conn.execute(
        f"SELECT m.id {_OLD} AND NOT ({_HELD}) ORDER BY m.id LIMIT :n",
        {**_values(account_id, before, now, after), "n": n},
    )
    return [id for (id,) in rows]


def weigh(conn: Connection, account_ids: Iterable[int], before: int, now: int) -> Weighed:
    """What would go of these accounts together."""
    n = n_held = 0
    for account_id in account_ids:
        row = conn.execute(
            f"SELECT count(*), coalesce(sum({_HELD}), 0) {_OLD}",
            _values(account_id, before, now, 0),
        ).fetchone()
        n, n_held = n + row[0] - row[1], n_held + row[1]
    return Weighed(n, n_held, before)


def take_out(tx: Transaction, ids: list[int], account_id: int, before: int, now: int) -> int:
    """The words of these mentions, asked once more in this transaction; how many went."""
    given = {"given": json.dumps(ids), **_values(account_id, before, now, 0)}
    rows = tx.conn.execute(
        f"SELECT m.id {_OLD} AND NOT ({_HELD}) AND m.id IN (SELECT value FROM json_each(:given))",
        given,
    ).fetchall()
    found = [id for (id,) in rows]
    lapses.take_words(tx, found)
    packed = (json.dumps(found),)
    tx.conn.execute(
        "DELETE FROM draft WHERE mention_id IN (SELECT value FROM json_each(?))", packed
    )
    return len(found)


def without_past(tx: Transaction, network: str, posts: Sequence[Mention]) -> Sequence[Mention]:
    """The posts without those whose words went and are past their time still: what a network tells
    once more is not stored again. One question to the settings where no limit is set."""
    chosen = settings.read_all(tx.conn)
    if not posts or not any(key.startswith(PREFIX) for key in chosen):
        return posts
    rows = tx.conn.execute(
        "SELECT id, uri, account_id, first_seen_at FROM mention WHERE network = ? AND uri IN"
        " (SELECT value FROM json_each(?)) AND expired_at > 0",
        (network, json.dumps([post.uri for post in posts])),
    ).fetchall()
    past = {
        uri: id for id, uri, account_id, came_at in rows
        if (days := days_of(chosen, account_id)) and came_at < tx.now - days * DAY_MS
    }  # fmt: skip
    looked_at = [(tx.now, id) for id in past.values()]
    tx.conn.executemany("UPDATE mention SET checked_at = ? WHERE id = ?", looked_at)
    return [post for post in posts if post.uri not in past]


def note(tx: Transaction, account_id: int, days: int, before: int, n: int) -> int:
    """One entry for all that went of an account in one run."""
    data = {"account": account_id, "days": days, "before": before, "n": n}
    return journal.append(tx, KIND, data, person=None)


def _values(account_id: int, before: int, now: int, after: int) -> dict[str, int]:
    return {
        "account": account_id,
        "before": before,
        "after": after,
        "below": mention_id(before // 1000 + 1, 0),  # ids follow time
        "drafted": now - DRAFT_MS,
    }
