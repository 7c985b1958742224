"""YouTube's comments, threads and videos as mentions.

Source: YouTube Data API v3, discovery document of 2026-11-04. Remote ids are "video/comment"
("video/" for the video itself): a comment asked for by its id does not always tell its video, and
its address needs both.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import (
    Attachment,
    Author,
    CanReply,
    Kind,
    Mention,
    Visibility,
)
from socialdesk.networks.html_text import one_line, plain
from socialdesk.networks.values import count_or_none, id_of, read_time, text_of, text_or

SITE: Final = "https://www.youtube.com"
CLOSED: Final = "replies_closed"
WAITS: Final = "held"  # for our own review, in YouTube Studio
_HIDDEN: Final = frozenset({"heldForReview", "likelySpam", "rejected"})


@frozen
class Seen:
    """How a comment came to us. `video_id`: of its thread, where it does not tell itself."""

    own_id: str
    kind: Kind = Kind.COMMENT
    video_id: str = ""
    can_reply: bool = True


@frozen
class Thread:
    """One thread of a list. `top` and `inline` are raw comments, `n_replies` all there are."""

    id: str
    video_id: str
    top: Mapping[str, Any]
    inline: tuple[Any, ...]
    n_replies: int
    can_reply: bool
    published_at: datetime
    is_ours: bool


def read_thread(item: Any, own_id: str) -> Thread:
    """A thread. Raises KeyError, TypeError, ValueError."""
    snippet = item["snippet"]
    top = snippet["topLevelComment"]
    inline = (item.get("replies") or {}).get("comments") or []
    if not isinstance(inline, list):
        raise TypeError("no list of replies")
    return Thread(
        id=id_of(item["id"]),
        video_id=text_or(snippet.get("videoId")) or text_or(top["snippet"].get("videoId")),
        top=top,
        inline=tuple(inline),
        n_replies=count_or_none(snippet.get("totalReplyCount")) or 0,
        can_reply=snippet.get("canReply") is not False,
        published_at=read_time(top["snippet"]["publishedAt"]),
        is_ours=author_id(top["snippet"]) == own_id,
    )


def read_comment(item: Any, seen: Seen) -> Mention:
    """A comment or a reply to one. Raises KeyError, TypeError, ValueError."""
    snippet, comment = item["snippet"], id_of(item["id"])
    video = text_or(snippet.get("videoId")) or seen.video_id
    author = read_author(snippet)
    above = top_of(comment, snippet)
    published, updated = (read_time(snippet[name]) for name in ("publishedAt", "updatedAt"))
    is_own = author.remote_id == seen.own_id
    is_held = snippet.get("moderationStatus") in _HIDDEN
    return Mention(
        uri=comment_uri(comment),
        remote_id=f"{video}/{comment}",
        author=author,
        body=plain(_words(snippet, is_own=is_own)),
        published_at=published,
        kind=seen.kind,
        is_own=is_own,
        url=comment_url(video, comment, text_or(snippet.get("channelId")) or seen.own_id),
        parent_uri=comment_uri(above) if above else "",
        root_uri=comment_uri(above) if above else "",
        # what waits for review is seen by its author and the channel alone
        visibility=Visibility.DIRECT if is_held else Visibility.PUBLIC,
        edited_at=updated if updated > published else None,
        attachments=_pictures(snippet),
        # an answer to what nobody sees would be public; it is approved in the browser first
        can_reply=CanReply.API if seen.can_reply and not is_held else CanReply.BROWSER,
        reply_note=WAITS if is_held else "",
    )


def read_video(item: Any, own_id: str, kind: Kind = Kind.POST) -> Mention:
    """A video as a post: its title, and its description as the words."""
    snippet, video = item["snippet"], id_of(item["id"])
    channel, title = id_of(snippet["channelId"]), one_line(text_of(snippet["channelTitle"]))
    # without a number of comments nobody can write one there
    is_open = "commentCount" in (item.get("statistics") or {})
    return Mention(
        uri=video_uri(video),
        remote_id=f"{video}/",
        author=Author(channel, title or channel, title, channel_url(channel)),
        body=plain(text_of(snippet["description"])),
        published_at=read_time(snippet["publishedAt"]),
        kind=kind,
        is_own=channel == own_id,
        title=one_line(text_of(snippet["title"])),
        url=f"{SITE}/watch?v={quote(video, safe='')}",
        lang=text_or(snippet.get("defaultAudioLanguage"))
        or text_or(snippet.get("defaultLanguage")),
        can_reply=CanReply.API if is_open else CanReply.NO,
        reply_note="" if is_open else CLOSED,
    )


def read_author(snippet: Mapping[str, Any]) -> Author:
    """Who wrote it. One whose channel is gone has a name only."""
    name = one_line(text_of(snippet["authorDisplayName"]))
    channel = author_id(snippet)
    return Author(
        remote_id=channel or f"name:{name}",
        handle=name.removeprefix("@") or channel or "?",
        name=name,
        url=text_or(snippet.get("authorChannelUrl")) or (channel_url(channel) if channel else ""),
        avatar_url=text_or(snippet.get("authorProfileImageUrl")),
    )


def read_channel(item: Any) -> Author:
    """A channel with its size, which YouTube rounds and some hide."""
    snippet, statistics = item["snippet"], item.get("statistics") or {}
    channel, title = id_of(item["id"]), one_line(text_of(snippet["title"]))
    thumbnail = (snippet.get("thumbnails") or {}).get("default") or {}
    return Author(
        remote_id=channel,
        handle=text_or(snippet.get("customUrl")).removeprefix("@") or title or channel,
        name=title,
        url=channel_url(channel),
        avatar_url=text_or(thumbnail.get("url")),
        n_followers=n_subscribers(statistics),
    )


def n_subscribers(statistics: Mapping[str, Any]) -> int | None:
    """None when the channel hides them."""
    is_hidden = statistics.get("hiddenSubscriberCount") is True
    return None if is_hidden else count_or_none(statistics.get("subscriberCount"))


def author_id(snippet: Mapping[str, Any]) -> str:
    """The channel of a comment's author, "" when there is none any more."""
    told = snippet.get("authorChannelId")
    return text_or(told.get("value")) if isinstance(told, Mapping) else ""


def top_of(comment_id: str, snippet: Mapping[str, Any]) -> str:
    """The comment at the head of the thread that this one answers in, "" for the head itself.
    Reply ids are the head's id, a dot, and their own."""
    above = text_or(snippet.get("parentId"))
    if above:
        return above
    head, dot, _ = comment_id.partition(".")
    return head if dot else ""


def split(remote_id: str) -> tuple[str, str]:
    """Video and comment of a remote id; the comment is "" for a video."""
    video, _, comment = remote_id.partition("/")
    return video, comment


def comment_uri(comment_id: str) -> str:
    return f"youtube:comment/{comment_id}"


def video_uri(video_id: str) -> str:
    return f"youtube:video/{video_id}"


def channel_url(channel_id: str) -> str:
    return f"{SITE}/channel/{quote(channel_id, safe='')}"


def comment_url(video_id: str, comment_id: str, channel_id: str = "") -> str:
    """Where a person reads it; comments on posts of a channel have no video."""
    if video_id:
        return f"{SITE}/watch?v={quote(video_id, safe='')}&lc={quote(comment_id, safe='')}"
    return (
        f"{channel_url(channel_id)}/posts?lc={quote(comment_id, safe='')}" if channel_id else SITE
    )


def _words(snippet: Mapping[str, Any], *, is_own: bool) -> str:
    """As written where we may see that, for the display puts titles in place of links. A comment
    may be a picture alone."""
    original = snippet.get("textOriginal")
    if is_own and isinstance(original, str):
        return original
    return text_of(snippet.get("textDisplay", "" if "imageUrl" in snippet else None))


def _pictures(snippet: Mapping[str, Any]) -> tuple[Attachment, ...]:
    address = text_or(snippet.get("imageUrl"))
    return (Attachment(address),) if address.startswith("https://") else ()
