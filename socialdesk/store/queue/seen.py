"""Replies that a network took and has not shown yet: it moderates."""

from socialdesk.domain.changes import Area
from socialdesk.domain.frozen import frozen
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction


@frozen
class Unseen:
    """A sent reply nobody has seen public. `sent_at`: ms UTC."""

    outbox_id: int
    remote_id: str
    sent_at: int


def unseen(conn: Connection, account_id: int, since: int) -> list[Unseen]:
    """Those sent since `since` (ms), the newest first, at most 50."""
    rows = conn.execute(
        "SELECT id, remote_id, sent_at FROM outbox WHERE account_id = ? AND state = 'sent'"
        " AND seen_public_at = 0 AND remote_id <> '' AND sent_at >= ? AND reason <> 'deleted'"
        " ORDER BY sent_at DESC LIMIT 50",
        (account_id, since),
    )
    return [Unseen(*row) for row in rows]


def note_seen(tx: Transaction, outbox_id: int) -> None:
    """The network shows it to everybody."""
    tx.conn.execute(
        "UPDATE outbox SET seen_public_at = ? WHERE id = ? AND seen_public_at = 0",
        (tx.now, outbox_id),
    )
    tx.touch(Area.OUTBOX)
