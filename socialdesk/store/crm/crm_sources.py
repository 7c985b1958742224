"""Where the words of a case come from: which network, and whether they are still there."""

from socialdesk.domain.frozen import frozen
from socialdesk.store.file.sqlite import Connection


@frozen
class Source:
    """`is_gone`: deleted on its network, or its words were taken out by the network's terms."""

    network: str
    is_gone: bool = False


def source_of_mention(conn: Connection, mention_id: int) -> Source | None:
    """None when there is no such mention."""
    row = conn.execute(
        "SELECT network, deleted_at > 0 OR expired_at > 0 FROM mention WHERE id = ?", (mention_id,)
    ).fetchone()
    return None if row is None else Source(row[0], bool(row[1]))


def source_of_author(conn: Connection, author_id: int) -> Source | None:
    """None when there is no such author."""
    row = conn.execute("SELECT network FROM author WHERE id = ?", (author_id,)).fetchone()
    return None if row is None else Source(row[0])
