"""Comments and mentions as TikTok lists them. Stickers stand in the text as [words]: kept so.

A remote id of ours: "video", "video/comment", or "video/comment/answer". Comments have no address
of their own, so a uri is made of the same parts. Source: API for Business v1.3, comment/list and
mention lists; fields after public code, unverified.
"""

from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks.values import id_of, text_of, text_or, unix_time

SITE: Final = "https://www.tiktok.com"


@frozen
class Spot:
    """`comment` "" = the video itself; `answer`: below that comment, "" = the comment itself."""

    video: str
    comment: str = ""
    answer: str = ""

    @property
    def remote_id(self) -> str:
        return "/".join(filter(None, (self.video, self.comment, self.answer)))

    @property
    def uri(self) -> str:
        """By the post and its own id alone: a list may or may not tell what it answers."""
        own = self.answer or self.comment
        return f"tiktok:{self.video}/{own}" if own else f"tiktok:{self.video}"


def spot_of(remote_id: str) -> Spot:
    """Raises RefusedError for what TikTok never gave."""
    parts = remote_id.split("/")
    if not 1 <= len(parts) <= 3 or not all(part.isalnum() for part in parts):
        raise RefusedError(Refusal.GONE, "not a comment of TikTok")
    return Spot(*parts)


def video_url(video: str, handle: str) -> str:
    """Where a person sees it."""
    return f"{SITE}/@{quote(handle, safe='')}/video/{quote(video, safe='')}"


def read_comment(item: Any, video: str, own: Author) -> Mention:
    """A comment on an own video, or an answer to one."""
    above, comment = item.get("parent_comment_id"), id_of(item["comment_id"])
    is_answer = bool(above) and id_of(above) not in (comment, video, "0")
    spot = Spot(video, id_of(above), comment) if is_answer else Spot(video, comment)
    is_own = item.get("owner") is True
    return Mention(
        uri=spot.uri, remote_id=spot.remote_id, author=own if is_own else _author(item),
        body=text_of(item["text"]), published_at=unix_time(item["create_time"]),
        kind=Kind.REPLY if is_answer else Kind.COMMENT, is_own=is_own,
        url=video_url(video, own.handle), root_uri=Spot(video).uri,
        parent_uri=Spot(video, spot.comment).uri if is_answer else Spot(video).uri,
        can_reply=CanReply.NO if is_own else CanReply.API,
    )  # fmt: skip


def read_named_comment(item: Any) -> Mention:
    """Somebody names the account in a comment, wherever; of them only the shown name comes."""
    spot = Spot(id_of(item["item_id"]), id_of(item["comment_id"]))
    name = text_of(item["commenter_display_name"])
    return Mention(
        uri=spot.uri, remote_id=spot.remote_id, author=Author(f"name:{name}", name, name),
        body=text_of(item["comment_text"]),
        published_at=unix_time(item["comment_create_time"]), kind=Kind.MENTION,
        url=_link(item), root_uri=Spot(spot.video).uri,
    )  # fmt: skip


def read_named_video(item: Any) -> Mention:
    """Somebody names the account in a video's caption: answered in the browser."""
    video, handle = id_of(item["item_id"]), text_of(item["creator_handle_name"])
    return Mention(
        uri=Spot(video).uri, remote_id=video,
        author=Author(f"@{handle}", handle, url=f"{SITE}/@{quote(handle, safe='')}"),
        body=text_of(item["caption"]), published_at=unix_time(item["create_time"]),
        kind=Kind.MENTION, url=_link(item) or video_url(video, handle),
        can_reply=CanReply.BROWSER, reply_note="tag_only",
    )  # fmt: skip


def _link(item: Any) -> str:
    link = text_or(item.get("video_link"))
    return link if link.startswith("https://") and len(link) <= 2000 else ""


def _author(item: Any) -> Author:
    handle = text_or(item.get("username"))
    lasting = item.get("unique_identifier") or item.get("user_id") or handle
    name = text_or(item.get("display_name"))
    url = f"{SITE}/@{quote(handle, safe='')}" if handle else ""
    return Author(id_of(lasting), handle or name, name, url=url)
