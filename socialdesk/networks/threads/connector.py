"""One Threads account: who answers or names it, what is found by a word, and its answers.

Cursor of mentions: `meta.rounds.Round`, of searches: `walks.Walk`. A round reads the newest of our
posts with the conversation under each, then who named us elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import BrandWords, read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.meta.gathering import Part, Reader, dated, gather, gather_below, in_order
from socialdesk.networks.meta.graph import NOTHING, Graph, Listing, answered_at, listing, node
from socialdesk.networks.meta.long_lived import LongLived
from socialdesk.networks.meta.problems import NO_OBJECT, PARAMETER
from socialdesk.networks.meta.rechecks import joined
from socialdesk.networks.meta.rounds import Round, begin_round, page_of, step_on
from socialdesk.networks.meta.usage import pause_s
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.threads.posts import (
    POST_FIELDS,
    REPLY_FIELDS,
    SITE,
    media_of,
    post_id_of,
    read_post,
    read_reply,
    root_of,
)
from socialdesk.networks.threads.replies import look_for, send_post, send_reply
from socialdesk.networks.values import read_time, text_of, text_or
from socialdesk.networks.walks import begin_walk, step

OWN_PAGE: Final = 8  # posts of ours in one answer, each with WITH_POST replies: 200 with themselves
WITH_POST: Final = 24
OWN_POSTS: Final = 24  # of the newest, whose conversations are read at every round
SWEPT_POSTS: Final = 200  # the same once a day
PAGE_SIZE: Final = 100  # the API's maximum
MAX_THREAD_PAGES: Final = 3
STAGES: Final = ("threads", "mentions")
EARLIEST_S: Final = 1_688_540_400  # the API knows nothing before Threads began
MIN_POLL_S: Final = 180
CAN: Final = (
    Can.FETCH | Can.REPLY | Can.POST | Can.DELETE | Can.THREAD | Can.RECHECK | Can.HASHTAG
    | Can.KEYWORD
)  # fmt: skip
LENGTH: Final = LengthRule(500, Unit.THREADS)
_UNREADABLE: Final = (KeyError, TypeError, ValueError, OverflowError)


class ThreadsConnector(PartialConnector):
    """Remote ids are "post" or "post/reply", each as Threads gives it. `me`: our username."""

    def __init__(self, graph: Graph, tokens: LongLived, me: str) -> None:
        self._graph, self._tokens, self._me = graph, tokens, me.lower()

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One page of mentions and replies, or of what was found."""
        words = read_brand_words(watch.brand_words)
        if watch.kind is WatchKind.MENTIONS:
            return self._fetch_round(begin_round(cursor, since), words)
        if watch.kind in (WatchKind.KEYWORD, WatchKind.HASHTAG):
            return self._search(watch, cursor, since, words)
        raise RefusedError(Refusal.OTHER, "Threads has no feeds")

    # --- who answers or names us ---

    def _fetch_round(self, walk: Round, words: BrandWords) -> Page:
        answer, part = self._read_below(walk) if walk.todo else self._read_list(walk)
        if not walk.began:
            self._tokens.renew_when_due(answered_at(answer))
        after = step_on(walk, part, answer, n_stages=len(STAGES))
        return page_of(part, after, answer, words)

    def _read_list(self, walk: Round) -> tuple[Answer, Part]:
        edge = STAGES[min(walk.stage, len(STAGES) - 1)]
        is_own = edge == "threads"
        params: dict[str, Value] = {
            "fields": POST_FIELDS,
            "limit": OWN_PAGE if is_own else PAGE_SIZE,
            "after": walk.at,
        }
        answer = self._list_answer(edge, params)
        kind = Kind.POST if is_own else Kind.MENTION

        def post(item: Any) -> Mention | None:
            mention = read_post(item, self._me, kind)
            mention = replace(mention, is_own=is_own or mention.is_own)
            return mention if mention.published_at >= walk.floor else None

        reader = self._reader(walk, post, self._conversation if is_own else lambda _: Listing())
        listed = listing(answer.data)
        n_wanted = SWEPT_POSTS if walk.is_sweep else OWN_POSTS
        n_least = n_wanted - walk.n_read if is_own else 0
        return answer, dated(gather(listed, reader), listed.items, "timestamp", walk.floor, n_least)

    def _list_answer(self, edge: str, params: dict[str, Value]) -> Answer:
        """Without the permission for mentions there are none, and our own posts' replies still
        come: the app has not passed Meta's review for it."""
        try:
            return self._graph.get(f"me/{edge}", params)
        except RefusedError as e:
            if edge != "mentions" or e.reason is not Refusal.PERMISSION:
                raise
        return NOTHING

    def _conversation(self, post: Any) -> Listing:
        if post_id_of(post) and post.get("has_replies") is not False:
            return listing(self._replies_now(post_id_of(post), WITH_POST).data)
        return Listing()

    def _read_below(self, walk: Round) -> tuple[Answer, Part]:
        below = walk.todo[0]
        answer = self._replies_now(below.id, PAGE_SIZE, below.at)
        reader = self._reader(walk, lambda item: None, lambda post: Listing())
        return answer, gather_below(listing(answer.data), {"id": below.id}, below, reader)

    def _replies_now(self, root: str, limit: int, at: str = "") -> Answer:
        """The newest replies under a post, of all levels; none where the post is gone."""
        return self._graph.get_if_there(f"{root}/conversation", _newest(limit, at))

    def _reader(
        self,
        walk: Round,
        post: Callable[[Any], Mention | None],
        below: Callable[[Any], Listing],
    ) -> Reader:
        return Reader(
            floor=walk.floor,
            post=post,
            comment=lambda item, above: read_reply(item, self._me, post_id_of(above)),
            post_id=post_id_of,
            below=below,
        )

    # --- what is found by a word ---

    def _search(
        self, watch: Watch, cursor: Cursor | None, since: datetime, words: BrandWords
    ) -> Page:
        walk = begin_walk(cursor, since)
        floor = read_time(walk.floor)
        params: dict[str, Value] = {
            "q": watch.query.lstrip("#").strip(),
            "search_type": "RECENT",
            "search_mode": "TAG" if watch.kind is WatchKind.HASHTAG else "KEYWORD",
            "fields": POST_FIELDS,
            "since": max(int(floor.timestamp()), EARLIEST_S),
            "limit": PAGE_SIZE,
            "after": walk.at,
        }
        try:
            answer = self._graph.get("keyword_search", params)
        except RefusedError as e:
            if e.reason is Refusal.PERMISSION:
                raise RefusedError(Refusal.NOT_APPROVED, e.detail) from e
            raise
        if not walk.at:
            self._tokens.renew_when_due(answered_at(answer))
        listed = listing(answer.data)

        def read(item: Any) -> Mention | None:
            found = read_post(item, self._me, Kind.POST)
            is_wanted = found.published_at >= floor and not found.is_own
            return found if is_wanted and words.keep(found.body) else None

        mentions, rejects = read_each(listed.items, read)
        after = step(walk, _times(listed.items, answered_at(answer)), listed.after)
        pause = pause_s(answer.headers)
        return Page(
            in_order(mentions),
            rejects,
            after.saved(),
            more=bool(after.at) and not pause,
            next_poll_s=pause,
        )

    # --- one post ---

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The post and the newest of its conversation."""
        root = root_of(remote_id)
        try:
            post = self._graph.get(node(root), {"fields": POST_FIELDS}).data
        except RefusedError as e:
            if e.reason in (Refusal.GONE, Refusal.PERMISSION):
                return ()
            raise
        above, _ = read_each([post], lambda item: read_post(item, self._me, Kind.CONTEXT))
        below, _ = read_each(
            listing(self._replies_now(root, PAGE_SIZE).data).items,
            lambda item: read_reply(item, self._me, root, Kind.CONTEXT),
        )
        here = media_of(remote_id)
        return in_order(m for m in (*above, *below) if media_of(m.remote_id) != here)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Replies by the whole conversation they stand in; posts by themselves. What Threads will
        not show may well be there, so only what it says is missing counts as gone."""
        asked = list(dict.fromkeys(remote_ids))
        roots = dict.fromkeys(root_of(one) for one in asked if "/" in one)
        mentions: list[Mention] = []
        gone: list[str] = []
        for root in roots:
            wanted = [one for one in asked if "/" in one and root_of(one) == root]
            found, is_whole = self._whole_conversation(root)
            mentions += [found[one] for one in wanted if one in found]
            gone += [one for one in wanted if one not in found and is_whole]
        posts = [self._post_now(one) for one in asked if "/" not in one]
        return joined((Recheck(tuple(mentions), tuple(gone)), *posts))

    def _whole_conversation(self, root: str) -> tuple[dict[str, Mention], bool]:
        found: dict[str, Mention] = {}
        at, n_bad = "", 0
        for _ in range(MAX_THREAD_PAGES):
            try:
                answer = self._graph.get(f"{node(root)}/conversation", _newest(PAGE_SIZE, at))
            except RefusedError as e:
                return found, e.reason is Refusal.GONE
            replies = listing(answer.data)
            read, rejects = read_each(replies.items, lambda item: read_reply(item, self._me, root))
            found |= {mention.remote_id: mention for mention in read}
            n_bad += len(rejects)
            at = replies.after
            if not at:
                return found, not n_bad
        return found, False

    def _post_now(self, remote_id: str) -> Recheck:
        """Of strangers' posts "no object" may only mean that they are not for us."""
        unknown = Recheck((), ())
        try:
            item = self._graph.get_unless(
                (PARAMETER, NO_OBJECT), node(remote_id), {"fields": POST_FIELDS}
            )
        except RefusedError as e:
            return Recheck((), (remote_id,)) if e.reason is Refusal.GONE else unknown
        if item is None:
            return unknown
        return Recheck(read_each([item], lambda one: read_post(one, self._me, Kind.POST))[0], ())

    def reply(self, outgoing: Outgoing) -> Posted:
        """In two steps: what breaks between them can be gone on with."""
        return send_reply(self._graph, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among our own replies."""
        return look_for(self._graph, outgoing)

    def post(self, outgoing: Outgoing) -> Posted:
        """As a reply, under nobody's."""
        return send_post(self._graph, outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Among our own posts."""
        return look_for(self._graph, outgoing)

    def delete(self, remote_id: str) -> None:
        """Take it off Threads."""
        self._graph.delete(node(media_of(remote_id)))

    def card(self) -> Card:
        """The account as it is now."""
        return Card(read_me(self._me_now()), CAN, LENGTH, "threads", "threads.com", MIN_POLL_S)

    def _me_now(self) -> dict[str, Any]:
        data: dict[str, Any] = self._graph.get("me", {"fields": ME_FIELDS}).data
        return data


ME_FIELDS: Final = "id,username,name,threads_profile_picture_url"


def read_me(data: Any) -> Author:
    """Our own account. Raises BadAnswerError."""
    try:
        username = text_of(data["username"])
    except (KeyError, TypeError) as e:
        raise BadAnswerError("an account we cannot read") from e
    return Author(
        remote_id=username.lower(),
        handle=username,
        name=text_or(data.get("name")),
        url=f"{SITE}@{username}",
        avatar_url=text_or(data.get("threads_profile_picture_url")),
    )


def _newest(limit: int, at: str) -> dict[str, Value]:
    return {"fields": REPLY_FIELDS, "reverse": True, "limit": limit, "after": at}


def _times(items: Iterable[Any], now: datetime | None) -> list[datetime]:
    """What claims to be of tomorrow moves no cursor."""
    latest = now or datetime.max.replace(tzinfo=UTC)
    times: list[datetime] = []
    for item in items:
        try:
            times.append(read_time(item["timestamp"]))
        except _UNREADABLE:
            continue
    return [time for time in times if time <= latest]
