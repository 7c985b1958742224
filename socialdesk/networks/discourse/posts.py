"""What a forum says of a post, a topic or a person, as mentions and authors of ours.

Shapes: /t/{id}.json, /t/{id}/posts.json, /posts/{id}.json, /u/{username}.json of openapi.json.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urljoin

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention, Visibility
from socialdesk.networks.html_text import one_line, to_text
from socialdesk.networks.values import count_or_none, id_of, read_time, text_of, text_or

AVATAR_PX: Final = "96"
_REGULAR: Final = (1, 2)  # post_type: written by a person, or by a moderator; 3 is a "closed" line


@frozen
class Place:
    """Where posts are read: the forum, and whom we read as."""

    base: str
    username: str

    def post_uri(self, post_id: str) -> str:
        """Lasting: posts keep their id when they are moved to another topic."""
        return f"{self.base}/p/{post_id}"

    def user_url(self, username: str) -> str:
        return f"{self.base}/u/{quote(username, safe='')}"

    def topic_url(self, slug: str, topic_id: str, number: int) -> str:
        return f"{self.base}/t/{quote(slug or '-', safe='')}/{topic_id}/{number}"

    def is_ours(self, username: str) -> bool:
        return username.casefold() == self.username.casefold()


@frozen
class Topic:
    """What is known of the topic of some posts. `ids`: post ids by their number in it."""

    title: str = ""
    slug: str = ""
    is_message: bool = False
    is_closed: bool = False
    root_id: str = ""
    ids: Mapping[int, str] = field(default_factory=dict)


def read_topic(item: Any) -> Topic:
    """From /t/{id}.json, or from a search's `topics`, which has no posts. Raises TypeError."""
    if not isinstance(item, dict):
        raise TypeError("no topic")
    stream = item.get("post_stream")
    stream = stream if isinstance(stream, dict) else {}
    ids, posts = stream.get("stream"), stream.get("posts")
    return Topic(
        title=one_line(text_or(item.get("title"))),
        slug=text_or(item.get("slug")),
        is_message=item.get("archetype") == "private_message",
        is_closed=_is_closed(item),
        root_id=_root_id(ids),
        ids=numbers_of(posts if isinstance(posts, list) else []),
    )


def _root_id(ids: Any) -> str:
    first = ids[0] if isinstance(ids, list) and ids else None
    return str(first) if type(first) is int else ""


def number_id(value: Any) -> str:
    """An id of this forum: digits, because it becomes a part of addresses. Raises ValueError."""
    found = id_of(value)
    if not found.isdecimal():
        raise ValueError("an id that is no number")
    return found


def _is_closed(item: dict[str, Any]) -> bool:
    """Whether we may not write there: staff may in a closed one, `details` says so."""
    details = item.get("details")
    if isinstance(details, dict):
        return not details.get("can_create_post")
    return bool(item.get("closed") or item.get("archived"))


def numbers_of(posts: list[Any]) -> dict[int, str]:
    """Post ids by number, of those posts that tell both."""
    return {
        post["post_number"]: str(post["id"])
        for post in posts
        if isinstance(post, dict) and type(post.get("post_number")) is int and post.get("id")
    }


def read_post(item: dict[str, Any], place: Place, topic: Topic, kind: Kind) -> Mention | None:
    """A mention; None for what nobody wrote (small actions) and for what is deleted."""
    if is_gone(item) or item.get("post_type", 1) not in _REGULAR:
        return None
    post_id, number = number_id(item["id"]), item["post_number"]
    topic_id = number_id(item["topic_id"])
    if type(number) is not int:
        raise TypeError("a post without a number")
    author = read_author(item, place)
    above = item.get("reply_to_post_number")
    is_root = number == 1
    root = topic.root_id if not is_root else ""
    parent = topic.ids.get(above, "") if type(above) is int else root
    return Mention(
        uri=place.post_uri(post_id),
        remote_id=f"{topic_id}/{post_id}",
        author=author,
        body=to_text(text_of(item["cooked"])),
        published_at=read_time(item["created_at"]),
        kind=kind,
        is_own=place.is_ours(author.handle),
        title=topic.title,
        url=place.topic_url(text_or(item.get("topic_slug")) or topic.slug, topic_id, number),
        parent_uri=place.post_uri(parent) if parent else "",
        root_uri=place.post_uri(root) if root else "",
        visibility=Visibility.DIRECT if topic.is_message else Visibility.PUBLIC,
        edited_at=_edited_at(item),
        can_reply=CanReply.NO if topic.is_closed else CanReply.API,
        reply_note="archived" if topic.is_closed else "",
    )


def is_gone(item: dict[str, Any]) -> bool:
    """Deleted by its author or by staff; its words may still stand there."""
    return bool(item.get("deleted_at") or item.get("user_deleted"))


def _edited_at(item: dict[str, Any]) -> datetime | None:
    """Version 1 is the post as it was written."""
    version, at = item.get("version"), item.get("updated_at")
    return read_time(at) if type(version) is int and version > 1 and at else None


def read_author(item: dict[str, Any], place: Place) -> Author:
    """From a post or from /u/{username}.json; `total_followers` only with the follow plugin."""
    username = text_of(item["username"])
    if not username:
        raise ValueError("nobody's name")
    avatar = text_or(item.get("avatar_template")).replace("{size}", AVATAR_PX)
    return Author(
        remote_id=place.user_url(username),
        handle=username,
        name=one_line(text_or(item.get("name"))),
        url=place.user_url(username),
        avatar_url=urljoin(place.base + "/", avatar) if avatar else "",
        n_followers=count_or_none(item.get("total_followers")),
    )
