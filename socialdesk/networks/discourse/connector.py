"""One signed-in account on one forum."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, Reject, read_each
from socialdesk.networks.discourse.api import Api
from socialdesk.networks.discourse.bookmark import Bookmark, read_bookmark
from socialdesk.networks.discourse.lists import Listing, Row, hits, notifications
from socialdesk.networks.discourse.posts import (
    Place,
    Topic,
    is_gone,
    number_id,
    read_author,
    read_post,
)
from socialdesk.networks.discourse.replies import (
    change,
    is_shown,
    look_for_reply,
    post_id_of,
    read_one,
    send_reply,
    take_off,
)
from socialdesk.networks.discourse.topics import (
    around,
    posts_of,
    read_rows,
    read_thread,
    whole_posts,
)
from socialdesk.networks.values import read_time

TOPICS: Final = 4  # asked for in one fetch: a key has 20 calls a minute, replies need some
MIN_POLL_S: Final = 120
MIN_CHARS, MAX_CHARS = 20, 32_000  # a forum's defaults
SOFTWARE: Final = "discourse"
CAN: Final = (
    Can.FETCH | Can.REPLY | Can.HASHTAG | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.EDIT
    | Can.DELETE | Can.RECHECK | Can.SEEN
)  # fmt: skip
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class DiscourseConnector:
    """Remote ids are "topic/post"; a topic may change, so only the post's part names it. Authors
    are called by their page. Cursor: see `bookmark.Bookmark`."""

    def __init__(self, api: Api, username: str, numbers: Mapping[str, int], min_chars: int) -> None:
        self._api, self._place = api, Place(api.base, username)
        self._numbers, self._min_chars = numbers, min_chars

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """The posts that the next rows of the list name, of at most TOPICS topics."""
        mark = read_bookmark(cursor).begun(since)
        floor = read_time(mark.floor)
        listing = self._list(watch, mark)
        fresh = [row for row in listing.rows if row.id not in mark.known and row.at >= floor]
        some = _of_few_topics(fresh)
        mentions, rejects = self._read(some, listing)
        keep = read_brand_words(watch.brand_words).keep
        kept = {m.uri: m for m in mentions if keep(f"{m.title}\n{m.body}")}
        mark = mark.done([row.id for row in some], max(listing.times, default=None))
        is_below = bool(listing.times) and min(listing.times) < floor
        if len(some) < len(fresh):
            after = mark
        elif listing.next_at is None or is_below:
            after = mark.ended()
        else:
            after = mark.turned(listing.next_at)
        in_order = sorted(kept.values(), key=lambda mention: mention.published_at)
        return Page(
            tuple(in_order), (*listing.rejects, *rejects), after.saved(), more=bool(after.floor)
        )

    def _list(self, watch: Watch, mark: Bookmark) -> Listing:
        if watch.kind is WatchKind.MENTIONS:
            return notifications(self._api, mark, self._numbers)
        return hits(self._api, mark, watch)

    def _read(self, rows: list[Row], listing: Listing) -> tuple[list[Mention], list[Reject]]:
        mentions: list[Mention] = []
        rejects: list[Reject] = []
        for topic_id in dict.fromkeys(row.topic_id for row in rows):
            here = [row for row in rows if row.topic_id == topic_id]
            if listing.is_search:
                found, bad = self._read_hits(here, listing.topics.get(topic_id, Topic()))
            else:
                found, bad = read_rows(self._api, self._place, here)
            mentions += found
            rejects += bad
        return mentions, rejects

    def _read_hits(
        self, rows: list[Row], topic: Topic
    ) -> tuple[tuple[Mention, ...], tuple[Reject, ...]]:
        """Newer forums give hits without their words."""
        missing = [row.post_id for row in rows if not row.post]
        posts = posts_of(self._api, rows[0].topic_id, missing) if missing else {}
        found = [row.post or posts.get(row.post_id) for row in rows]
        return read_each(
            [dict(post) for post in found if post],
            lambda post: read_post(post, self._place, topic, Kind.POST),
        )

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The first post of the topic and those around this one."""
        topic_id, _, post_id = remote_id.partition("/")
        return around(self._api, self._place, topic_id, post_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """A topic at a time; what is not there any more is asked for by itself, because it may
        have been moved. More than TOPICS topics would take the calls of a minute: the rest is
        left unsaid, and asked about another time."""
        by_topic: dict[str, list[str]] = {}
        for remote_id in remote_ids:
            by_topic.setdefault(remote_id.partition("/")[0], []).append(remote_id)
        found: list[tuple[Any, Topic]] = []
        gone: list[str] = []
        for topic_id, asked in list(by_topic.items())[:TOPICS]:
            thread = whole_posts(self._api, topic_id, [post_id_of(one) for one in asked])
            for one in asked:
                here = thread.posts.get(post_id_of(one)) if thread else None
                seen = (here, thread.topic) if thread and here else self._moved(one)
                if seen is None or is_gone(seen[0]):
                    gone.append(one)
                else:
                    found.append(seen)
        mentions, _ = read_each(
            found, lambda seen: read_post(seen[0], self._place, seen[1], Kind.POST)
        )
        return Recheck(mentions, tuple(gone))

    def _moved(self, remote_id: str) -> tuple[Any, Topic] | None:
        """The post with the topic it stands in now; None when it is gone."""
        post = read_one(self._api, post_id_of(remote_id))
        if post is None:
            return None
        try:
            thread = read_thread(self._api, number_id(post["topic_id"]))
        except _UNREADABLE as e:
            raise BadAnswerError("a post that cannot be read") from e
        return (post, thread.topic) if thread else None

    def profile(self, author_remote_id: str) -> Author:
        """`author_remote_id`: the address of their page; one of another forum is refused."""
        base = f"{self._place.base}/u/"
        if not author_remote_id.startswith(base):
            raise RefusedError(Refusal.GONE, "somebody of another forum")
        data = self._api.get(f"/u/{author_remote_id.removeprefix(base)}.json")
        try:
            return read_author(data["user"], self._place)
        except _UNREADABLE:
            pass
        raise BadAnswerError("the profile came unreadably")

    def reply(self, outgoing: Outgoing) -> Posted:
        """To where the post stands now. Moderators may hold it back: see `is_public`."""
        return send_reply(self._api, self._place, outgoing, self._min_chars)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """In the topic, and in the moderators' queue."""
        return look_for_reply(self._api, self._place, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """PUT."""
        return change(self._api, self._place, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """DELETE; the forum leaves a line that says so."""
        take_off(self._api, self._place, remote_id)

    def is_public(self, remote_id: str) -> bool | None:
        """False while it waits for a moderator, and when flags hid it."""
        return is_shown(self._api, self._place, remote_id)

    def card(self) -> Card:
        """Our account, and how long a post may be here."""
        own = self.profile(self._place.user_url(self._place.username))
        _, max_chars = read_limits(self._api)
        server = self._place.base.partition("://")[2]  # with its folder, to sign in again
        return Card(own, CAN, LengthRule(max_chars), SOFTWARE, server, MIN_POLL_S)

    def sign_out(self) -> None:
        """Revoke the key; one revoked already is no error."""
        try:
            self._api.post("/user-api-key/revoke", {})
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise


def _of_few_topics(rows: list[Row]) -> list[Row]:
    """The rows of the first TOPICS topics that must be asked for; those that brought their post
    cost nothing."""
    asked = dict.fromkeys(row.topic_id for row in rows if not row.post)
    few = set(list(asked)[:TOPICS])
    return [row for row in rows if row.post or row.topic_id in few]


def read_limits(api: Api) -> tuple[int, int]:
    """The least and the most characters of a post, as the forum's settings tell everybody."""
    try:
        told = api.get("/site/settings.json")
    except (RefusedError, BadAnswerError):
        told = {}
    return _count(told.get("min_post_length"), MIN_CHARS), _count(
        told.get("max_post_length"), MAX_CHARS
    )


def _count(value: Any, otherwise: int) -> int:
    return value if type(value) is int and 0 < value < 10_000_000 else otherwise
