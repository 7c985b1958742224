"""Who and what was erased, as digests nobody can be read from: what comes again is not stored.

The salt is the workspace's own lasting id, so that the digests of two workspaces tell nothing about
each other, and those of a backup are the same as those of its file.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from socialdesk.domain.mentions.mention import Mention
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

_IDS: Final = "(SELECT value FROM json_each(?))"


def author_digest(salt: str, network: str, remote_id: str) -> str:
    """Of a person on one network."""
    return _digest(salt, "author", network, remote_id)


def uri_digest(salt: str, network: str, uri: str) -> str:
    """Of a post."""
    return _digest(salt, "uri", network, uri)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def remember(tx: Transaction, digests: Iterable[str]) -> None:
    """What they stand for is never stored again."""
    tx.conn.executemany(
        "INSERT OR IGNORE INTO erased(digest, at) VALUES (?, ?)", [(d, tx.now) for d in digests]
    )


def empty_statements(tx: Transaction, mentions: Sequence[int]) -> None:
    """Texts of incidents that answer these mentions: the words go; what stays is that, when and in
    whose name something was said. What was not out is dropped."""
    ids = (json.dumps(list(mentions)),)
    these = f"(SELECT id FROM statement WHERE mention_id IN {_IDS})"
    tx.conn.execute(
        "UPDATE statement_version SET text = '', blocks = '[]', slot_values = '[]', media = ''"
        f" WHERE statement_id IN {these}",
        ids,
    )
    tx.conn.execute(
        "UPDATE statement SET dropped_at = ? WHERE dropped_at = 0 AND NOT EXISTS (SELECT 1 FROM"
        " outbox o JOIN statement_version v ON v.id = o.statement_version_id"
        " WHERE v.statement_id = statement.id AND o.state = 'sent')"
        f" AND mention_id IN {_IDS}",
        (tx.now, *ids),
    )
    tx.conn.execute(f"UPDATE statement SET mention_id = 0 WHERE mention_id IN {_IDS}", ids)


def without_erased(tx: Transaction, network: str, posts: Iterable[Mention]) -> Sequence[Mention]:
    """The posts that may be stored, without the addresses of erased ones; the others are counted.

    Costs nothing while nobody was erased, else about 5 µs a post.
    """
    arrived = list(posts)
    if not arrived or tx.conn.execute("SELECT 1 FROM erased LIMIT 1").fetchone() is None:
        return arrived
    salt = settings.workspace_id(tx)
    kept, met = [], []
    for post in arrived:
        digests = (
            author_digest(salt, network, post.author.remote_id),
            uri_digest(salt, network, post.uri),
            uri_digest(salt, network, post.repost_of),
        )
        found = [d for d in digests if _is_known(tx.conn, d)]
        met += [(d,) for d in found[:1]]
        if not found:
            kept.append(_unlinked(tx.conn, salt, network, post))
    tx.conn.executemany("UPDATE erased SET n_met = n_met + 1 WHERE digest = ?", met)
    return kept


def _unlinked(conn: Connection, salt: str, network: str, post: Mention) -> Mention:
    """An answer to an erased post: its address often holds the person's name."""

    def kept(uri: str) -> str:
        return "" if uri and _is_known(conn, uri_digest(salt, network, uri)) else uri

    parent, root = kept(post.parent_uri), kept(post.root_uri)
    if (parent, root) == (post.parent_uri, post.root_uri):
        return post
    return replace(post, parent_uri=parent, root_uri=root)


def _is_known(conn: Connection, digest: str) -> bool:
    found = conn.execute("SELECT 1 FROM erased WHERE digest = ?", (digest,)).fetchone()
    return found is not None


def erased_authors(conn: Connection, salt: str, digests: Collection[str]) -> list[int]:
    """The authors of this file that these digests, made with `salt`, stand for."""
    rows = conn.execute("SELECT id, network, remote_id FROM author")
    return [
        id for id, network, remote_id in rows if author_digest(salt, network, remote_id) in digests
    ]
