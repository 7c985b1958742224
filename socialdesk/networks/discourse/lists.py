"""The two lists a watch reads, notifications and search hits, as rows that name posts.

Source: /notifications.json and /search.json of openapi.json; the names of notification types come
from the forum itself (/site.json), because plugins shift the numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.base import Reject, raw_bytes
from socialdesk.networks.discourse.api import Api
from socialdesk.networks.discourse.bookmark import Bookmark
from socialdesk.networks.discourse.posts import Topic, number_id, read_topic
from socialdesk.networks.html_text import one_line
from socialdesk.networks.values import id_of, read_time

NOTIFICATIONS: Final = 60  # a page; the API's maximum
SHIFT: Final = 5  # rows asked for again: one read elsewhere meanwhile pulls the next page up
MAX_OFFSET: Final = 6_000
SEARCH_PAGES: Final = 10  # the API's maximum


class Later(Enum):
    """Which posts after the named one a notification also stands for. Several in a topic are told
    as one, which names the first that is unread (COLLAPSED_NOTIFICATION_TYPES of the forum's
    post_alerter.rb)."""

    NONE = "none"
    TO_US = "to_us"
    ALL = "all"


TYPES: Final[Mapping[str, tuple[Kind, Later]]] = {
    "mentioned": (Kind.MENTION, Later.NONE),
    "group_mentioned": (Kind.MENTION, Later.NONE),
    "quoted": (Kind.MENTION, Later.NONE),
    "linked": (Kind.MENTION, Later.NONE),
    "private_message": (Kind.MENTION, Later.ALL),
    "replied": (Kind.REPLY, Later.TO_US),
    "posted": (Kind.POST, Later.ALL),
    "watching_first_post": (Kind.POST, Later.NONE),
    "watching_category_or_tag": (Kind.POST, Later.ALL),
}
USUAL_NUMBERS: Final[Mapping[str, int]] = {
    "mentioned": 1, "replied": 2, "quoted": 3, "private_message": 6, "posted": 9, "linked": 11,
    "group_mentioned": 15, "watching_first_post": 17, "watching_category_or_tag": 36,
}  # fmt: skip


@frozen
class Row:
    """One line of a list: which post it names, and why. `post`: the post itself, {} when only its
    name is known."""

    id: str
    at: datetime
    topic_id: str
    number: int
    kind: Kind
    later: Later = Later.NONE
    post_id: str = ""
    post: Mapping[str, Any] = field(default_factory=dict, repr=False)


@frozen
class Listing:
    """One page of a list, newest first. `times`: of all its rows, ours or not. `next_at`: where
    it goes on, None = nowhere. `topics`: what it tells of topics, by id."""

    rows: tuple[Row, ...]
    rejects: tuple[Reject, ...]
    times: tuple[datetime, ...]
    next_at: int | None
    topics: Mapping[str, Topic] = field(default_factory=dict, repr=False)
    is_search: bool = False


def notifications(api: Api, mark: Bookmark, numbers: Mapping[str, int]) -> Listing:
    """A page of them; `numbers`: what the forum calls each of TYPES."""
    data = api.get("/notifications.json", {"limit": NOTIFICATIONS, "offset": mark.at or None})
    items = _list_of(data, "notifications")
    names = {number: name for name, number in numbers.items() if name in TYPES}
    rows: list[Row] = []
    rejects: list[Reject] = []
    for item in items:
        try:
            name = names.get(item["notification_type"])
            if name is not None and item["topic_id"] is not None:
                rows.append(_notification(item, name))
        except (KeyError, TypeError, ValueError, OverflowError) as e:
            rejects.append(_reject(item, e))
    after = mark.at + max(len(items) - SHIFT, 1)
    is_last = len(items) < NOTIFICATIONS or after > MAX_OFFSET
    return Listing(tuple(rows), tuple(rejects), tuple(_times(items)), None if is_last else after)


def _notification(item: dict[str, Any], name: str) -> Row:
    kind, later = TYPES[name]
    number = item["post_number"]
    if type(number) is not int:
        raise TypeError("a notification without a post")
    return Row(
        id=id_of(item["id"]),
        at=read_time(item["created_at"]),
        topic_id=number_id(item["topic_id"]),
        number=number,
        kind=kind,
        later=later,
        post_id=_named_post(item.get("data")),
    )


def _named_post(data: Any) -> str:
    """ "" where the notification does not say; its number does in any case."""
    post_id = data.get("original_post_id") if isinstance(data, dict) else None
    return str(post_id) if type(post_id) is int else ""


def hits(api: Api, mark: Bookmark, watch: Watch) -> Listing:
    """A page of a search. Its dates are days, so a day more is asked for."""
    day = (read_time(mark.floor) - timedelta(days=1)).date().isoformat()
    page = mark.at + 1
    query = f"{_words(watch)} order:latest after:{day}"
    data = api.get("/search.json", {"q": query, "page": page})
    told = data.get("grouped_search_result")
    told = told if isinstance(told, dict) else {}
    if isinstance(told.get("error"), str) and told["error"]:
        raise RefusedError(Refusal.OTHER, one_line(told["error"])[:200])
    posts = _list_of(data, "posts")
    rows: list[Row] = []
    rejects: list[Reject] = []
    for post in posts:
        try:
            rows.append(_hit(post))
        except (KeyError, TypeError, ValueError, OverflowError) as e:
            rejects.append(_reject(post, e))
    has_more = bool(told.get("more_full_page_results")) and page < SEARCH_PAGES
    times = tuple(_times(posts))
    return Listing(
        tuple(rows), tuple(rejects), times, page if has_more else None, _topics(data), True
    )


def _words(watch: Watch) -> str:
    if watch.kind is WatchKind.HASHTAG:
        return f"tags:{watch.query.lstrip('#＃').strip()}"
    if watch.kind is WatchKind.KEYWORD:
        return watch.query
    raise RefusedError(Refusal.OTHER, "a forum has no feeds here")


def _hit(post: dict[str, Any]) -> Row:
    number, post_id = post["post_number"], number_id(post["id"])
    if type(number) is not int:
        raise TypeError("a hit without a number")
    return Row(
        id=post_id,
        at=read_time(post["created_at"]),
        topic_id=number_id(post["topic_id"]),
        number=number,
        kind=Kind.POST,
        post_id=post_id,
        post=post if isinstance(post.get("cooked"), str) else {},
    )


def _topics(data: dict[str, Any]) -> dict[str, Topic]:
    found = data.get("topics")
    topics: dict[str, Topic] = {}
    for item in found if isinstance(found, list) else ():
        try:
            topics[id_of(item["id"])] = read_topic(item)
        except (KeyError, TypeError, ValueError):
            continue
    return topics


def _list_of(data: dict[str, Any], key: str) -> list[Any]:
    items = data.get(key)
    if not isinstance(items, list):
        raise BadAnswerError(f"no {key} in the answer")
    return items


def _times(items: Iterable[Any]) -> Iterable[datetime]:
    for item in items:
        try:
            yield read_time(item["created_at"])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue


def _reject(item: Any, error: Exception) -> Reject:
    return Reject(raw_bytes(item), f"{type(error).__name__}: {error}"[:200])
