"""Comments, posts and people as Lemmy shows them, as mentions and authors of ours.

Shapes: CommentView, PostView, Person of lemmy-js-client 0.19.9 and 1.0.0-beta.2, which differ in
`published`/`published_at` and `actor_id`/`ap_id`. Ids are each server's own; `ap_id` is the same
everywhere.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.html_text import one_line, plain
from socialdesk.networks.values import id_of, read_time, text_of, text_or

COMMENT, POST = "comment", "post"
NOTIFIED: Final = {"mention": Kind.MENTION, "reply": Kind.REPLY}
_WEB: Final = ("https://", "http://")


def read_view(view: dict[str, Any], own_id: str, kind: Kind, base: str) -> Mention | None:
    """A mention of a comment's or a post's view; None for what is deleted or removed."""
    if is_gone(view):
        return None
    return (_comment if COMMENT in view else _post)(view, own_id, kind, base)


def _comment(view: dict[str, Any], own_id: str, kind: Kind, base: str) -> Mention:
    comment, post = view["comment"], view["post"]
    comment_id, post_id = number_id(comment["id"]), number_id(post["id"])
    root = _address(post["ap_id"])
    can_reply, note = _ability(view)
    return Mention(
        uri=_address(comment["ap_id"]),
        remote_id=f"{COMMENT}/{post_id}/{comment_id}",
        author=read_author(view["creator"]),
        body=plain(text_of(comment["content"])),
        published_at=when(comment),
        kind=kind,
        is_own=number_id(comment["creator_id"]) == own_id,
        title=one_line(text_of(post["name"])),
        url=f"{base}/comment/{comment_id}",
        parent_uri=root if parent_of(comment) == "0" else "",
        root_uri=root,
        edited_at=_edited_at(comment),
        can_reply=can_reply,
        reply_note=note,
    )


def _post(view: dict[str, Any], own_id: str, kind: Kind, base: str) -> Mention:
    post = view["post"]
    post_id = number_id(post["id"])
    can_reply, note = _ability(view)
    return Mention(
        uri=_address(post["ap_id"]),
        remote_id=f"{POST}/{post_id}",
        author=read_author(view["creator"]),
        body=plain(text_or(post.get("body"))),
        published_at=when(post),
        kind=kind,
        is_own=number_id(post["creator_id"]) == own_id,
        title=one_line(text_of(post["name"])),
        url=f"{base}/post/{post_id}",
        edited_at=_edited_at(post),
        attachments=tuple(_linked(post.get("url"))),
        can_reply=can_reply,
        reply_note=note,
    )


def read_author(person: dict[str, Any]) -> Author:
    """Called by their address on their own server; no server tells how many follow."""
    address = _address(person.get("actor_id") or person["ap_id"])
    name = text_of(person["name"])
    avatar = text_or(person.get("avatar"))
    return Author(
        remote_id=address,
        handle=f"@{name}@{urlsplit(address).hostname or ''}",
        name=one_line(text_or(person.get("display_name"))),
        url=address,
        avatar_url=avatar if avatar.startswith(_WEB) else "",
        is_bot=person.get("bot_account") is True,
    )


def parent_of(comment: dict[str, Any]) -> str:
    """The id of the comment it answers, "0" for the post itself: `path` is "0.12.34"."""
    steps = text_of(comment["path"]).split(".")
    if len(steps) < 2:
        raise ValueError("a comment without a path")
    return steps[-2]


def when(thing: dict[str, Any]) -> datetime:
    """When it was written; servers before 0.19 send no zone and mean UTC."""
    return read_time(thing.get("published") or thing["published_at"])


def is_gone(view: dict[str, Any]) -> bool:
    """Deleted by its author or removed by moderators; it stays there without its words."""
    thing = view[COMMENT] if COMMENT in view else view[POST]
    return bool(thing.get("deleted") or thing.get("removed"))


def number_id(value: Any) -> str:
    """An id of this server. Raises ValueError when it is no number."""
    found = id_of(value)
    if not found.isdecimal():
        raise ValueError("an id that is no number")
    return found


def _ability(view: dict[str, Any]) -> tuple[CanReply, str]:
    comment = view.get(COMMENT)
    if view["post"].get("locked") or (isinstance(comment, dict) and comment.get("locked")):
        return CanReply.NO, "archived"
    actions = view.get("community_actions")
    is_banned = isinstance(actions, dict) and actions.get("received_ban_at")
    if view.get("banned_from_community") or is_banned:
        return CanReply.NO, "no_access"
    return CanReply.API, ""


def _edited_at(thing: dict[str, Any]) -> datetime | None:
    at = thing.get("updated") or thing.get("updated_at")
    return read_time(at) if at else None


def _linked(url: Any) -> Iterator[Attachment]:
    if isinstance(url, str) and url.startswith(_WEB):
        yield Attachment(url, "link")


def _address(value: Any) -> str:
    url = text_of(value)
    if not url.startswith(_WEB) or not (urlsplit(url).hostname or ""):
        raise ValueError("no address")
    return url
