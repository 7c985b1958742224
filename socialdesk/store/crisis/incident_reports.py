"""Frozen reports of incidents: written once, when an incident is closed."""

from collections.abc import Mapping

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction


def keep(
    tx: Transaction, incident_id: int, bodies: Mapping[str, str], hashes: Mapping[str, str]
) -> None:
    """`bodies`, `hashes`: by shape (json, markdown, html)."""
    tx.conn.executemany(
        "INSERT INTO incident_report(incident_id, shape, at, body, hash) VALUES (?, ?, ?, ?, ?)",
        [(incident_id, shape, tx.now, body, hashes[shape]) for shape, body in bodies.items()],
    )


def read(conn: Connection, incident_id: int, shape: str) -> tuple[str, str] | None:
    """(body, hash) of a frozen report; None = not closed yet."""
    row = conn.execute(
        "SELECT body, hash FROM incident_report WHERE incident_id = ? AND shape = ?",
        (incident_id, shape),
    ).fetchone()
    return (row[0], row[1]) if row else None
