"""Posts and comments of a Page as mentions.

Source: Graph API v26.0, nodes Page Post and Comment, read 2026-11-21; shapes after recordings in
sns-sdks/python-facebook (2021-08).
"""

from typing import Any, Final

from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.meta.graph import Listing, inner_listing
from socialdesk.networks.values import id_of, read_time, text_of, text_or

COMMENT_FIELDS: Final = (
    "id,message,created_time,from{id,name},parent{id},permalink_url,can_comment,attachment"
)
POST_FIELDS: Final = "id,message,story,created_time,permalink_url,from{id,name},full_picture"
TAGGED: Final = "tag/"  # before the remote id of a post that is not on our Page
SITE: Final = "https://www.facebook.com/"
HIDDEN_NAME: Final = "Facebook user"


def nested_comments(n: int) -> str:
    """The newest `n` comments of a post, of all levels, as a field."""
    order = "filter(stream).order(reverse_chronological)"
    return f"comments.{order}.limit({n}){{{COMMENT_FIELDS}}}"


def uri_of(node_id: str) -> str:
    """The same for a post or comment wherever it is met; opens it, too."""
    return SITE + node_id


def is_on_page(post_id: str, page_id: str) -> bool:
    """Whether a post stands on our Page. Others name it, and only their owners may answer."""
    return post_id.startswith(f"{page_id}_")


def root_of(comment_id: str, page_id: str) -> str:
    """The post that a comment "{post}_{comment}" stands under, "" when the id does not tell."""
    post, is_pair, _ = comment_id.partition("_")
    return f"{page_id}_{post}" if is_pair and post else ""


def read_post(item: Any, page_id: str, kind: Kind = Kind.MENTION) -> Mention:
    """A post on our Page, or one that tags it. Raises KeyError, TypeError, ValueError."""
    post_id = id_of(item["id"])
    is_here = is_on_page(post_id, page_id)
    author = _author(item, post_id)
    picture = text_or(item.get("full_picture"))
    return Mention(
        uri=uri_of(post_id),
        remote_id=post_id if is_here else TAGGED + post_id,
        author=author,
        body=_words(item, "message") or _words(item, "story"),
        published_at=read_time(item["created_time"]),
        kind=kind,
        is_own=author.remote_id == page_id,
        url=_link(item.get("permalink_url")),
        attachments=(Attachment(picture),) if picture.startswith("https://") else (),
        can_reply=CanReply.API if is_here else CanReply.BROWSER,
        reply_note="" if is_here else "tag_only",
    )


def read_comment(item: Any, page_id: str, post_id: str = "", kind: Kind = Kind.COMMENT) -> Mention:
    """A comment under a post of our Page. `post_id`: "" = taken from the comment's own id. Raises
    KeyError, TypeError, ValueError."""
    comment_id = id_of(item["id"])
    root = post_id or root_of(comment_id, page_id)
    above = _parent(item) or root
    author = _author(item, comment_id)
    is_open = item.get("can_comment") is not False
    return Mention(
        uri=uri_of(comment_id),
        remote_id=comment_id,
        author=author,
        body=_words(item, "message"),
        published_at=read_time(item["created_time"]),
        kind=kind,
        is_own=author.remote_id == page_id,
        url=_link(item.get("permalink_url")),
        parent_uri=uri_of(above) if above else "",
        root_uri=uri_of(root) if root else "",
        attachments=_attachments(item.get("attachment")),
        can_reply=CanReply.API if is_open else CanReply.BROWSER,
        reply_note="" if is_open else "no_access",
    )


def parent_of(item: Any) -> str:
    """The id of the comment that a comment answers, "" = it stands right under the post."""
    return _parent(item) if isinstance(item, dict) else ""


def comments_of(post: Any) -> Listing:
    """The comments that came with a post."""
    return inner_listing(post.get("comments") if isinstance(post, dict) else None)


def post_id_of(post: Any) -> str:
    """ "" when it cannot be told."""
    node_id = post.get("id") if isinstance(post, dict) else None
    return node_id if isinstance(node_id, str) and len(node_id) < 512 else ""


def _author(item: Any, node_id: str) -> Author:
    """Facebook hides most who tag a Page, and some who comment. Each hidden one is somebody of
    their own: taken for one person, all would be muted or praised together."""
    who = item.get("from")
    if not isinstance(who, dict):
        return Author(remote_id=f"hidden:{node_id}", handle="", name=HIDDEN_NAME)
    name = text_or(who.get("name"))
    return Author(remote_id=id_of(who["id"]), handle=name, name=name)


def _words(item: Any, key: str) -> str:
    """A post of pictures only has no `message` at all."""
    return text_of(item[key]) if item.get(key) is not None else ""


def _parent(item: Any) -> str:
    parent = item.get("parent")
    node_id = parent.get("id") if isinstance(parent, dict) else None
    return node_id if isinstance(node_id, str) else ""


def _link(value: Any) -> str:
    link = text_or(value)
    return link if link.startswith("https://") else ""


def _attachments(value: Any) -> tuple[Attachment, ...]:
    media = value.get("media") if isinstance(value, dict) else None
    image = media.get("image") if isinstance(media, dict) else None
    src = _link(image.get("src")) if isinstance(image, dict) else ""
    return (Attachment(src),) if src else ()
