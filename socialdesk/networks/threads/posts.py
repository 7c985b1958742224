"""Posts and replies of Threads as mentions.

Source: Threads API "Retrieve Posts", "Retrieve and Manage Replies", "Mentions", read 2026-11-21;
names of fields after Meta's Postman collection (2026-01-02). Of strangers Threads tells the
username only, which can change, and no followers.
"""

from typing import Any, Final

from socialdesk.domain.mentions.mention import Attachment, Author, Kind, Mention
from socialdesk.networks.values import id_of, read_time, text_of, text_or

POST_FIELDS: Final = (
    "id,text,timestamp,username,permalink,media_type,media_url,alt_text,has_replies,topic_tag"
)
REPLY_FIELDS: Final = (
    "id,text,timestamp,username,permalink,media_type,media_url,alt_text,has_replies,is_reply,"
    "is_reply_owned_by_me,root_post,replied_to,hide_status"
)
SITE: Final = "https://www.threads.com/"


def uri_of(media_id: str) -> str:
    """The same for a post wherever it is met. Its address holds the username, which can change."""
    return f"urn:threads:{media_id}"


def remote_id_of(media_id: str, root: str = "") -> str:
    """A reply's holds the post it stands under: only that one's conversation tells, later,
    whether the reply is still there."""
    return f"{root}/{media_id}" if root else media_id


def media_of(remote_id: str) -> str:
    """The id that Threads gives."""
    return remote_id.rpartition("/")[2]


def root_of(remote_id: str) -> str:
    """The post a reply stands under; a post's own id."""
    return remote_id.partition("/")[0]


def read_post(item: Any, me: str, kind: Kind) -> Mention:
    """A post, ours or one that was found. Raises KeyError, TypeError, ValueError."""
    return _read(item, me, kind, root="")


def read_reply(item: Any, me: str, root: str, kind: Kind = Kind.REPLY) -> Mention:
    """A reply under the post `root`, on any level. Raises KeyError, TypeError, ValueError."""
    return _read(item, me, kind, root)


def replied_to(item: Any) -> str:
    """The id of what a reply answers, "" when it does not say."""
    above = item.get("replied_to") if isinstance(item, dict) else None
    media_id = above.get("id") if isinstance(above, dict) else None
    return media_id if isinstance(media_id, str) else ""


def post_id_of(post: Any) -> str:
    """ "" when it cannot be told."""
    media_id = post.get("id") if isinstance(post, dict) else None
    return media_id if isinstance(media_id, str) and len(media_id) < 512 else ""


def read_author(username: str) -> Author:
    """Somebody by their name; nothing else is told."""
    name = username.lstrip("@")
    return Author(remote_id=name.lower(), handle=name, url=f"{SITE}@{name}")


def _read(item: Any, me: str, kind: Kind, root: str) -> Mention:
    media_id = id_of(item["id"])
    username = text_of(item["username"])
    above = replied_to(item) or root
    link = text_or(item.get("permalink"))
    return Mention(
        uri=uri_of(media_id),
        remote_id=remote_id_of(media_id, root),
        author=read_author(username),
        body=text_of(item["text"]) if item.get("text") is not None else "",
        published_at=read_time(item["timestamp"]),
        kind=kind,
        is_own=username.lower() == me or item.get("is_reply_owned_by_me") is True,
        url=link if link.startswith("https://") else "",
        parent_uri=uri_of(above) if above else "",
        root_uri=uri_of(root) if root else "",
        attachments=_attachments(item),
    )


def _attachments(item: Any) -> tuple[Attachment, ...]:
    address = text_or(item.get("media_url"))
    if not address.startswith("https://"):
        return ()
    kind = "video" if item.get("media_type") == "VIDEO" else "image"
    return (Attachment(address, kind, text_or(item.get("alt_text"))),)
