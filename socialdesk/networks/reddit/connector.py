"""One signed-in account on Reddit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.reddit.api import Api, pause_s
from socialdesk.networks.reddit.oauth import TokenDesk
from socialdesk.networks.reddit.replies import (
    change,
    look_for_post,
    look_for_reply,
    send_post,
    send_reply,
    take_off,
)
from socialdesk.networks.reddit.things import (
    COMMENT,
    LINK,
    MESSAGE,
    is_gone,
    read_profile,
    read_thing,
    split,
)
from socialdesk.networks.reddit.threads import children_of, read_thread
from socialdesk.networks.rounds import read_round
from socialdesk.networks.tokens import Renewing
from socialdesk.networks.values import unix_time
from socialdesk.networks.walks import begin_walk, step

PAGE_SIZE: Final = 100  # the API's maximum, for lists and for ids in one question
MIN_POLL_S: Final = 120
SOFTWARE: Final = "reddit"
LENGTH: Final = LengthRule(10_000)
CAN: Final = (
    Can.FETCH | Can.REPLY | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.EDIT | Can.DELETE
    | Can.RECHECK | Can.SEEN | Can.POST
)  # fmt: skip
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError)


@frozen
class _Listed:
    """One list of a watch. `kind`: why its things came, None = each says it."""

    name: str
    path: str
    kind: Kind | None
    params: Mapping[str, Value] = field(default_factory=dict)


class RedditConnector:
    """Remote ids are fullnames (t1_, t3_, t4_), people are called by their page. Cursor: see
    `rounds.Round`."""

    def __init__(self, api: Api, renewing: Renewing, desk: TokenDesk) -> None:
        self._api, self._renewing, self._desk = api, renewing, desk

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One page of the first list that is not read to its end. All that is on it is given:
        the search lags by minutes. Lists are walked from the newest back, never with `before`,
        which is empty for ever once the post it names was deleted."""
        lists = {one.name: one for one in _lists(watch)}
        turn = read_round(cursor, tuple(lists))
        listed = lists[turn.todo[0]]
        walk = begin_walk(turn.cursor_of(listed.name), since)
        params = {**listed.params, "limit": PAGE_SIZE, "after": walk.at}
        answer = self._api.get(listed.path, params)
        things, goes_on = _listing(answer.data)
        keep = read_brand_words(watch.brand_words).keep

        def read(thing: Any) -> Mention | None:
            mention = read_thing(thing, self._api.name, listed.kind)
            if mention is None or (not walk.seen and mention.published_at < since):
                return None
            return mention if keep(f"{mention.title}\n{mention.body}") else None

        mentions, rejects = read_each(things, read)
        turn = turn.after(listed.name, step(walk, _times(things), goes_on))
        pause = pause_s(answer)
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        more = bool(turn.todo) and not pause
        return Page(tuple(in_order), rejects, turn.saved(), more=more, next_poll_s=pause)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The submission, the comments above, and those below."""
        return read_thread(self._api, remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """A hundred at a time; messages one by one, because no call takes several."""
        asked = list(dict.fromkeys(remote_ids))
        posts = [one for one in asked if one.startswith((f"{COMMENT}_", f"{LINK}_"))]
        found: dict[str, Any] = {}
        for start in range(0, len(posts), PAGE_SIZE):
            ids = ",".join(posts[start : start + PAGE_SIZE])
            things, _ = _listing(self._api.get("/api/info", {"id": ids}).data)
            found.update(_by_name(things))
        for one in asked:
            if one.startswith(f"{MESSAGE}_"):
                found.update(self._message(one))
        here = {name: thing for name, thing in found.items() if not is_gone(thing["data"])}
        mentions, _ = read_each(
            here.values(), lambda thing: read_thing(thing, self._api.name, Kind.POST)
        )
        return Recheck(mentions, tuple(one for one in asked if one not in here))

    def _message(self, fullname: str) -> dict[str, Any]:
        """It and the answers below it, by fullname; {} when it is gone."""
        try:
            path = f"/message/messages/{split(fullname)[1]}"
            things, _ = _listing(self._api.get(path).data)
        except RefusedError as e:
            if e.reason in (Refusal.GONE, Refusal.PERMISSION):
                return {}
            raise
        below = [one for thing in things for one in children_of(thing)]
        return {name: one for name, one in _by_name([*things, *below]).items() if name == fullname}

    def profile(self, author_remote_id: str) -> Author:
        """Gone and hidden people are both a 404."""
        name = author_remote_id.rpartition("/")[2]
        data = self._api.get(f"/user/{quote(name, safe='')}/about").data
        try:
            return read_profile(data["data"])
        except _UNREADABLE:
            pass
        raise BadAnswerError("the profile came unreadably")

    def reply(self, outgoing: Outgoing) -> Posted:
        """No key guards against a second one, and Reddit takes the same words twice."""
        return send_reply(self._api, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among our own newest."""
        return look_for_reply(self._api, outgoing)

    def post(self, outgoing: Outgoing) -> Posted:
        """On the account's own page, under its first words as title."""
        return send_post(self._api, outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Among our own newest."""
        return look_for_post(self._api, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """The words; a title stays as it was."""
        return change(self._api, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """Deleting what is gone is a success there too."""
        take_off(self._api, remote_id)

    def is_public(self, remote_id: str) -> bool | None:
        """False when moderators took it away for all to see; True when others voted on it. A
        silent removal shows us our post as if nothing were: None."""
        if remote_id.startswith(f"{MESSAGE}_"):
            return True
        things, _ = _listing(self._api.get("/api/info", {"id": remote_id}).data)
        thing = _by_name(things).get(remote_id)
        if thing is None or is_gone(thing["data"]) or thing["data"].get("spam") is True:
            return False
        score = thing["data"].get("score")
        return True if type(score) is int and score != 1 else None

    def card(self) -> Card:
        """Our own account."""
        data = self._api.get("/api/v1/me").data
        try:
            own = read_profile(data)
        except _UNREADABLE:
            raise BadAnswerError("the account came unreadably") from None
        return Card(own, CAN, LENGTH, SOFTWARE, "www.reddit.com", MIN_POLL_S)

    def sign_out(self) -> None:
        """Revoke the refresh token."""
        self._desk.revoke(self._renewing.tokens)


def _lists(watch: Watch) -> tuple[_Listed, ...]:
    if watch.kind is WatchKind.MENTIONS:
        return (
            _Listed("inbox", "/message/inbox", None),
            _Listed("mentions", "/message/mentions", Kind.MENTION),
        )
    if watch.kind is not WatchKind.KEYWORD:
        raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
    query = watch.query.strip()
    if query.startswith("r/"):
        place = quote(query.removeprefix("r/").strip("/"), safe="+")
        return (
            _Listed("new", f"/r/{place}/new", Kind.POST),
            _Listed("comments", f"/r/{place}/comments", Kind.COMMENT),
        )
    asked: dict[str, Value] = {"q": _phrase(query), "sort": "new", "type": "link"}
    return (_Listed("search", "/search", Kind.POST, asked),)


def _phrase(query: str) -> str:
    """Several words are one name, unless the person uses the search's own signs."""
    is_plain = " " in query and not any(sign in query for sign in '":()')
    return f'"{query}"' if is_plain and not {"AND", "OR", "NOT"} & set(query.split()) else query


def _listing(data: Any) -> tuple[list[Any], str]:
    """The things of a listing and the name of its last, "" when it ends. Raises BadAnswerError."""
    inner = data.get("data") if isinstance(data, dict) else None
    things = inner.get("children") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(things, list):
        raise BadAnswerError("a list we cannot read")
    after = inner.get("after") or ""
    if not isinstance(after, str):
        raise BadAnswerError("a list we cannot read")
    return things, after


def _by_name(things: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for thing in things:
        try:
            found["_".join(split(thing["data"]["name"]))] = thing
        except _UNREADABLE:
            continue
    return found


def _times(things: list[Any]) -> Iterator[datetime]:
    for thing in things:
        try:
            yield unix_time(thing["data"]["created_utc"])
        except _UNREADABLE:
            continue
