"""The words of the newest mentions."""

from socialdesk.domain.rules.words_trial import Stored
from socialdesk.store.file.sqlite import Connection


def newest(conn: Connection, limit: int) -> list[Stored]:
    """Of others, newest first. Without those whose words were taken out."""
    rows = conn.execute(
        "SELECT coalesce(nullif(a.name, ''), a.handle), m.title, m.body"
        " FROM mention m JOIN author a ON a.id = m.author_id"
        " WHERE m.role = 0 AND m.expired_at = 0 AND (m.body <> '' OR m.title <> '')"
        " ORDER BY m.id DESC LIMIT ?",
        (limit,),
    )
    return [Stored(author, f"{title}\n{body}") for author, title, body in rows]
