"""Looking at what is known already: around a post, again after a while, for an answer of ours."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import Recheck, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.vk.api import Api
from socialdesk.networks.vk.faults import ClosedError
from socialdesk.networks.vk.items import Reader
from socialdesk.networks.vk.people import FIELDS, read_people
from socialdesk.networks.vk.places import CHAT, WALL, Place, comment_place

BATCH: Final = 100  # posts, or messages of one chat, a question
COMMENTS: Final = 100
MAX_PAGES: Final = 5  # of comments, looking for one of them
CHAT_LINES: Final = 50
MAX_SHOWN: Final = 200


class Looking:
    """`own`: the community's signed id. Walls need the service key; without one they are empty."""

    def __init__(self, api: Api, own: str) -> None:
        self._api, self._own = api, own

    def newest_below(self, place: Place) -> list[Mention]:
        """What was written last beside or under it, newest first."""
        if place.kind == CHAT:
            return self._chat(place)
        found = self._comments(place, below=place.thread_root) if place.kind == WALL else []
        return [m for item, m in found if m]

    def thread(self, place: Place) -> tuple[Mention, ...]:
        """Oldest first, itself left out; () where nothing can be read."""
        if place.kind != CHAT and not self._api.has_service:
            return ()
        try:
            found = [*self._head(place), *self.newest_below(replace(place, comment="", thread=""))]
            if place.kind == WALL and place.comment:
                found += self.newest_below(place)
        except ClosedError:
            return ()
        around = {m.uri: replace(m, kind=Kind.CONTEXT) for m in found if m.uri != place.uri}
        in_order = sorted(around.values(), key=lambda mention: mention.published_at)
        return tuple(in_order[-MAX_SHOWN:])

    def recheck(self, places: list[Place]) -> Recheck:
        """What became of them; neither among the mentions nor gone: it cannot be told."""
        if not self._api.has_service:
            places = [one for one in places if one.kind == CHAT]
        posts = [one for one in places if one.kind == WALL and not one.comment]
        mentions: list[Mention] = []
        gone: list[str] = []
        for some in (posts[i : i + BATCH] for i in range(0, len(posts), BATCH)):
            reader, there = self._raw_posts(some)
            mentions += read_each(there, reader.post)[0]
            names = {f"{one.get('owner_id')}_{one.get('id')}" for one in there}
            gone += [one.remote_id for one in some if f"{one.owner}_{one.item}" not in names]
        for place in places:
            if place.kind == WALL and place.comment:
                self._recheck_comment(place, mentions, gone)
        for peer in dict.fromkeys(one.item for one in places if one.kind == CHAT):
            self._recheck_chat([p for p in places if (p.kind, p.item) == (CHAT, peer)],
                               mentions, gone)  # fmt: skip
        return Recheck(tuple(mentions), tuple(gone))

    def _recheck_comment(self, place: Place, mentions: list[Mention], gone: list[str]) -> None:
        """Read newest first, down to where it must be. Only a list that is in order proves that
        it is not there any more."""
        wanted = int(place.comment)
        for page in range(MAX_PAGES):
            try:
                found = self._comments(place, below=place.thread, offset=page * COMMENTS)
            except ClosedError:  # the post is gone, or closed: nothing is known of this one
                return
            ids = [number if type(number := item.get("id")) is int else 0 for item, _ in found]
            if wanted in ids:
                item, mention = found[ids.index(wanted)]
                mentions += [mention] if mention else []
                gone += [place.remote_id] if item.get("deleted") else []
                return
            if 0 in ids or ids != sorted(ids, reverse=True):
                return
            if len(ids) < COMMENTS or ids[-1] < wanted:
                gone.append(place.remote_id)
                return

    def _recheck_chat(self, places: list[Place], mentions: list[Mention], gone: list[str]) -> None:
        asked: dict[str, Value] = {
            "peer_id": places[0].item,
            "conversation_message_ids": ",".join(one.comment for one in places[:BATCH]),
            "extended": 1,
            "fields": FIELDS,
        }
        try:
            told = self._api.ask("messages.getByConversationMessageId", asked).data
        except ClosedError:
            return
        reader = Reader(self._own, read_people(told))
        there = [one for one in _items(told) if isinstance(one, dict) and not one.get("deleted")]
        mentions += read_each(there, reader.message)[0]
        numbers = {str(one.get("conversation_message_id")) for one in there}
        gone += [one.remote_id for one in places[:BATCH] if one.comment not in numbers]

    def _head(self, place: Place) -> list[Mention]:
        """The post that the place is under."""
        if place.kind != WALL or not place.comment:
            return []
        return self._posts([replace(place, comment="", thread="")])

    def _posts(self, places: list[Place]) -> list[Mention]:
        reader, there = self._raw_posts(places)
        return list(read_each(there, reader.post)[0])

    def _raw_posts(self, places: list[Place]) -> tuple[Reader, list[dict[str, Any]]]:
        """Those that are there, readable or not: only what is missing is gone."""
        asked: dict[str, Value] = {
            "posts": ",".join(f"{one.owner}_{one.item}" for one in places),
            "extended": 1,
            "fields": FIELDS,
        }
        told = self._api.look("wall.getById", asked).data
        reader = Reader(self._own, read_people(told))
        there = [x for x in _items(told) if isinstance(x, dict) and not x.get("is_deleted")]
        return reader, there

    def _comments(
        self, place: Place, *, below: str, offset: int = 0
    ) -> list[tuple[dict[str, Any], Mention | None]]:
        asked: dict[str, Value] = {
            "owner_id": place.owner,
            "post_id": place.item,
            "comment_id": below,
            "offset": offset,
            "count": COMMENTS,
            "sort": "desc",
            "extended": 1,
            "fields": FIELDS,
        }
        told = self._api.look("wall.getComments", asked).data
        reader = Reader(self._own, read_people(told))
        return list(_each_comment(_items(told), replace(place, thread=below), reader))

    def _chat(self, place: Place) -> list[Mention]:
        asked: dict[str, Value] = {
            "peer_id": place.item,
            "count": CHAT_LINES,
            "extended": 1,
            "fields": FIELDS,
        }
        told = self._api.ask("messages.getHistory", asked).data
        return list(read_each(_items(told), Reader(self._own, read_people(told)).message)[0])


def _each_comment(
    items: list[Any], place: Place, reader: Reader
) -> Iterator[tuple[dict[str, Any], Mention | None]]:
    for item in items:
        found, _ = read_each(
            [item],
            lambda one: reader.comment(
                one, comment_place(WALL, place.owner, place.item, one, below=place.thread)
            ),
        )
        if isinstance(item, dict):
            yield item, found[0] if found else None


def _items(told: Any) -> list[Any]:
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise BadAnswerError("VK sent a list we cannot read")
    return items
