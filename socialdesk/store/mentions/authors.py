"""People on a network: their facts from the newest post we saw, our marks untouched."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.mention import Author
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import textindex


class KnownAuthor(NamedTuple):
    """An author row: facts from the network, then what we decided."""

    id: int
    facts: Author
    is_muted: bool = False
    is_vip: bool = False


def keep(tx: Transaction, network: str, authors: Iterable[Author]) -> dict[str, KnownAuthor]:
    """The rows of these authors by remote id, made or brought up to date; the last facts count.

    A new name is found at once: all posts of that author are indexed again.
    """
    facts: dict[str, Author] = {}
    for author in authors:
        before = facts.get(author.remote_id)
        facts[author.remote_id] = author if before is None else _newer(before, author)
    known = find(tx.conn, network, facts)
    made = _insert(tx, network, [a for a in facts.values() if a.remote_id not in known])
    for remote_id, row in known.items():
        now = _newer(row.facts, facts[remote_id])
        if now != row.facts:
            _update(tx, row, now)
            known[remote_id] = row._replace(facts=now)
    return known | made


def find(conn: Connection, network: str, remote_ids: Iterable[str]) -> dict[str, KnownAuthor]:
    """Rows by remote id; those we never met are missing."""
    rows = conn.execute(
        "SELECT id, muted_at, is_vip, remote_id, handle, name, url, avatar_url, n_followers, is_bot"
        " FROM author WHERE network = ? AND remote_id IN (SELECT value FROM json_each(?))",
        (network, json.dumps(list(remote_ids))),
    )
    known = {}
    for id, muted_at, is_vip, remote_id, *facts in rows:
        handle, name, url, avatar_url, n_followers, is_bot = facts
        author = Author(remote_id, handle, name, url, avatar_url, n_followers, bool(is_bot))
        known[remote_id] = KnownAuthor(id, author, bool(muted_at), bool(is_vip))
    return known


def save_profile(tx: Transaction, network: str, author: Author) -> None:
    """What the network shows of them now, when a profile was asked for."""
    keep(tx, network, [author])
    tx.touch(Area.QUEUE)


def _insert(tx: Transaction, network: str, authors: list[Author]) -> dict[str, KnownAuthor]:
    if not authors:
        return {}
    (last,) = tx.conn.execute("SELECT coalesce(max(id), 0) FROM author").fetchone()
    made = {a.remote_id: KnownAuthor(n, a) for n, a in enumerate(authors, last + 1)}
    tx.conn.executemany(
        "INSERT INTO author(id, network, remote_id, handle, name, url, avatar_url, n_followers,"
        " is_bot, first_seen_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(row.id, network, *_values(row.facts), tx.now) for row in made.values()],
    )
    return made


def _values(a: Author) -> tuple[Any, ...]:
    return (a.remote_id, a.handle, a.name, a.url, a.avatar_url, a.n_followers, int(a.is_bot))


def _newer(before: Author, after: Author) -> Author:
    """What a network left out this time stands as it was."""
    if before == after:
        return before
    followers = before.n_followers if after.n_followers is None else after.n_followers
    return replace(
        after,
        handle=after.handle or before.handle,
        name=after.name or before.name,
        url=after.url or before.url,
        avatar_url=after.avatar_url or before.avatar_url,
        n_followers=followers,
    )


def _update(tx: Transaction, row: KnownAuthor, now: Author) -> None:
    is_renamed = (now.name, now.handle) != (row.facts.name, row.facts.handle)
    ids = _posts_of(tx.conn, row.id) if is_renamed else []
    with textindex.reindexed(tx, ids):
        tx.conn.execute(
            "UPDATE author SET remote_id = ?, handle = ?, name = ?, url = ?, avatar_url = ?,"
            " n_followers = ?, is_bot = ? WHERE id = ?",
            (*_values(now), row.id),
        )
    tx.note_updated(ids)


def _posts_of(conn: Connection, author_id: int) -> list[int]:
    return [
        id for (id,) in conn.execute("SELECT id FROM mention WHERE author_id = ?", (author_id,))
    ]
