"""Reddit's things as mentions and authors of ours.

`{kind, data}`: t1 a comment, t3 a submission, t4 a private message; the same comment has fewer
fields in the inbox than elsewhere, so only what all have is used (a comment has no title here).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.mentions.mention import (
    Attachment,
    Author,
    CanReply,
    Kind,
    Mention,
    Visibility,
)
from socialdesk.networks.html_text import one_line, plain
from socialdesk.networks.values import count_or_none, text_of, text_or, unix_time

WEB: Final = "https://www.reddit.com"
COMMENT, LINK, MESSAGE = "t1", "t3", "t4"
DELETED: Final = "[deleted]"
TAKEN: Final = frozenset({DELETED, "[removed]"})

_FULLNAME: Final = re.compile(r"(t[134])_([a-z0-9]{1,16})")
_CONTEXT: Final = re.compile(r"/comments/([a-z0-9]{1,16})/")
_INBOX: Final[Mapping[str, Kind]] = {
    "username_mention": Kind.MENTION,
    "comment_reply": Kind.REPLY,
    "post_reply": Kind.REPLY,
}


def read_thing(thing: dict[str, Any], own_name: str, kind: Kind | None) -> Mention | None:
    """None for what is deleted or removed, and for kinds we do not show. `kind`: None = the
    inbox's own word for it."""
    data = thing["data"]
    if thing["kind"] not in (COMMENT, LINK, MESSAGE) or is_gone(data):
        return None
    kind = kind or _INBOX.get(text_or(data.get("type")), Kind.MENTION)
    read = {COMMENT: _comment, LINK: _link, MESSAGE: _message}[thing["kind"]]
    return read(data, own_name, kind)


def _comment(data: dict[str, Any], own_name: str, kind: Kind) -> Mention:
    fullname, parent = split(data["name"]), split(data["parent_id"])
    article = _article_of(data, parent)
    author = _author(data)
    can_reply, note = _ability(data)
    parent_uri = uri_of(article, parent[1] if parent[0] == COMMENT else "")
    return Mention(
        uri=uri_of(article, fullname[1]),
        remote_id="_".join(fullname),
        author=author,
        body=plain(text_of(data["body"])),
        published_at=unix_time(data["created_utc"]),
        kind=kind,
        is_own=is_ours(author.handle, own_name),
        parent_uri=parent_uri,
        root_uri=uri_of(article),
        edited_at=_edited_at(data),
        can_reply=can_reply,
        reply_note=note,
    )


def _link(data: dict[str, Any], own_name: str, kind: Kind) -> Mention:
    fullname = split(data["name"])
    author = _author(data)
    can_reply, note = _ability(data)
    return Mention(
        uri=uri_of(fullname[1]),
        remote_id="_".join(fullname),
        author=author,
        body=plain(text_or(data.get("selftext"))),
        published_at=unix_time(data["created_utc"]),
        kind=kind,
        is_own=is_ours(author.handle, own_name),
        title=one_line(text_of(data["title"])),
        warning="NSFW" if data.get("over_18") is True else "",
        edited_at=_edited_at(data),
        attachments=tuple(_linked(data)),
        can_reply=can_reply,
        reply_note=note,
    )


def _message(data: dict[str, Any], own_name: str, kind: Kind) -> Mention:
    fullname, author = split(data["name"]), _author(data)
    first = data.get("first_message_name")
    root = split(first)[1] if isinstance(first, str) and first else ""
    return Mention(
        uri=message_uri(fullname[1]),
        remote_id="_".join(fullname),
        author=author,
        body=plain(text_of(data["body"])),
        published_at=unix_time(data["created_utc"]),
        kind=kind,
        is_own=is_ours(author.handle, own_name),
        title=one_line(text_or(data.get("subject"))),
        root_uri=message_uri(root) if root and root != fullname[1] else "",
        visibility=Visibility.DIRECT,
    )


def uri_of(article: str, comment: str = "") -> str:
    """The lasting address of a submission, or of a comment on it."""
    uri = f"{WEB}/comments/{article}"
    return f"{uri}/_/{comment}" if comment else uri


def message_uri(message_id: str) -> str:
    return f"{WEB}/message/messages/{message_id}"


def split(fullname: Any) -> tuple[str, str]:
    """Kind and base-36 id of "t1_abc". Raises ValueError for anything else."""
    found = _FULLNAME.fullmatch(text_of(fullname))
    if not found:
        raise ValueError("no fullname of a post")
    return found[1], found[2]


def is_gone(data: Mapping[str, Any]) -> bool:
    """Deleted by its author or removed by moderators; some of it may still stand there."""
    if data.get("removed_by_category") or data.get("removed") is True:
        return True
    words = data.get("body", data.get("selftext"))
    return (isinstance(words, str) and words in TAKEN) or data.get("author") == DELETED


def is_ours(name: str, own_name: str) -> bool:
    return name.casefold() == own_name.casefold()


def user_url(name: str) -> str:
    return f"{WEB}/user/{quote(name, safe='')}"


def read_profile(data: dict[str, Any]) -> Author:
    """From /user/<name>/about; a suspended account tells only its name."""
    name = text_of(data["name"])
    page = data.get("subreddit")
    page = page if isinstance(page, dict) else {}
    avatar = text_or(data.get("icon_img"))
    return Author(
        remote_id=user_url(name),
        handle=name,
        name=one_line(text_or(page.get("title"))),
        url=user_url(name),
        avatar_url=avatar if avatar.startswith("https://") else "",
        n_followers=count_or_none(page.get("subscribers")),
    )


def _author(data: dict[str, Any]) -> Author:
    """A message of a subreddit's moderators has no author."""
    name = data.get("author")
    if name is None and isinstance(data.get("subreddit"), str):
        subreddit = f"r/{data['subreddit']}"
        return Author(f"{WEB}/{quote(subreddit)}", handle=subreddit, url=f"{WEB}/{subreddit}")
    name = text_of(name)
    if not name:
        raise ValueError("nobody's name")
    return Author(user_url(name), handle=name, url=user_url(name))


def _article_of(data: dict[str, Any], parent: tuple[str, str]) -> str:
    """The submission's id: `link_id`, which the inbox leaves out; there `context` tells."""
    if isinstance(data.get("link_id"), str):
        return split(data["link_id"])[1]
    found = _CONTEXT.search(text_or(data.get("context")))
    if found:
        return found[1]
    if parent[0] == LINK:
        return parent[1]
    raise ValueError("a comment without a submission")


def _ability(data: dict[str, Any]) -> tuple[CanReply, str]:
    if data.get("locked") is True or data.get("archived") is True:
        return CanReply.NO, "archived"
    return CanReply.API, ""


def _edited_at(data: dict[str, Any]) -> datetime | None:
    """`edited`: false, or when."""
    at = data.get("edited")
    return unix_time(at) if at and at is not True else None


def _linked(data: dict[str, Any]) -> Iterator[Attachment]:
    url = data.get("url")
    if data.get("is_self") is not True and isinstance(url, str) and url.startswith("https://"):
        yield Attachment(url, "link")
