"""Walking back over the wall: the first time, and whenever VK's queue of events has a gap.

Needs the service key. One question a page; comments under old posts are new ones too, so the last
posts are always looked through. Deeper than LAST_POSTS only the first walk goes.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Page, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.vk.api import Api, Told
from socialdesk.networks.vk.bookmark import Bookmark, Step
from socialdesk.networks.vk.faults import ClosedError
from socialdesk.networks.vk.items import Reader
from socialdesk.networks.vk.people import FIELDS, read_people
from socialdesk.networks.vk.places import WALL, comment_place

POSTS: Final = 20  # posts a page
LAST_POSTS: Final = 100
COMMENTS, THREAD_ITEMS = 18, 10  # with their threads at most 198 a page
LAST_COMMENTS: Final = 90
THREAD: Final = 100


@frozen
class _Found:
    """What a page held: raw items, and which pages come of it."""

    items: list[Any]
    next: list[Step]


def walk_on(api: Api, own: str, mark: Bookmark) -> Page:
    """The next page of the walk under way."""
    step, *rest = mark.todo
    told = _ask(api, own, step)
    mark = replace(mark, seen=max(mark.seen, told.at) if step == ("posts", 0) else mark.seen)
    found = _look(told.data, step, mark.floor)
    reader = Reader(own, read_people(told.data))

    def read(item: Any) -> Mention | None:
        mention = _read(item, step, reader, own)
        is_new = mention and mention.published_at.timestamp() >= mark.floor
        return mention if is_new else None

    mentions, rejects = read_each(found.items, read)
    after = replace(mark, todo=(*rest, *found.next))
    in_order = sorted(mentions, key=lambda mention: mention.published_at)
    return Page(tuple(in_order), rejects, after.saved(), more=bool(after.todo) or not after.ts)


def _ask(api: Api, own: str, step: Step) -> Told:
    extended: dict[str, Value] = {"owner_id": own, "extended": 1, "fields": FIELDS}
    if step[0] == "posts":
        method, asked = "wall.get", {**extended, "count": POSTS, "offset": int(step[-1])}
    else:
        method = "wall.getComments"
        asked = {**extended, "post_id": int(step[1]), "sort": "desc", "offset": int(step[-1])}
    if step[0] == "comments":
        asked |= {"count": COMMENTS, "thread_items_count": THREAD_ITEMS}
    elif step[0] == "thread":
        asked |= {"count": THREAD, "comment_id": int(step[2])}
    try:
        return api.look(method, asked)
    except ClosedError:  # one post is gone or closed; or the whole wall is, but events come
        return Told({"items": [], "count": 0})


def _look(data: Any, step: Step, floor: int) -> _Found:
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise BadAnswerError("VK sent a list we cannot read")
    if step[0] == "posts":
        return _Found(items, [*_commented(items), *_older_posts(items, step, floor)])
    if step[0] == "thread":
        return _Found(items, _older(items, step, THREAD, THREAD * 5, floor))
    below = [*items, *(one for item in items for one in _thread(item).get("items") or [])]
    return _Found(below, [*_long_threads(items, step), *_next_comments(data, step)])


def _read(item: Any, step: Step, reader: Reader, own: str) -> Mention | None:
    if step[0] == "posts":
        return reader.post(item)
    below = str(step[2]) if step[0] == "thread" else ""
    return reader.comment(item, comment_place(WALL, own, step[1], item, below=below))


def _commented(items: list[Any]) -> Iterator[Step]:
    for item in items:
        number, told = _int(item, "id"), item.get("comments") if isinstance(item, dict) else None
        if number and _int(told, "count"):
            yield ("comments", number, 0)


def _older_posts(items: list[Any], step: Step, floor: int) -> list[Step]:
    """A post that is pinned stands first, however old it is."""
    free = [item for item in items if not _int(item, "is_pinned")]
    return _older(free, step, POSTS, LAST_POSTS, floor) if len(items) >= POSTS else []


def _older(items: list[Any], step: Step, size: int, most: int, floor: int) -> list[Step]:
    offset = int(step[-1]) + size
    oldest = min((date for item in items if (date := _int(item, "date"))), default=0)
    is_more = len(items) >= size - 1 and oldest >= floor and offset < most
    return [(*step[:-1], offset)] if is_more else []


def _long_threads(items: list[Any], step: Step) -> Iterator[Step]:
    """Of a thread only the first few come with its comment."""
    for item in items:
        thread, number = _thread(item), _int(item, "id")
        if number and _int(thread, "count") > len(thread.get("items") or []):
            yield ("thread", int(step[1]), number, 0)


def _next_comments(data: dict[str, Any], step: Step) -> list[Step]:
    """Old comments get new answers in their threads, so their dates end nothing."""
    offset = int(step[-1]) + COMMENTS
    total = _int(data, "current_level_count") or _int(data, "count")
    return [(*step[:-1], offset)] if offset < min(total, LAST_COMMENTS) else []


def _thread(item: Any) -> dict[str, Any]:
    thread = item.get("thread") if isinstance(item, dict) else None
    is_good = isinstance(thread, dict) and isinstance(thread.get("items", []), list)
    return thread if is_good and isinstance(thread, dict) else {}


def _int(held: Any, key: str) -> int:
    value = held.get(key) if isinstance(held, dict) else None
    return value if type(value) is int and 0 < value < 1 << 53 else 0
