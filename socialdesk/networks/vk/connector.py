"""VK: events and answers of one community, and searches over all of VK.

Source: VKCOM/vk-api-schema 5.199 (methods, which key may call them), dev.vk.com; read 2026-11-22.
Nothing here was tried against the live service yet: what a repeated `guid` gives is not known, so
no send is repeated.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Kind, Mention, Visibility
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.read_back import is_same
from socialdesk.networks.values import text_or, unix_time
from socialdesk.networks.vk.api import Api, Line, ts_of, unix
from socialdesk.networks.vk.bookmark import Bookmark, read_bookmark
from socialdesk.networks.vk.catchup import walk_on
from socialdesk.networks.vk.events import gone_in, read_event, writers
from socialdesk.networks.vk.faults import fault_of
from socialdesk.networks.vk.items import Reader, plain, writers_of
from socialdesk.networks.vk.looking import Looking
from socialdesk.networks.vk.people import FIELDS, ask_community, ask_people, author_of, read_people
from socialdesk.networks.vk.places import CHAT, WALL, Place
from socialdesk.networks.walks import begin_walk, step

PAGE_SIZE: Final = 200  # events
SEARCH_SIZE: Final = 100  # posts
WAIT_S, GLANCE_S = 25, 1  # the longest is less than the silence that `http` bears
GAP_S: Final = 3600  # after so long without a look, the queue may have lost events
MIN_POLL_S: Final = 60
LENGTH: Final = LengthRule(4000, Unit.CODE_POINT)
BASIC: Final = Can.FETCH | Can.REPLY | Can.PROFILE | Can.WAIT
WITH_SERVICE: Final = Can.HASHTAG | Can.KEYWORD | Can.THREAD | Can.RECHECK
_LOST: Final = (1, 3)  # VK's queue has moved on without us


class VkConnector(PartialConnector):
    """Remote ids: see `places.Place`; people's are theirs, communities' have a minus. Cursors: see
    `bookmark.Bookmark` and, for searches, `walks.Walk`. A community key cannot change or delete a
    comment: that is done on VK."""

    def __init__(self, api: Api, group_id: str, server: str) -> None:
        self._api, self._group, self._server = api, group_id, server
        self._own = f"-{group_id}"
        self._looking = Looking(api, self._own)

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Events after the cursor; before and after a gap, what the wall shows. A search gives
        only a part of what there is, and late: VK promises no more."""
        if watch.kind is not WatchKind.MENTIONS:
            return self._search(watch, cursor, since)
        words = read_brand_words(watch.brand_words)
        page = self._follow(read_bookmark(cursor), since)
        kept = tuple(m for m in page.mentions if _is_addressed(m) or words.keep(m.body))
        return replace(page, mentions=kept)

    def _follow(self, mark: Bookmark | None, since: datetime) -> Page:
        """The wall first, then a place in the queue, then the wall again for what came between:
        so nothing falls into the gap."""
        can_walk = self._api.has_service
        if mark is None:
            mark = Bookmark(seen=unix(since))
            mark = replace(mark.walking(0), floor=unix(since)) if can_walk else mark
        if mark.todo and can_walk:
            return walk_on(self._api, self._own, mark)
        line = self._api.line(self._group)
        if not mark.ts:
            return self._enter(mark, line)
        if can_walk and line.at and line.at - mark.seen > GAP_S:
            return walk_on(self._api, self._own, mark.walking(line.at))
        return self._events(replace(mark, todo=()), line)

    def _enter(self, mark: Bookmark, line: Line) -> Page:
        """The queue from here on, and the wall for what it may have let go."""
        mark = replace(mark, ts=line.ts, skip=0, todo=())
        if self._api.has_service:
            return walk_on(self._api, self._own, mark.walking(line.at))
        return Page((), (), replace(mark, seen=max(mark.seen, line.at)).saved())

    def _events(self, mark: Bookmark, line: Line) -> Page:
        told = self._api.listen(line, mark.ts, GLANCE_S)
        failed = told.data.get("failed")
        if failed in _LOST:
            ts = told.data.get("ts") if failed == 1 else line.ts
            return self._enter(mark, replace(line, ts=_ts(ts)))
        if failed is not None:
            raise _refused_key()
        events = told.data.get("updates")
        if not isinstance(events, list):
            raise BadAnswerError("VK sent events we cannot read")
        return self._page(events, mark, _ts(told.data.get("ts")), told.at)

    def _page(self, events: list[Any], mark: Bookmark, ts: str, at: int) -> Page:
        """The queue only grows, so the same question gives the same events first."""
        part = events[mark.skip : mark.skip + PAGE_SIZE]
        is_last = mark.skip + PAGE_SIZE >= len(events)
        reader = Reader(self._own, ask_people(self._api, writers_of(writers(part))))
        mentions, rejects = read_each(part, lambda event: read_event(event, reader))
        after = (
            replace(mark, ts=ts, skip=0, seen=max(mark.seen, at))
            if is_last
            else replace(mark, skip=mark.skip + PAGE_SIZE)
        )
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        gone = tuple(gone_in(part))
        return Page(tuple(in_order), rejects, after.saved(), more=not is_last, gone=gone)

    def wait(self, watch: Watch, cursor: Cursor | None, stop: Callable[[], bool]) -> bool:
        """A long poll from the event that is saved: what it hears stays in the queue, for
        `fetch` asks from the same place."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, "only the community's own events can be waited for")
        mark = read_bookmark(cursor)
        if mark is None or mark.todo or not mark.ts:
            return True
        line = self._api.line(self._group)
        if stop():
            return False
        told = self._api.listen(line, mark.ts, WAIT_S)
        failed = told.data.get("failed")
        if failed is not None and failed not in _LOST:
            raise _refused_key()
        return bool(told.data.get("updates")) or failed in _LOST

    def _search(self, watch: Watch, cursor: Cursor | None, since: datetime) -> Page:
        walk = begin_walk(cursor, since)
        asked: dict[str, Value] = {
            "q": _query(watch),
            "extended": 1,
            "fields": FIELDS,
            "count": SEARCH_SIZE,
            "start_time": max(0, unix(datetime.fromisoformat(walk.floor))),
            "start_from": walk.at,
        }
        found = self._api.look("newsfeed.search", asked).data
        items = found.get("items") if isinstance(found, dict) else None
        if not isinstance(items, list):
            raise BadAnswerError("VK sent a search we cannot read")
        words = read_brand_words(watch.brand_words)
        reader = Reader(self._own, read_people(found))

        def read(item: Any) -> Mention | None:
            mention = reader.post(item, Kind.POST)
            return mention if mention and words.keep(mention.body) else None

        mentions, rejects = read_each(items, read)
        next_from = text_or(found.get("next_from")) if items else ""
        after = step(walk, _dates(items), next_from)
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        return Page(tuple(in_order), rejects, after.saved(), more=bool(after.at))

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The post with its newest comments, or the last messages of the chat."""
        return self._looking.thread(Place.of(remote_id))

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Posts and comments of walls, and messages; VK shows no others to these keys."""
        return self._looking.recheck([Place.of(one) for one in dict.fromkeys(remote_ids)])

    def profile(self, author_remote_id: str) -> Author:
        """With followers or members."""
        found = ask_people(self._api, [author_remote_id])
        if author_remote_id not in found:
            raise RefusedError(Refusal.GONE, "no such person or community")
        return author_of(author_remote_id, found)

    def reply(self, outgoing: Outgoing) -> Posted:
        """In the community's name, under the post or in the comment's thread, or into the chat."""
        place = Place.of(outgoing.parent_remote_id)
        if place.kind == CHAT:
            return self._send_message(place, outgoing)
        if place.kind != WALL or place.owner != self._own:
            raise RefusedError(Refusal.PERMISSION, "a community key answers on its own wall only")
        done = self._api.write(
            "wall.createComment",
            {
                "owner_id": place.owner,
                "post_id": place.item,
                "from_group": self._group,
                "message": outgoing.text,
                "reply_to_comment": place.comment,
                "guid": outgoing.dedupe_key,
            },
        )
        number = done.get("comment_id") if isinstance(done, dict) else None
        if type(number) is not int:
            raise UnreachableError("VK told no comment", maybe_done=True)
        return posted_at(replace(place, comment=str(number), thread=place.thread_root))

    def _send_message(self, place: Place, outgoing: Outgoing) -> Posted:
        quoted = {"peer_id": int(place.item), "conversation_message_ids": [int(place.comment)],
                  "is_reply": 1}  # fmt: skip
        done = self._api.write(
            "messages.send",
            {
                "peer_ids": place.item,
                "message": outgoing.text,
                "random_id": random_id(outgoing.dedupe_key),
                "forward": json.dumps(quoted, separators=(",", ":")),
                "dont_parse_links": 1,
            },
        )
        first = done[0] if isinstance(done, list) and done else None
        if isinstance(first, dict) and first.get("error"):
            raise fault_of(first["error"], is_write=True)
        number = first.get("conversation_message_id") if isinstance(first, dict) else None
        if type(number) is not int or number <= 0:
            raise UnreachableError("VK told no message", maybe_done=True)
        return posted_at(replace(place, comment=str(number)))

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among the newest below the same parent. A community key alone cannot read comments: then
        None, and a person looks; a comment that did arrive is also told as an event."""
        place = Place.of(outgoing.parent_remote_id)
        if place.kind != CHAT and not self._api.has_service:
            return None
        wanted = replace(outgoing, text=plain(outgoing.text))
        for mention in self._looking.newest_below(place):
            is_ours = mention.is_own and not _answers_another(mention, place)
            if is_ours and is_same(mention.body, mention.published_at, wanted):
                return posted_at(Place.of(mention.remote_id))
        return None

    def card(self) -> Card:
        """Who the community is; searches and walls need the service key."""
        own = ask_community(self._api)
        if own is None:
            raise BadAnswerError("VK told no community")
        can = BASIC | WITH_SERVICE if self._api.has_service else BASIC
        return Card(own, can, LENGTH, "VK", self._server, MIN_POLL_S)


def _answers_another(mention: Mention, place: Place) -> bool:
    """Whether VK says that it answers something else than what is there: the same words may go to
    several people in one thread or chat. What answers nothing by name may be it."""
    return mention.parent_uri not in ("", place.root.uri, place.uri)


def _is_addressed(mention: Mention) -> bool:
    """Written to the community itself, or by it: kept whatever words it holds."""
    to_us = mention.visibility is Visibility.DIRECT or mention.kind is Kind.REPLY
    return mention.is_own or to_us


def _refused_key() -> UnreachableError:
    """The key was fresh: next time with another, from the same place."""
    return UnreachableError("VK did not take its own long poll key", maybe_done=False)


def posted_at(place: Place) -> Posted:
    """Where an answer of ours is."""
    return Posted(place.remote_id, place.uri, place.url)


def random_id(dedupe_key: str) -> int:
    """The same number for the same key, 1 to 2**31 - 1: VK sends a message once for each."""
    return (zlib.crc32(dedupe_key.encode()) & 0x7FFFFFFF) or 1


def _query(watch: Watch) -> str:
    if watch.kind is WatchKind.HASHTAG:
        return "#" + watch.query.lstrip("#＃").strip()
    if watch.kind is WatchKind.KEYWORD:
        return watch.query
    raise RefusedError(Refusal.OTHER, "VK has no feeds")


def _dates(items: list[Any]) -> Iterator[datetime]:
    """When they were written, kept or not; what has no date moves nothing."""
    for item in items:
        try:
            yield unix_time(item["date"])
        except (KeyError, TypeError, ValueError, OverflowError):
            continue


def _ts(value: Any) -> str:
    try:
        return ts_of(value)
    except ValueError as e:
        raise BadAnswerError("VK sent no event's number") from e
