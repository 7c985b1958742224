"""One signed-in account on X: mentions, searches, threads, replies and what became of posts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Purse, Recheck, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.x import prices, replies
from socialdesk.networks.x.answers import gone_ids, listed, names_parameter
from socialdesk.networks.x.cursor import Walk, read_walk
from socialdesk.networks.x.dialect import USER_FIELDS
from socialdesk.networks.x.posts import Me, first_id, last_id, read_author, read_beside, read_post
from socialdesk.networks.x.query import search_query
from socialdesk.networks.x.questions import (
    LOOKUP,
    SEARCH,
    Listing,
    Questions,
    id_part,
    mentions_of,
    token_of,
)
from socialdesk.networks.x.server import Paid, Server

CAN: Final = (
    Can.FETCH | Can.REPLY | Can.HASHTAG | Can.KEYWORD | Can.THREAD | Can.DELETE | Can.RECHECK
    | Can.POST
)  # fmt: skip
MIN_POLL_S: Final = 180  # a search is five times rarer: a quarter of an hour, as X advises
MAX_CHARS: Final = 280
FIRST: Final = 20  # posts of the first page: nobody knows yet how many there are to be paid for
PAGE: Final = 100
THREAD: Final = 15

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class XConnector(PartialConnector):
    """Remote ids are "id", or "id/conversation" of a post that answers another. Cursor:
    `cursor.Walk`. Authors come with the posts, so no profile is ever asked for."""

    def __init__(self, server: Server, me: Me, max_chars: int = MAX_CHARS) -> None:
        self._server, self._me, self._max_chars = server, me, max_chars
        self._questions = Questions(server)

    def pay_from(self, purse: Purse) -> None:
        """From now on."""
        self._server.purse = purse

    # --- reading ---

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One page. The first time mentions go back to `since`; a search shows only its FIRST
        newest hits, because a week of hits can cost a month's money."""
        walk = read_walk(cursor)
        listing, asked = self._listing(watch)
        paid, walk = self._asked(listing, walk, asked, since)
        items, beside = listed(paid.data), read_beside(paid.data)
        keep = read_brand_words(watch.brand_words).keep

        def read(item: Any) -> Mention | None:
            mention = read_post(item, self._me, beside)
            return mention if keep(mention.body) else None

        mentions, rejects = read_each(items, read)
        goes_on = bool(walk.top) or listing is not SEARCH
        after = walk.after(_ids(items), token_of(paid.data), goes_on=goes_on)
        in_order = sorted(reversed(mentions), key=lambda mention: mention.published_at)
        return Page(tuple(in_order), rejects, after.saved(), more=bool(after.at), cost=paid.cost)

    def _listing(self, watch: Watch) -> tuple[Listing, dict[str, Value]]:
        if watch.kind is WatchKind.MENTIONS:
            return mentions_of(self._me.id), {}
        return SEARCH, {"query": search_query(watch, self._me.handle), "sort_order": "recency"}

    def _asked(
        self, listing: Listing, walk: Walk, asked: Mapping[str, Value], since: datetime
    ) -> tuple[Paid, Walk]:
        """The page, and the walk it belongs to: X forgets tokens, and takes no `since_id` of more
        than a week ago in a search."""
        n = PAGE if walk.top else FIRST
        floor: dict[str, Value] = {"since_id": walk.top}
        if not walk.top and listing is not SEARCH:
            floor = {"start_time": _as_time(since)}
        paid = self._questions.page(listing, n, {**asked, **floor}, token=walk.at)
        if walk.at and names_parameter(paid.answer, listing.paging):
            walk = walk.anew()
            paid = self._questions.page(listing, n, {**asked, **floor})
        if walk.top and names_parameter(paid.answer, "since_id"):
            walk = Walk()
            paid = self._questions.page(listing, FIRST, asked)
        return paid, walk

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The root and up to THREAD posts of the last seven days; () for a post that answers
        nobody: whoever answers it names us too, and looking would cost."""
        id_, _, root = remote_id.partition("/")
        if not root:
            return ()
        asked: dict[str, Value] = {"query": f"conversation_id:{root}", "sort_order": "recency"}
        pages = [
            self._questions.lookup([root]).data,
            self._questions.page(SEARCH, THREAD, asked).data,
        ]
        found: dict[str, Mention] = {}
        for data in pages:
            beside = read_beside(data)
            items = _data(data)
            posts, _ = read_each(
                items,
                lambda one, b=beside: read_post(one, self._me, b, Kind.CONTEXT),  # type: ignore[misc]
            )
            found.update({post.uri: post for post in posts if id_part(post.remote_id) != id_})
        return tuple(sorted(found.values(), key=lambda mention: mention.published_at))

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Deleted and protected posts are gone; an edited one is read in its newest version, which
        has an id of its own."""
        asked = {id_part(one): one for one in remote_ids}
        items, gone = self._looked_up(list(asked))
        newer = [last for item in items if (last := _newer_than(item)) and last not in asked]
        newest, _ = self._looked_up(newer)
        mentions, _ = read_each(
            _newest([*items, *newest]), lambda one: read_post(one, self._me, read_beside({}))
        )
        return Recheck(mentions, tuple(asked[id_] for id_ in asked if id_ in gone))

    def _looked_up(self, ids: list[str]) -> tuple[list[Any], set[str]]:
        """The posts that are there, and the ids of those that are not."""
        items: list[Any] = []
        gone: set[str] = set()
        for start in range(0, len(ids), LOOKUP):
            batch = ids[start : start + LOOKUP]
            data = self._questions.lookup(batch, prices.RECHECK_PERCENT).data
            items += _data(data)
            gone |= gone_ids(data)
        return items, gone

    # --- writing ---

    def reply(self, outgoing: Outgoing) -> Posted:
        """X has no key against doubles; it refuses the same words soon after (DUPLICATE)."""
        return replies.send(self._server, self._me, outgoing)

    def post(self, outgoing: Outgoing) -> Posted:
        """The same under nobody's."""
        return replies.send(self._server, self._me, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among our own posts since the first try."""
        return replies.find(self._questions, self._me, outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """The same."""
        return replies.find(self._questions, self._me, outgoing)

    def delete(self, remote_id: str) -> None:
        """One already gone is no error."""
        path = f"/tweets/{id_part(remote_id)}"
        paid = self._server.ask("DELETE", path, prices.DELETE, lambda _: prices.DELETE)
        error = paid.error
        if not (isinstance(error, RefusedError) and error.reason is Refusal.GONE):
            _ = paid.data  # raises what else went wrong

    # --- the account ---

    def card(self) -> Card:
        """Our own profile. The limit is a setting: X does not tell who pays for long posts."""
        return Card(
            self._own(), CAN, LengthRule(self._max_chars, Unit.WEIGHTED), "x", "x.com", MIN_POLL_S,
            prices=prices.POSTING,
        )  # fmt: skip

    def _own(self) -> Author:
        return own_profile(self._server)

    def sign_out(self) -> None:
        """Revoke the sign-in."""
        self._server.revoke()


def own_profile(server: Server) -> Author:
    """Who is signed in. Raises BadAnswerError."""
    paid = server.ask(
        "GET", "/users/me", prices.USER_READ, lambda _: prices.USER_READ,
        params={"user.fields": USER_FIELDS},
    )  # fmt: skip
    try:
        return read_author(paid.data["data"])
    except _UNREADABLE as e:
        raise BadAnswerError("a profile we cannot read") from e


def _data(data: Any) -> list[Any]:
    """The posts of a look-up: all may be gone, which is no bad answer."""
    if not isinstance(data, Mapping) or not ("data" in data or "errors" in data or "meta" in data):
        raise BadAnswerError("posts we cannot read")
    found = data.get("data")
    return found if isinstance(found, list) else []


def _ids(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Mapping) and isinstance(item.get("id"), str):
            yield item["id"]


def _newer_than(item: Any) -> str:
    """The id of a newer version than this one, "" = it is the newest."""
    try:
        last = last_id(item)
        return last if last != item["id"] else ""
    except _UNREADABLE:
        return ""


def _newest(items: list[Any]) -> list[Any]:
    """Of each post only its newest version here."""
    found: dict[Any, Any] = {}
    for n, item in enumerate(items):
        try:
            found[first_id(item)] = item
        except _UNREADABLE:
            found[n] = item
    return list(found.values())


def _as_time(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
