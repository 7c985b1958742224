"""Live counts of the views: moved in the transaction that moves the mentions, once per write."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction


def status_key(status: int) -> str:
    """The counter of a status."""
    return f"status:{status}"


def disposition_key(disposition: int) -> str:
    """The counter of a disposition; none is kept for 0."""
    return f"disposition:{disposition}"


def keys_of(groups: Mapping[tuple[int, int], int]) -> Counter[str]:
    """Counts per (status, disposition) as counts per counter."""
    counts: Counter[str] = Counter()
    for (status, disposition), n in groups.items():
        counts[status_key(status)] += n
        if disposition:
            counts[disposition_key(disposition)] += n
    return counts


def move(
    conn: Connection, before: Mapping[tuple[int, int], int], after: Mapping[tuple[int, int], int]
) -> None:
    """Mentions that were `before` are `after` now; both: n per (status, disposition)."""
    deltas = keys_of(after)
    deltas.subtract(keys_of(before))
    conn.executemany(
        "INSERT INTO counter(key, n) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET n = n + excluded.n",
        [(key, n) for key, n in deltas.items() if n],
    )


def read(conn: Connection) -> dict[str, int]:
    """Every counter; one that never moved is missing."""
    return dict(conn.execute("SELECT key, n FROM counter").fetchall())


def recount(tx: "Transaction") -> bool:
    """Count everything anew; True when a counter was wrong. For the nightly check and a restore."""
    groups = tx.conn.execute(
        "SELECT status, disposition, count(*) FROM triage GROUP BY status, disposition"
    ).fetchall()
    right = keys_of({(status, disposition): n for status, disposition, n in groups})
    if {k: n for k, n in read(tx.conn).items() if n} == right:
        return False
    tx.conn.execute("DELETE FROM counter")
    tx.conn.executemany("INSERT INTO counter(key, n) VALUES (?, ?)", list(right.items()))
    return True
