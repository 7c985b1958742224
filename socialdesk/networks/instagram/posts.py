"""Media and comments of Instagram as mentions.

Source: Instagram Platform, IG Media and IG Comment, read 2026-11-21; shapes after recordings in
sns-sdks/python-facebook (2020-21). Of a commenter Instagram tells the username, sometimes with an
id that is good for this app only, sometimes nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.meta.gathering import Below
from socialdesk.networks.meta.graph import Listing, inner_listing
from socialdesk.networks.values import id_of, read_time, text_of, text_or

COMMENT_FIELDS: Final = "id,text,timestamp,username,from{id,username},parent_id,hidden"
WITH_REPLIES: Final = 9  # replies that come with a comment
MEDIA_FIELDS: Final = "id,caption,media_type,media_url,permalink,timestamp,username,comments_count"
HASHTAG_FIELDS: Final = "id,caption,permalink,timestamp,media_type,comments_count,like_count"
SITE: Final = "https://www.instagram.com/"
HIDDEN_NAME: Final = "Instagram user"
OWN, TAGGED, HASHTAG = "media/", "tag/", "hashtag/"  # before the remote ids of media


def comment_fields() -> str:
    """A comment with its newest replies."""
    return f"{COMMENT_FIELDS},replies.limit({WITH_REPLIES}){{{COMMENT_FIELDS}}}"


def media_with_comments(n: int) -> str:
    """Media of ours with the newest `n` comments."""
    return f"{MEDIA_FIELDS},comments.limit({n}){{{comment_fields()}}}"


def uri_of(node_id: str) -> str:
    """The same for media or a comment wherever it is met."""
    return f"urn:instagram:{node_id}"


def read_media(item: Any, me: str, place: str, kind: Kind) -> Mention:
    """`place`: OWN, TAGGED or HASHTAG; only under our own can be answered from here. Raises
    KeyError, TypeError, ValueError."""
    media_id = id_of(item["id"])
    author = _author(item, media_id)
    is_own = place == OWN
    notes = {TAGGED: "tag_only", HASHTAG: "no_access"}
    return Mention(
        uri=uri_of(media_id),
        remote_id=place + media_id,
        author=author,
        body=text_of(item["caption"]) if item.get("caption") is not None else "",
        published_at=read_time(item["timestamp"]),
        kind=kind,
        is_own=is_own or author.remote_id == me,
        url=_link(item.get("permalink")),
        attachments=_attachments(item),
        can_reply=CanReply.API if is_own else CanReply.BROWSER,
        reply_note=notes.get(place, ""),
    )


def read_comment(item: Any, me: str, media_id: str, kind: Kind = Kind.COMMENT) -> Mention:
    """A comment or reply under media of ours; `media_id` "" = not told. One we have hidden cannot
    be answered. Raises KeyError, TypeError, ValueError."""
    comment_id = id_of(item["id"])
    author = _author(item, comment_id)
    above = text_or(item.get("parent_id")) or media_id
    is_hidden = item.get("hidden") is True
    return Mention(
        uri=uri_of(comment_id),
        remote_id=comment_id,
        author=author,
        body=text_of(item["text"]) if item.get("text") is not None else "",
        published_at=read_time(item["timestamp"]),
        kind=kind,
        is_own=author.remote_id == me,
        parent_uri=uri_of(above) if above else "",
        root_uri=uri_of(media_id) if media_id else "",
        can_reply=CanReply.BROWSER if is_hidden else CanReply.API,
        reply_note="no_access" if is_hidden else "",
    )


def read_author(username: str) -> Author:
    """Somebody by name: the only name that every answer has for the same person."""
    name = username.lstrip("@")
    return Author(remote_id=name.lower(), handle=name, url=f"{SITE}{name}/")


def comments_of(media: Any) -> Listing:
    """The comments that came with media, each followed by its replies."""
    return with_replies(inner_listing(media.get("comments") if isinstance(media, dict) else None))


def with_replies(comments: Listing) -> Listing:
    """Comments, each followed by the replies that came with it."""
    return Listing(tuple(_flat(comments.items)), comments.after)


def long_replies(comments: Iterable[Any], media_id: str, n_pages: int) -> tuple[Below, ...]:
    """The lists of replies that go on after what came with their comment."""
    found = []
    for comment in comments:
        replies = inner_listing(comment.get("replies") if isinstance(comment, dict) else None)
        if replies.after and node_id_of(comment):
            found.append(Below(f"c/{node_id_of(comment)}/{media_id}", replies.after, n_pages))
    return tuple(found)


def node_id_of(item: Any) -> str:
    """ "" when it cannot be told."""
    node_id = item.get("id") if isinstance(item, dict) else None
    return node_id if isinstance(node_id, str) and len(node_id) < 512 else ""


def media_id_of(comment: Any) -> str:
    """The media a comment stands under, "" when that did not come."""
    return node_id_of(comment.get("media")) if isinstance(comment, dict) else ""


def username_of(item: Any) -> str:
    """ "" when Instagram hides it."""
    who = item.get("from")
    inner = text_or(who.get("username")) if isinstance(who, dict) else ""
    return text_or(item.get("username")) or inner


def _flat(comments: Iterable[Any]) -> Iterator[Any]:
    for comment in comments:
        yield comment
        if isinstance(comment, dict):
            for reply in inner_listing(comment.get("replies")).items:
                above = node_id_of(comment)
                yield {"parent_id": above, **reply} if isinstance(reply, dict) else reply


def _author(item: Any, node_id: str) -> Author:
    """Each hidden one is somebody of their own."""
    username = username_of(item)
    if username:
        return read_author(username)
    return Author(remote_id=f"hidden:{node_id}", handle="", name=HIDDEN_NAME)


def _link(value: Any) -> str:
    link = text_or(value)
    return link if link.startswith("https://") else ""


def _attachments(item: Any) -> tuple[Attachment, ...]:
    """Instagram leaves the address out where music is licensed."""
    address = _link(item.get("media_url"))
    kind = "video" if item.get("media_type") == "VIDEO" else "image"
    return (Attachment(address, kind),) if address else ()
