"""What stands around a comment, and what became of comments met earlier."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import Recheck, read_each
from socialdesk.networks.google.api import NOT_THERE, GoogleApi, items_of, next_page
from socialdesk.networks.http import Value
from socialdesk.networks.youtube.addresses import COMMENTS, THREADS, VIDEOS
from socialdesk.networks.youtube.comments import (
    Seen,
    read_comment,
    read_video,
    split,
    top_of,
)
from socialdesk.networks.youtube.progress import HELD, SPAM

BATCH: Final = 50  # ids in one question
PAGE: Final = 100
REPLY_PAGES: Final = 3  # of a thread that is shown
ON_VIDEO: Final = 20  # comments shown under a video

_CLOSED: Final = NOT_THERE | {"commentsDisabled", "forbidden", "insufficientPermissions"}


def read_around(api: GoogleApi, own_id: str, remote_id: str) -> tuple[Mention, ...]:
    """The video, the head of the thread and its replies, oldest first, itself left out; for a
    video its newest comments."""
    video, comment = split(remote_id)
    seen = Seen(own_id, Kind.CONTEXT, video)
    items = _of_comment(api, comment) if comment else _of_video(api, video)
    around, _ = read_each(items, lambda one: read_comment(one, seen))
    videos, _ = read_each(
        _ids(api, VIDEOS, [video] if video and comment else [], "snippet,statistics"),
        lambda one: read_video(one, own_id, Kind.CONTEXT),
    )
    found = [m for m in (*videos, *around) if split(m.remote_id)[1] != comment or not comment]
    return tuple(sorted(found, key=lambda mention: mention.published_at))


def look_again(api: GoogleApi, own_id: str, remote_ids: Iterable[str]) -> Recheck:
    """Comments and videos by their ids. A question by id neither tells that a comment waits for
    review nor surely finds it then, so those lists are looked through first."""
    asked = [(one, *split(one)) for one in remote_ids]
    video_of = {comment: video for _, video, comment in asked if comment}
    waiting = _waiting(api, own_id) if video_of else {}

    def read(item: Any) -> Mention:
        return read_comment(item, Seen(own_id, video_id=video_of.get(item["id"], "")))

    items = [waiting[comment] for comment in video_of if comment in waiting]
    items += _ids(api, COMMENTS, [one for one in video_of if one not in waiting], "snippet")
    comments, _ = read_each(items, read)
    ids = [video for _, video, comment in asked if not comment]
    found = _ids(api, VIDEOS, ids, "snippet,statistics")
    videos, _ = read_each(found, lambda one: read_video(one, own_id))
    there = {_id(item) for item in (*items, *found)}
    gone = tuple(remote for remote, video, comment in asked if (comment or video) not in there)
    return Recheck((*comments, *videos), gone)


def _of_comment(api: GoogleApi, comment: str) -> Iterator[Any]:
    """The head and all its replies."""
    head = top_of(comment, {}) or comment
    params: dict[str, Value] = {"part": "snippet", "id": head, "textFormat": "plainText"}
    answer = api.look(COMMENTS, params)
    yield from [] if answer is None else items_of(answer, may_lack=True)
    token = ""
    for _ in range(REPLY_PAGES):
        params = {
            "part": "snippet",
            "parentId": head,
            "maxResults": PAGE,
            "textFormat": "plainText",
            "pageToken": token,
        }
        answer = api.look(COMMENTS, params)
        yield from [] if answer is None else items_of(answer, may_lack=True)
        token = "" if answer is None else next_page(answer)
        if not token:
            return


def _of_video(api: GoogleApi, video: str) -> list[Any]:
    params: dict[str, Value] = {
        "part": "snippet",
        "videoId": video,
        "order": "time",
        "maxResults": ON_VIDEO,
        "textFormat": "plainText",
    }
    answer = api.look(THREADS, params, _CLOSED)
    return [] if answer is None else list(_comments(items_of(answer)))


def _waiting(api: GoogleApi, own_id: str) -> dict[str, Any]:
    """The newest comments that wait for review or look like spam, by id."""
    found: dict[str, Any] = {}
    for status in (HELD, SPAM):
        params: dict[str, Value] = {
            "part": "snippet,replies",
            "allThreadsRelatedToChannelId": own_id,
            "moderationStatus": status,
            "maxResults": PAGE,
            "textFormat": "plainText",
        }
        answer = api.look(THREADS, params, _CLOSED)
        items = [] if answer is None else items_of(answer)
        found.update({_id(one): one for one in _comments(items)})
    return found


def _comments(threads: Iterable[Any]) -> Iterator[Any]:
    """The raw comments of raw threads; what cannot be read is left out."""
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda thread: [thread["snippet"]["topLevelComment"]],
        lambda thread: thread["replies"]["comments"],
    )
    for thread in threads:
        for way in ways:
            try:
                yield from list(way(thread))
            except (KeyError, TypeError):
                continue


def _ids(api: GoogleApi, url: str, ids: list[str], part: str) -> list[Any]:
    """What Google has of these ids."""
    found: list[Any] = []
    for start in range(0, len(ids), BATCH):
        found += _batch(api, url, ids[start : start + BATCH], part)
    return found


def _batch(api: GoogleApi, url: str, ids: list[str], part: str) -> list[Any]:
    """The same of one question. Google documents a 404 when "one or more" of them are missing:
    then the others are still asked for, by halves."""
    params: dict[str, Value] = {"part": part, "id": ",".join(ids)}
    if url == COMMENTS:
        params["textFormat"] = "plainText"
    answer = api.look(url, params)
    if answer is not None:
        return items_of(answer, may_lack=True)
    if len(ids) == 1:
        return []
    middle = len(ids) // 2
    return [*_batch(api, url, ids[:middle], part), *_batch(api, url, ids[middle:], part)]


def _id(item: Any) -> str:
    return str(item.get("id")) if isinstance(item, dict) else ""
