"""One website or brand watched on one site of Stack Exchange."""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, Reject, raw_bytes, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.stackexchange.api import Api, Told
from socialdesk.networks.stackexchange.mark import read_mark
from socialdesk.networks.stackexchange.posts import (
    ANSWER,
    QUESTION,
    number_id,
    question_uri,
    read_answer,
    read_author,
    read_comment,
    read_question,
    times_of,
)
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import Walk, as_text, begin_walk, step

PAGE_SIZE: Final = 100  # the API's maximum, for lists and for ids in one question
MIN_POLL_S: Final = 900
CAN: Final = Can.FETCH | Can.HASHTAG | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.RECHECK
LENGTH: Final = LengthRule(30_000)  # never counted: answers are written in the browser
WITH_BODY: Final = "withbody"
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)

Reader = Callable[[dict[str, Any], str, Kind], Mention]


class StackExchangeConnector(PartialConnector):
    """`host`: the site's own address, which names posts; `website`: whose links are mentions.
    Cursor: see `mark.Mark`."""

    def __init__(self, api: Api, host: str, website: str) -> None:
        self._api, self._host, self._website = api, host, website

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """At most PAGE_SIZE hits, one step further back; a pause the API asks for ends the walk
        for now, and it goes on from there."""
        mark = read_mark(cursor)
        walk = begin_walk(mark.walk, since)
        told = self._api.get(*_listing(watch, self._website, walk))
        mentions, rejects, ids = self._read(watch, told, mark.known)
        keep = read_brand_words(watch.brand_words).keep
        kept = [m for m in mentions if keep(f"{m.title}\n{m.body}")]
        after = step(walk, times_of(told.items), _goes_on(told))
        in_order = sorted(kept, key=lambda mention: mention.published_at)
        return Page(
            tuple(in_order),
            rejects,
            mark.after(after, ids).saved(),
            more=bool(after.at) and not told.wish_s,
            next_poll_s=told.wish_s,
        )

    def _read(
        self, watch: Watch, told: Told, known: Sequence[str]
    ) -> tuple[list[Mention], tuple[Reject, ...], list[str]]:
        """The posts of a list, each whole: a search only names them. Third: which are done."""
        if watch.kind is WatchKind.HASHTAG:
            mentions, rejects = read_each(
                told.items, lambda item: read_question(item, self._host, Kind.POST)
            )
            return list(mentions), rejects, []
        names: list[str] = []
        bad: list[Reject] = []
        for item in told.items:
            try:
                names.append(_name(item))
            except _UNREADABLE as e:
                bad.append(Reject(raw_bytes(item), f"{type(e).__name__}: {e}"[:200]))
        fresh = [name for name in dict.fromkeys(names) if name not in known]
        if fresh:
            told.spend()
        found, rejects = self._posts(fresh)
        return found, (*bad, *rejects), fresh

    def _posts(self, remote_ids: Sequence[str]) -> tuple[list[Mention], tuple[Reject, ...]]:
        """These posts as they are now; what is deleted is left out."""
        mentions: list[Mention] = []
        rejects: list[Reject] = []
        for kind, read in _READERS.items():
            ids = [one.rpartition("/")[2] for one in remote_ids if one.startswith(kind + "/")]
            if ids:
                path = f"/{kind}s/{';'.join(ids)}"
                told = self._api.get(path, {"filter": WITH_BODY, "pagesize": PAGE_SIZE})
                found, bad = read_each(told.items, self._reader(read))
                mentions += found
                rejects += bad
        return mentions, tuple(rejects)

    def _reader(self, read: Reader) -> Callable[[Any], Mention]:
        return lambda item: read(item, self._host, Kind.POST)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The question, its answers and their comments, oldest first."""
        question_id = _question_of(remote_id)
        asked: dict[str, Value] = {"filter": WITH_BODY, "pagesize": PAGE_SIZE}
        question = self._api.get(f"/questions/{question_id}", asked)
        if not question.items:
            return ()
        question.spend()
        answers = self._api.get(f"/questions/{question_id}/answers", asked)
        posts = [*self._context(question, read_question), *self._context(answers, read_answer)]
        parents = {m.remote_id.rpartition("/")[2]: m.uri for m in posts}
        answers.spend()
        told = self._api.get(f"/posts/{';'.join(list(parents)[:PAGE_SIZE])}/comments", asked)
        root = question_uri(self._host, question_id)
        comments, _ = read_each(
            told.items, lambda item: read_comment(item, self._host, root, parents)
        )
        others = [m for m in (*posts, *comments) if m.remote_id != remote_id]
        return tuple(sorted(others, key=lambda mention: mention.published_at))

    def _context(self, told: Told, read: Reader) -> tuple[Mention, ...]:
        return read_each(told.items, lambda item: read(item, self._host, Kind.CONTEXT))[0]

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Deleted posts are left out of the answer without a word."""
        asked = list(dict.fromkeys(remote_ids))[:PAGE_SIZE]
        mentions, rejects = self._posts(asked)
        if rejects:  # a bad item says nothing about which one it is
            return Recheck(tuple(mentions), ())
        there = {mention.remote_id for mention in mentions}
        return Recheck(tuple(mentions), tuple(one for one in asked if one not in there))

    def profile(self, author_remote_id: str) -> Author:
        """There are no followers here."""
        user_id = author_remote_id.rpartition("/")[2]
        if not user_id.isdecimal():
            raise RefusedError(Refusal.GONE, "this account is deleted")
        told = self._api.get(f"/users/{user_id}")
        if not told.items:
            raise RefusedError(Refusal.GONE, "this account is deleted")
        try:
            return read_author(dict(told.items[0]), self._host)
        except _UNREADABLE:
            raise BadAnswerError("a profile we cannot read") from None

    def card(self) -> Card:
        """Asks for one question, to know that site and key are right."""
        self._api.get("/questions", {"pagesize": 1})
        remote_id = f"https://{self._website}/#{self._api.site}"
        own = Author(remote_id, handle=self._website, url=f"https://{self._website}/")
        return Card(own, CAN, LENGTH, "stackexchange", self._host, MIN_POLL_S)


_READERS: Final[dict[str, Reader]] = {QUESTION: read_question, ANSWER: read_answer}


def _listing(watch: Watch, website: str, walk: Walk) -> tuple[str, dict[str, Value]]:
    """Path and parameters of a watch's list, between the walk's floor and where it stands."""
    asked: dict[str, Value] = {
        "order": "desc",
        "sort": "creation",
        "pagesize": PAGE_SIZE,
        "fromdate": math.floor(read_time(walk.floor).timestamp()),
        "todate": math.floor(read_time(walk.at).timestamp()) if walk.at else None,
    }
    match watch.kind:
        case WatchKind.HASHTAG:
            tag = watch.query.lstrip("#＃").strip()
            return "/questions", {**asked, "tagged": tag, "filter": WITH_BODY}
        case WatchKind.KEYWORD:
            return "/search/excerpts", {**asked, "q": _phrase(watch.query)}
        case WatchKind.MENTIONS:
            return "/search/excerpts", {**asked, "url": f"*{website}*"}
        case _:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")


def _phrase(query: str) -> str:
    """Several words are one name, unless the person quotes by themselves."""
    query = query.strip()
    return f'"{query}"' if " " in query and '"' not in query else query


def _goes_on(told: Told) -> str:
    """A full page goes on before its oldest post."""
    times = list(times_of(told.items))
    return as_text(min(times)) if times and told.has_more else ""


def _name(item: dict[str, Any]) -> str:
    """The remote id of a hit. Raises KeyError, ValueError."""
    question_id = number_id(item["question_id"])
    if item["item_type"] == ANSWER:
        return f"{ANSWER}/{question_id}/{number_id(item['answer_id'])}"
    if item["item_type"] != QUESTION:
        raise ValueError("neither question nor answer")
    return f"{QUESTION}/{question_id}"


def _question_of(remote_id: str) -> str:
    question_id = remote_id.split("/")[1] if "/" in remote_id else ""
    if not question_id.isdecimal():
        raise RefusedError(Refusal.GONE, "no post of this site")
    return question_id
