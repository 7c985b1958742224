"""Malformed items, set aside with their raw bytes and the reason; nothing is thrown away."""

import hashlib
import zlib
from collections.abc import Sequence

from socialdesk.domain.changes import Area
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

SHOWN_CHARS = 300


def save(
    tx: Transaction, account_id: int, watch_id: int, rejects: Sequence[tuple[bytes, str]]
) -> int:
    """(raw, reason) each; how many were not there yet. The same item is set aside once a watch."""
    n = 0
    for raw, reason in rejects:
        n += tx.conn.execute(
            "INSERT OR IGNORE INTO reject(account_id, watch_id, at, reason, digest, raw)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (account_id, watch_id, tx.now, reason.encode("utf-8", "replace").decode(),
             hashlib.sha256(raw).hexdigest(), zlib.compress(raw)),
        ).rowcount  # fmt: skip
    if n:
        tx.touch(Area.ACCOUNTS)
    return n


def newest(
    conn: Connection, account_id: int = 0, limit: int = 200
) -> list[tuple[int, str, str, str]]:
    """At (ms), account's name, reason, start of the raw text; newest first. Account 0 = all."""
    rows = conn.execute(
        "SELECT r.at, coalesce(a.name, ''), r.reason, r.raw FROM reject r"
        " LEFT JOIN account a ON a.id = r.account_id"
        " WHERE ?1 = 0 OR r.account_id = ?1 ORDER BY r.id DESC LIMIT ?2",
        (account_id, limit),
    )
    return [(at, name, reason, _start(raw)) for at, name, reason, raw in rows]


def count(conn: Connection) -> dict[int, int]:
    """How many per watch; those without one are missing."""
    return dict(conn.execute("SELECT watch_id, count(*) FROM reject GROUP BY watch_id").fetchall())


def _start(packed: bytes) -> str:
    try:
        raw = zlib.decompressobj().decompress(packed, 4 * SHOWN_CHARS)
    except zlib.error:
        return ""  # damaged; the reason is still there
    return raw.decode("utf-8", "replace")[:SHOWN_CHARS]
