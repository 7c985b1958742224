"""Stories and comments as mentions of ours, in the three shapes they come in.

Search hits (`objectID`, `comment_text`), Algolia's items (`id`, `text`, `children`) and Firebase's
items (`by`, `time`). A comment has no title in any of them, so that all three read the same.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.html_text import one_line, to_text
from socialdesk.networks.values import id_of, text_of, text_or, unix_time

WEB: Final = "https://news.ycombinator.com"
NOTE: Final = "no_api"


def item_url(item_id: str) -> str:
    """Where a person reads it; also its lasting name."""
    return f"{WEB}/item?id={item_id}"


def user_url(name: str) -> str:
    return f"{WEB}/user?id={quote(name, safe='')}"


def read_hit(hit: dict[str, Any]) -> Mention:
    """A line of a search."""
    is_comment = isinstance(hit.get("comment_text"), str)
    return _mention(
        item_id=_number(hit["objectID"]),
        author=text_of(hit["author"]),
        words=text_or(hit.get("comment_text")) or text_or(hit.get("story_text")),
        title="" if is_comment else text_or(hit.get("title")),
        link="" if is_comment else text_or(hit.get("url")),
        at=hit["created_at_i"],
        parent=hit.get("parent_id"),
        root=hit.get("story_id"),
        kind=Kind.POST,
    )


def read_node(node: dict[str, Any]) -> Mention | None:
    """One node of a thread; None for a deleted one, whose answers stay."""
    if node.get("author") is None:
        return None
    return _mention(
        item_id=_number(node["id"]),
        author=text_of(node["author"]),
        words=text_or(node.get("text")),
        title=text_or(node.get("title")),
        link=text_or(node.get("url")),
        at=node["created_at_i"],
        parent=node.get("parent_id"),
        root=node.get("story_id"),
        kind=Kind.CONTEXT,
    )


def read_live(item: dict[str, Any]) -> Mention:
    """As Firebase has it now; it knows no root."""
    return _mention(
        item_id=_number(item["id"]),
        author=text_of(item["by"]),
        words=text_or(item.get("text")),
        title=text_or(item.get("title")),
        link=text_or(item.get("url")),
        at=item["time"],
        parent=item.get("parent"),
        root=None,
        kind=Kind.POST,
    )


def is_live(item: Any) -> bool:
    """`null` is an id that is gone, `dead` one that the moderators or flags took off."""
    return isinstance(item, dict) and not item.get("deleted") and not item.get("dead")


def _mention(
    *,
    item_id: str,
    author: str,
    words: str,
    title: str,
    link: str,
    at: Any,
    parent: Any,
    root: Any,
    kind: Kind,
) -> Mention:
    if not author:
        raise ValueError("nobody wrote it")
    uri = item_url(item_id)
    return Mention(
        uri=uri,
        remote_id=item_id,
        author=Author(user_url(author), handle=author, url=user_url(author)),
        body=to_text(words),
        published_at=unix_time(at),
        kind=kind,
        title=one_line(title),
        parent_uri=_other(parent, item_id),
        root_uri=_other(root, item_id),
        attachments=tuple(_linked(link)),
        can_reply=CanReply.BROWSER,
        reply_note=NOTE,
    )


def _other(value: Any, item_id: str) -> str:
    """The address of another item, "" where there is none: a story is its own story."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdecimal():
        return ""
    return "" if str(value) == item_id else item_url(str(value))


def _linked(link: str) -> Iterator[Attachment]:
    if link.startswith(("https://", "http://")):
        yield Attachment(link, "link")


def _number(value: Any) -> str:
    """Ids are digits, because they become a part of addresses. Raises ValueError."""
    found = id_of(value)
    if not (found.isascii() and found.isdecimal()):
        raise ValueError("an id that is no number")
    return found


def times_of(hits: list[Any]) -> Iterator[datetime]:
    """The times of those hits that have one."""
    for hit in hits:
        try:
            yield unix_time(hit["created_at_i"])
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            continue
