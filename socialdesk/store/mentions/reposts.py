"""Reposts: no mentions of their own, but a count on the original."""

import json
from collections.abc import Iterable, Sequence

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.mentions import Arrival


def save(tx: Transaction, network: str, reposts: Sequence[Arrival]) -> None:
    """Each repost counts once, on an original that may come later."""
    if not reposts:
        return
    tx.conn.executemany(
        "INSERT OR IGNORE INTO repost(network, uri, original_uri, at) VALUES(?, ?, ?, ?)",
        [(network, r.mention.uri, r.mention.repost_of, r.published_at) for r in reposts],
    )
    counts = count(tx.conn, network, {r.mention.repost_of for r in reposts})
    for uri, n in counts.items():
        rows = tx.conn.execute(
            "UPDATE mention SET n_reposts = ? WHERE network = ? AND uri = ? AND n_reposts < ?"
            " RETURNING id",
            (n, network, uri, n),
        )
        tx.note_updated([id for (id,) in rows.fetchall()])


def count(conn: Connection, network: str, originals: Iterable[str]) -> dict[str, int]:
    """Reposts we have seen of these uris; those without one are missing."""
    rows = conn.execute(
        "SELECT original_uri, count(*) FROM repost"
        " WHERE network = ? AND original_uri IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (network, json.dumps(sorted(originals))),
    )
    return dict(rows.fetchall())
