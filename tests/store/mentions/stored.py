"""A stored post, read back whole: the program itself never wants all of it at once."""

import json

from socialdesk.domain.mentions.mention import (
    Attachment,
    Author,
    CanReply,
    Kind,
    Mention,
    Visibility,
)
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions.mentions import Role, from_ms


def read_mention(conn: Connection, id: int) -> Mention | None:
    """A stored post as the network told it (its root excepted, which is not kept)."""
    row = conn.execute(
        "SELECT m.uri, m.remote_id, m.role, m.kind, m.title, m.body, m.warning, m.lang, m.url,"
        " m.parent_uri, m.visibility, m.published_at, m.edited_at, m.n_reposts, m.n_stars,"
        " m.can_reply, m.reply_note, m.attachments, a.remote_id, a.handle, a.name, a.url,"
        " a.avatar_url, a.n_followers, a.is_bot"
        " FROM mention m JOIN author a ON a.id = m.author_id WHERE m.id = ?",
        (id,),
    ).fetchone()
    if row is None:
        return None
    (uri, remote_id, role, kind, title, body, warning, lang, url, parent_uri, visibility,
     published_at, edited_at, n_reposts, n_stars, can_reply, reply_note, attachments,
     author_id, handle, name, author_url, avatar_url, n_followers, is_bot) = row  # fmt: skip
    author = Author(author_id, handle, name, author_url, avatar_url, n_followers, bool(is_bot))
    return Mention(
        uri=uri, remote_id=remote_id, author=author, body=body,
        published_at=from_ms(published_at), kind=Kind(kind), is_own=role == Role.OWN, title=title,
        url=url or uri, lang=lang, parent_uri=parent_uri, visibility=Visibility(visibility),
        warning=warning, edited_at=from_ms(edited_at) if edited_at else None, n_reposts=n_reposts,
        n_stars=n_stars or None, attachments=_attachments(attachments),
        can_reply=CanReply(can_reply), reply_note=reply_note,
    )  # fmt: skip


def _attachments(text: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(*parts) for parts in json.loads(text)) if text else ()
