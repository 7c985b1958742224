"""What VK says of a post, a comment or a message, as a mention of ours.

Source: VKCOM/vk-api-schema 5.199: wall_wallpost_full, wall_wall_comment, board_topic_comment,
messages_message; read 2026-11-22.
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, CanReply, Kind, Mention, Visibility
from socialdesk.networks.values import count_or_none, id_of, text_of, text_or, unix_time
from socialdesk.networks.vk.people import People, author_of
from socialdesk.networks.vk.places import CHAT, WALL, WEB, Place

_NAMED: Final = re.compile(r"\[(?:id|club|public|event)\d+(?::[^|\]\[]*)?\|([^\]\[]+)\]")
_LINKED: Final = re.compile(r"\[(https?://[^|\]\[\s]+)\|([^\]\[]+)\]")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HIDDEN: Final = frozenset({"postpone"})  # not published yet
_CHATS_FROM: Final = 2_000_000_000  # peers above are group chats


@frozen
class Reader:
    """`own`: the community's signed id. `people`: who is known by now."""

    own: str
    people: People

    def post(self, item: dict[str, Any], kind: Kind = Kind.MENTION) -> Mention | None:
        """A post of a wall, or a comment as a search finds them; None when it is not out yet."""
        post_type = item.get("post_type")
        if post_type in _HIDDEN:
            return None
        place = _post_place(item)
        is_suggested = post_type == "suggest"
        can_reply, note = self._way(place, is_open=not is_suggested)
        repost_of = _original(item)
        body = plain(item.get("text", ""))
        return Mention(
            uri=place.uri,
            remote_id=place.remote_id,
            author=author_of(id_of(item["from_id"]), self.people),
            body=body,
            published_at=unix_time(item["date"]),
            kind=kind,
            is_own=id_of(item["from_id"]) == self.own,
            repost_of=repost_of if not body else "",
            url=place.url,
            parent_uri=place.root.uri if place.comment else "",
            root_uri=place.root.uri if place.comment else "",
            visibility=Visibility.DIRECT if is_suggested else Visibility.PUBLIC,
            edited_at=_time_or_none(item.get("edited")),
            n_reposts=_count(item.get("reposts")),
            attachments=tuple(_attachments(item)),
            can_reply=can_reply,
            reply_note=note,
        )

    def comment(self, item: dict[str, Any], place: Place) -> Mention | None:
        """A comment; None for one that left only its place."""
        if item.get("deleted"):
            return None
        answers = item.get("reply_to_comment")
        parent = Place(place.kind, place.owner, place.item, id_of(answers)) if answers else None
        can_reply, note = self._way(place)
        return Mention(
            uri=place.uri,
            remote_id=place.remote_id,
            author=author_of(id_of(item["from_id"]), self.people),
            body=plain(item["text"]),
            published_at=unix_time(item["date"]),
            kind=Kind.REPLY if str(item.get("reply_to_user")) == self.own else Kind.COMMENT,
            is_own=id_of(item["from_id"]) == self.own,
            url=place.url,
            parent_uri=(parent or place.root).uri,
            root_uri=place.root.uri,
            attachments=tuple(_attachments(item)),
            can_reply=can_reply,
            reply_note=note,
        )

    def message(self, item: dict[str, Any]) -> Mention | None:
        """A message to or from the community; None for "Ann left the chat"."""
        if item.get("action"):
            return None
        peer = id_of(item["peer_id"])
        place = Place(CHAT, self.own, peer, id_of(item["conversation_message_id"]))
        writer = id_of(item["from_id"])
        return Mention(
            uri=place.uri,
            remote_id=place.remote_id,
            author=author_of(writer, self.people),
            body=plain(item["text"]),
            published_at=unix_time(item["date"]),
            kind=Kind.MENTION,
            is_own=writer == self.own or item.get("out") == 1,
            url=place.url,
            parent_uri=_quoted(item, place),
            root_uri=place.root.uri,
            visibility=Visibility.FOLLOWERS if int(peer) > _CHATS_FROM else Visibility.DIRECT,
            edited_at=_time_or_none(item.get("update_time")),
            attachments=tuple(_attachments(item)),
        )

    def _way(self, place: Place, *, is_open: bool = True) -> tuple[CanReply, str]:
        """A community key writes under posts of its own wall only."""
        if is_open and place.kind == WALL and place.owner == self.own:
            return CanReply.API, ""
        return CanReply.BROWSER, "no_access"


def plain(text: Any) -> str:
    """As people see it: names for [id1|Name], links after their words, unescaped once."""
    shown = _BREAK.sub("\n", text_of(text))
    if "[" in shown:
        shown = _LINKED.sub(r"\2 (\1)", _NAMED.sub(r"\1", shown))
    return html.unescape(shown) if "&" in shown else shown


def writers_of(items: Any) -> Iterator[str]:
    """Signed ids of those who wrote the items, as far as they tell."""
    for item in items if isinstance(items, list) else ():
        writer = item.get("from_id") if isinstance(item, dict) else None
        if type(writer) is int and writer:
            yield str(writer)


def _post_place(item: dict[str, Any]) -> Place:
    owner, number = id_of(item["owner_id"]), id_of(item["id"])
    if item.get("post_type") == "reply":
        above = item.get("parents_stack")
        thread = id_of(above[0]) if isinstance(above, list) and above else ""
        return Place(WALL, owner, id_of(item["post_id"]), number, thread)
    return Place(WALL, owner, number)


def _quoted(item: dict[str, Any], place: Place) -> str:
    """The message of the same chat that it answers, "" = none."""
    above = item.get("reply_message")
    number = above.get("conversation_message_id") if isinstance(above, dict) else None
    is_number = type(number) is int and number > 0
    return Place(CHAT, place.owner, place.item, str(number)).uri if is_number else ""


def _original(item: dict[str, Any]) -> str:
    copies = item.get("copy_history")
    first = copies[0] if isinstance(copies, list) and copies else None
    return _post_place(first).uri if isinstance(first, dict) else ""


def _time_or_none(value: Any) -> datetime | None:
    return unix_time(value) if value else None


def _count(held: Any) -> int:
    return (count_or_none(held.get("count")) or 0) if isinstance(held, dict) else 0


def _attachments(item: dict[str, Any]) -> Iterator[Attachment]:
    """Addresses only; nothing is loaded."""
    found = item.get("attachments")
    for one in found if isinstance(found, list) else ():
        name = one.get("type") if isinstance(one, dict) else None
        held = one.get(name) if isinstance(name, str) else None
        if isinstance(held, dict):
            yield from _attachment(str(name), held)


def _attachment(name: str, held: dict[str, Any]) -> Iterator[Attachment]:
    title = text_or(held.get("title")) or text_or(held.get("text"))
    if name == "photo":
        yield from _link(_largest(held), "image", text_or(held.get("text")))
    elif name == "video":
        yield Attachment(f"{WEB}/video{held.get('owner_id')}_{held.get('id')}", "video", title)
    elif name == "sticker":
        yield Attachment("", "image", "")
    else:
        link = text_or(held.get("url")) or text_or(held.get("link_mp3"))
        yield from _link(link, {"link": "link", "audio_message": "audio"}.get(name, "file"), title)


def _link(url: str, kind: str, alt: str) -> Iterator[Attachment]:
    if url.startswith(("https://", "http://")):
        yield Attachment(url, kind, alt)


def _largest(photo: dict[str, Any]) -> str:
    sizes = photo.get("sizes")
    known = [one for one in sizes if isinstance(one, dict)] if isinstance(sizes, list) else []
    widest = max(known, key=lambda one: count_or_none(one.get("width")) or 0, default={})
    return text_or(widest.get("url"))
