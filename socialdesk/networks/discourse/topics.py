"""The posts that rows of a list name, fetched a topic at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import Reject, raw_bytes, read_each
from socialdesk.networks.discourse.api import Api
from socialdesk.networks.discourse.lists import Later, Row
from socialdesk.networks.discourse.posts import Place, Topic, numbers_of, read_post, read_topic
from socialdesk.networks.values import text_or

BATCH: Final = 20  # posts in one question
MAX_LATER: Final = 60  # newest posts of one topic that one notification may stand for
AROUND: Final = 25  # posts of a thread above and below the one it is shown around

Found = tuple[tuple[Mention, ...], tuple[Reject, ...]]


class UnreadableTopicError(BadAnswerError):
    """JSON came, and no topic was in it."""


@frozen
class Thread:
    """A topic as read: `stream` has the ids of all its posts in order, `posts` some of them."""

    topic: Topic
    stream: tuple[str, ...]
    posts: Mapping[str, Any]


def read_rows(api: Api, place: Place, rows: Sequence[Row]) -> Found:
    """The posts that these rows of one topic name. () when the topic is gone or closed to us; one
    that is there and cannot be read is set aside, and the others of the page kept."""
    try:
        thread = _thread_of(api, rows)
        return _read_named(api, place, rows, thread) if thread else ((), ())
    except UnreadableTopicError as e:
        return (), (Reject(raw_bytes({"topic": rows[0].topic_id}), str(e)),)


def _thread_of(api: Api, rows: Sequence[Row]) -> Thread | None:
    """The topic with all posts that the rows name: one page of it does not reach far."""
    topic_id = rows[0].topic_id
    thread = read_thread(api, topic_id, min(row.number for row in rows))
    if thread is None:
        return None
    far = [row for row in rows if row.number not in thread.topic.ids]
    thread = with_posts(api, topic_id, thread, [row.post_id for row in far if row.post_id])
    for row in far:
        if not row.post_id and row.number not in thread.topic.ids:
            page = read_thread(api, topic_id, row.number)
            if page is not None:
                thread = _joined(thread, page.posts)
    return thread


def _read_named(api: Api, place: Place, rows: Sequence[Row], thread: Thread) -> Found:
    numbers = thread.topic.ids
    named = {numbers[row.number]: row for row in rows if row.number in numbers}
    later = _later_ids(thread, [row for row in rows if row.later is not Later.NONE], numbers)
    thread = with_posts(api, rows[0].topic_id, thread, later)
    wanted = [id_ for id_ in thread.stream if id_ in named or id_ in later]
    wanted += [id_ for id_ in named if id_ not in thread.stream]
    alls = [row for row in rows if _stands_for_all(row, thread, place)]
    kind = (alls or rows)[0].kind

    def read(id_: str) -> Mention | None:
        post = thread.posts[id_]
        if id_ not in named and not alls and not _is_to(post, place.username):
            return None
        why = named[id_].kind if id_ in named else kind
        return read_post(post, place, thread.topic, why)

    return _each(wanted, thread, read)


def _stands_for_all(row: Row, thread: Thread, place: Place) -> bool:
    """A "replied" that names a post to somebody else swallowed the news of a watched topic."""
    if row.later is not Later.TO_US:
        return row.later is Later.ALL
    post = thread.posts.get(thread.topic.ids.get(row.number, ""))
    return post is not None and not _is_to(post, place.username)


def _each(ids: Sequence[str], thread: Thread, read: Callable[[str], Mention | None]) -> Found:
    """As `read_each`; a reject shows the post and not its id."""
    here = [id_ for id_ in ids if id_ in thread.posts]
    mentions, rejects = read_each(here, read)
    return mentions, tuple(
        replace(reject, raw=raw_bytes(thread.posts.get(reject.raw.decode().strip('"'))))
        for reject in rejects
    )


def _later_ids(thread: Thread, rows: Sequence[Row], numbers: Mapping[int, str]) -> list[str]:
    """What comes after the first of these rows, the newest MAX_LATER."""
    begins = [
        thread.stream.index(numbers[row.number])
        for row in rows
        if numbers.get(row.number) in thread.stream
    ]
    return list(thread.stream[min(begins) :][-MAX_LATER:]) if begins else []


def _is_to(post: Any, username: str) -> bool:
    to = post.get("reply_to_user") if isinstance(post, dict) else None
    name = text_or(to.get("username")) if isinstance(to, dict) else ""
    return name.casefold() == username.casefold()


def read_thread(api: Api, topic_id: str, number: int = 0) -> Thread | None:
    """A topic with the some 20 posts around `number`; None when it is gone or closed to us."""
    path = f"/t/{topic_id}/{number}.json" if number > 1 else f"/t/{topic_id}.json"
    try:
        data = api.get(path)
    except RefusedError as e:
        if e.reason in (Refusal.GONE, Refusal.PERMISSION):
            return None
        raise
    ids, posts = _stream_of(data)
    return Thread(read_topic(data), ids, posts)


def posts_of(api: Api, topic_id: str, ids: Sequence[str]) -> dict[str, Any]:
    """Those posts of a topic that still stand there, by id."""
    found: dict[str, Any] = {}
    for start in range(0, len(ids), BATCH):
        asked = list(ids[start : start + BATCH])
        try:
            data = api.get(f"/t/{topic_id}/posts.json", {"post_ids[]": asked})
        except RefusedError as e:
            if e.reason in (Refusal.GONE, Refusal.PERMISSION):
                return {}
            raise
        found.update(_stream_of(data)[1])
    return found


def with_posts(api: Api, topic_id: str, thread: Thread, ids: Sequence[str]) -> Thread:
    """The thread with these of its posts too."""
    missing = [id_ for id_ in ids if id_ not in thread.posts]
    if not missing:
        return thread
    return _joined(thread, posts_of(api, topic_id, missing))


def _joined(thread: Thread, posts: Mapping[str, Any]) -> Thread:
    every = {**thread.posts, **posts}
    topic = replace(thread.topic, ids=numbers_of(list(every.values())))
    return replace(thread, topic=topic, posts=every)


def whole_posts(api: Api, topic_id: str, ids: Sequence[str]) -> Thread | None:
    """The topic with those of these posts that stand in it; None when it is gone."""
    thread = read_thread(api, topic_id)
    if thread is None:
        return None
    return with_posts(api, topic_id, thread, [id_ for id_ in ids if id_ in thread.stream])


def around(api: Api, place: Place, topic_id: str, post_id: str) -> tuple[Mention, ...]:
    """The first post of the topic and those near `post_id`, itself left out, oldest first."""
    thread = read_thread(api, topic_id)
    if thread is None:
        return ()
    at = thread.stream.index(post_id) if post_id in thread.stream else 0
    near = thread.stream[max(at - AROUND, 0) : at + AROUND + 1]
    wanted = [id_ for id_ in dict.fromkeys((*thread.stream[:1], *near)) if id_ != post_id]
    thread = with_posts(api, topic_id, thread, wanted)
    posts = [thread.posts[id_] for id_ in wanted if id_ in thread.posts]
    mentions, _ = read_each(posts, lambda post: read_post(post, place, thread.topic, Kind.CONTEXT))
    return mentions


def _stream_of(data: dict[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """All ids of a topic, and the posts that came with them."""
    stream = data.get("post_stream")
    posts = stream.get("posts") if isinstance(stream, dict) else None
    if not isinstance(stream, dict) or not isinstance(posts, list):
        raise UnreadableTopicError("a topic that cannot be read")
    ids = stream.get("stream")
    known = {str(post["id"]): post for post in posts if isinstance(post, dict) and post.get("id")}
    order = [str(id_) for id_ in ids if type(id_) is int] if isinstance(ids, list) else list(known)
    return tuple(order), known
