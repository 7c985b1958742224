"""One website or brand watched on Hacker News.

Source: algolia/hn-search README (search_by_date, items, users); its issue #230: at most 1000 hits
of a query can be reached, so the walk goes back by time and not by page.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

import requests

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.hackernews.items import (
    is_live,
    read_hit,
    read_live,
    read_node,
    times_of,
    user_url,
)
from socialdesk.networks.http import Answer, Value, asked_wait_s, get_json, raise_for
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.values import read_time, text_of
from socialdesk.networks.walks import OVERLAP, Walk, as_text, begin_walk, step

SEARCH: Final = "https://hn.algolia.com/api/v1"
LIVE: Final = "https://hacker-news.firebaseio.com/v0"
PAGE_SIZE: Final = 100
MIN_POLL_S: Final = 120
LAG: Final = timedelta(hours=1)  # the index runs behind, and flags come late
BACK_OFF_S: Final = 300.0  # nothing is said of how long to wait
MAX_THREAD: Final = 200  # posts shown around one
MAX_DEPTH: Final = 500
CAN: Final = Can.FETCH | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.RECHECK
LENGTH: Final = LengthRule(10_000)  # never counted: answers are written in the browser
_WORDS_IN: Final = "title,comment_text,url,story_text"  # and not in people's names
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class HackerNewsConnector(PartialConnector):
    """Remote ids are item ids, people are called by their page. Cursor: see `walks.Walk`."""

    def __init__(self, http: requests.Session, site: str) -> None:
        self._http, self._site = http, site

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """At most PAGE_SIZE hits, one step further back on the walk under way."""
        walk = begin_walk(cursor, since)
        hits = self._hits(watch, walk)
        is_named = _names(self._site if watch.kind is WatchKind.MENTIONS else watch.query)
        keep = read_brand_words(watch.brand_words).keep

        def read(hit: Any) -> Mention | None:
            mention = read_hit(hit)
            words = f"{mention.title}\n{mention.body}"
            linked = "\n".join(one.url for one in mention.attachments)
            return mention if is_named(f"{words}\n{linked}") and keep(words) else None

        mentions, rejects = read_each(hits, read)
        after = _after(walk, hits)
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        return Page(tuple(in_order), rejects, after.saved(), more=bool(after.at))

    def _hits(self, watch: Watch, walk: Walk) -> list[Any]:
        params: dict[str, Value] = {
            **_query(watch, self._site),
            "tags": "(story,comment)",
            "numericFilters": _window(walk),
            "hitsPerPage": PAGE_SIZE,
            "typoTolerance": False,
            "advancedSyntax": True,
        }
        data = self._get(f"{SEARCH}/search_by_date", params)
        hits = data.get("hits") if isinstance(data, dict) else None
        if not isinstance(hits, list):
            raise BadAnswerError("a search we cannot read")
        return hits

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """What stands above, and what hangs below, oldest first. A story of thousands of comments
        is more than we read: then only what hangs below."""
        own = self._item(remote_id)
        if own is None:
            return ()
        root_id = str(own.get("story_id") or "")
        is_below = root_id.isdecimal() and root_id != remote_id
        tree = self._whole(root_id) if is_below else None
        nodes = [*(_above(tree, remote_id) if tree else ()), *_below(own)]
        mentions, _ = read_each(nodes[:MAX_THREAD], read_node)
        return tuple(sorted(mentions, key=lambda mention: mention.published_at))

    def _whole(self, story_id: str) -> dict[str, Any] | None:
        try:
            return self._item(story_id)
        except RefusedError:
            return None

    def _item(self, item_id: str) -> dict[str, Any] | None:
        try:
            item = self._get(f"{SEARCH}/items/{quote(item_id, safe='')}")
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise
        if not isinstance(item, dict):
            raise BadAnswerError("a thread we cannot read")
        return item

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """The Firebase item API knows at once what is edited, deleted or dead; the index lags."""
        asked = list(dict.fromkeys(remote_ids))
        items = {id_: self._get(f"{LIVE}/item/{quote(id_, safe='')}.json") for id_ in asked}
        mentions, _ = read_each([item for item in items.values() if is_live(item)], read_live)
        return Recheck(mentions, tuple(id_ for id_, item in items.items() if not is_live(item)))

    def profile(self, author_remote_id: str) -> Author:
        """There are no followers here, and no names but the handle."""
        name = author_remote_id.rpartition("=")[2]
        data = self._get(f"{SEARCH}/users/{name}")
        try:
            handle = text_of(data["username"])
        except _UNREADABLE:
            raise BadAnswerError("a profile we cannot read") from None
        return Author(user_url(handle), handle=handle, url=user_url(handle))

    def card(self) -> Card:
        """Asks for one hit, to know that the search answers."""
        self._get(f"{SEARCH}/search_by_date", {"hitsPerPage": 1})
        own = Author(f"https://{self._site}/", handle=self._site, url=f"https://{self._site}/")
        host = urlsplit(SEARCH).hostname or ""
        return Card(own, CAN, LENGTH, "hackernews", host, MIN_POLL_S)

    def _get(self, url: str, params: dict[str, Value] | None = None) -> Any:
        return get_json(self._http, url, params, check=_check).data


def _check(answer: Answer) -> None:
    """Nobody is signed in here, so a 401 is no lost sign-in."""
    if answer.status == 429:
        raise RateLimitedError(asked_wait_s(answer.headers) or BACK_OFF_S)
    if answer.status == 401:
        raise RefusedError(Refusal.PERMISSION, f"HTTP 401 from {answer.host}")
    raise_for(replace(answer, words=""))  # words may quote the query


def _query(watch: Watch, site: str) -> dict[str, Value]:
    """What is searched, and where."""
    match watch.kind:
        case WatchKind.MENTIONS:
            return {"query": f'"{site}"', "restrictSearchableAttributes": "url,comment_text,"
                    "story_text"}  # fmt: skip
        case WatchKind.KEYWORD:
            return {"query": _phrase(watch.query), "restrictSearchableAttributes": _WORDS_IN}
        case _:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")


def _phrase(query: str) -> str:
    """In quotes, unless the person uses the search's own signs."""
    return query if _has_signs(query) else f'"{query.strip()}"'


def _has_signs(query: str) -> bool:
    return '"' in query or query.startswith("-") or " -" in query


def _names(query: str) -> Callable[[str], bool]:
    """Whether the words truly stand there: the search takes beginnings of words too."""
    if _has_signs(query):
        return lambda text: True
    return read_brand_words(query.strip().lstrip("+")).keep


def _window(walk: Walk) -> str:
    """From the walk's floor to where it stands. Both ends are asked for again."""
    floor = read_time(walk.floor)
    if walk.seen:
        floor -= LAG - OVERLAP
    lower = f"created_at_i>{math.floor(floor.timestamp()) - 1}"
    if not walk.at:
        return lower
    return f"{lower},created_at_i<{math.floor(read_time(walk.at).timestamp()) + 1}"


def _after(walk: Walk, hits: list[Any]) -> Walk:
    """A full page goes on before its oldest hit. Times below the floor are of the overlap."""
    times = list(times_of(hits))
    floor = read_time(walk.floor)
    goes_on = as_text(min(times)) if times and len(hits) >= PAGE_SIZE else ""
    return step(walk, [max(time, floor) for time in times], goes_on)


def _above(tree: dict[str, Any], item_id: str) -> list[dict[str, Any]]:
    """The nodes on the way from the story to the item, itself left out."""
    paths: list[list[dict[str, Any]]] = [[tree]]
    while paths:
        path = paths.pop()
        if str(path[-1].get("id")) == item_id:
            return path[:-1]
        if len(path) < MAX_DEPTH:
            paths += [[*path, child] for child in _children(path[-1])]
    return [tree]


def _below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All answers, breadth first."""
    waiting = _children(node)
    for one in waiting:
        yield one
        if len(waiting) < MAX_THREAD:
            waiting += _children(one)


def _children(node: dict[str, Any]) -> list[dict[str, Any]]:
    below = node.get("children")
    return [one for one in below if isinstance(one, dict)] if isinstance(below, list) else []
