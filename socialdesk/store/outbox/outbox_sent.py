"""What of the outbox is known to stand on its network."""

from socialdesk.store.file.sqlite import Connection


def is_anothers(conn: Connection, outbox_id: int, account_id: int, remote_id: str) -> bool:
    """Whether a post of ours is known as another reply: the same words may have gone to several
    people in one thread, and some networks do not tell which of them a post answers."""
    sql = (
        "SELECT 1 FROM outbox WHERE account_id = ? AND remote_id = ? AND id <> ?"
        " AND state = 'sent' AND reason <> 'deleted' LIMIT 1"
    )
    return conn.execute(sql, (account_id, remote_id, outbox_id)).fetchone() is not None
