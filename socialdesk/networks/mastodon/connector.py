"""One signed-in account on a server that speaks Mastodon's API."""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import requests

from socialdesk.domain.account import Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.http import Answer, Value, pause_s
from socialdesk.networks.mastodon.instance import Place, habits_of, read_card
from socialdesk.networks.mastodon.pictures import is_picture_read, upload_picture
from socialdesk.networks.mastodon.replies import (
    change_reply,
    look_for_post,
    look_for_reply,
    send_post,
    send_reply,
)
from socialdesk.networks.mastodon.server import Server, expect_list, status_path
from socialdesk.networks.mastodon.statuses import (
    Found,
    Me,
    kind_among_others,
    names_us,
    parent_id,
    read_author,
    read_id,
    read_status,
    read_time,
)
from socialdesk.networks.mastodon.walk import read_walk
from socialdesk.networks.values import parts_of

NOTIFICATIONS: Final = 80  # a page; the API's maximum
STATUSES: Final = 40
BATCH: Final = 20  # ids in one question
MAX_SINGLE: Final = 20  # parents asked for one by one, where a server has no batches

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError)


class MastodonConnector:
    """Remote ids are the server's own. Cursor: see `walk.Walk`."""

    def __init__(
        self, session: requests.Session, server: Server, place: Place, own_id: str
    ) -> None:
        self._session, self._server, self._place = session, server, place
        self._me = Me(own_id, place.host)
        self._habits = habits_of(place.software)

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """The next page of a walk: back to `since` at first, then what is new."""
        walk = read_walk(cursor)
        answer = self._ask(watch, walk.params())
        items = _items(watch, answer.data)
        pause = math.ceil(pause_s(answer.headers))
        parents = self._parents([_status_of(item) for item in items])
        keep = read_brand_words(watch.brand_words).keep

        def read(item: Any) -> Mention | None:
            mention = self._read_item(watch, item, parents)
            if mention is None or (walk.is_backfill and mention.published_at < since):
                return None
            return mention if keep(mention.body) else None

        mentions, rejects = read_each(items, read)
        after, more = walk.after(list(_ids(items)), is_old=_reaches(items, since))
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        return Page(
            tuple(in_order), rejects, after.saved(), more=more and not pause, next_poll_s=pause
        )

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """Ancestors and descendants that this server knows."""
        context = self._server.get(status_path(remote_id, "/context"))
        if not isinstance(context, dict):
            raise BadAnswerError("the thread came unreadably")
        above = expect_list(context.get("ancestors"), "the thread")
        below = expect_list(context.get("descendants"), "the thread")
        parents = self._parents([*above, *below])
        found = Found(Kind.CONTEXT, parents)
        mentions, _ = read_each([*above, *below], lambda one: read_status(one, self._me, found))
        return tuple(sorted(mentions, key=lambda mention: mention.published_at))

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Ask for the posts again; what a batch leaves out is asked for by itself, because only a
        404 means that it is gone."""
        ids = list(remote_ids)
        found = {id_: status for batch in self._batches(ids) for id_, status in batch}
        gone = []
        for remote_id in ids:
            if remote_id not in found:
                status = self._maybe_status(remote_id)
                if status is None:
                    gone.append(remote_id)
                else:
                    found[remote_id] = status
        parents = self._parents(list(found.values()))

        def read(status: Any) -> Mention:
            again = Found(kind_among_others(status, self._me), parents)
            return read_status(status, self._me, again)

        mentions, _ = read_each(found.values(), read)
        return Recheck(mentions, tuple(gone))

    def profile(self, author_remote_id: str) -> Author:
        """Looked up by handle; where that fails, the server searches for the address."""
        account = self._look_up(author_remote_id) or self._search_account(author_remote_id)
        try:
            return read_author(account, self._me)
        except _UNREADABLE:
            pass
        raise BadAnswerError("the profile came unreadably")

    def reply(self, outgoing: Outgoing) -> Posted:
        """With the key, which Mastodon honours for an hour and others ignore."""
        return send_reply(self._server, self._me, self._habits, outgoing)

    def post(self, outgoing: Outgoing) -> Posted:
        """With the key, as a reply."""
        return send_post(self._server, self._habits, outgoing)

    def upload(self, picture: Picture, content: bytes) -> tuple[str, bool]:
        """Its id, and whether it is read already."""
        return upload_picture(self._server, picture, content)

    def is_uploaded(self, name: str) -> bool:
        """Whether the server has read it."""
        return is_picture_read(self._server, name)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among our own posts, then in the thread."""
        return look_for_reply(self._server, self._me, outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Among our own posts."""
        return look_for_post(self._server, self._me, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """PUT, where the server has it."""
        return change_reply(self._server, self._me, self._habits, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """DELETE; 404 means that it is done."""
        try:
            self._server.delete(status_path(remote_id))
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise

    def card(self) -> Card:
        """Our account and the instance's limits."""
        return read_card(self._session, self._server, self._place)[0]

    def sign_out(self) -> None:
        """Revoke the token."""
        self._server.revoke()

    # --- what a watch asks ---

    def _ask(self, watch: Watch, paging: dict[str, Value]) -> Answer:
        match watch.kind:
            case WatchKind.MENTIONS:
                params: dict[str, Value] = {
                    "types[]": list(self._habits.types),
                    "limit": NOTIFICATIONS,
                    # else the account's own filters hide people it has not met
                    "include_filtered": True,
                }
                return self._server.get_answer("/api/v1/notifications", {**params, **paging})
            case WatchKind.HASHTAG:
                tag = quote(watch.query.lstrip("#"), safe="")
                path = f"/api/v1/timelines/tag/{tag}"
                return self._server.get_answer(path, {"limit": STATUSES, **paging})
            case WatchKind.KEYWORD:
                asked: dict[str, Value] = {"q": watch.query, "type": "statuses", "limit": STATUSES}
                return self._server.get_answer("/api/v2/search", {**asked, **paging})
            case _:
                raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")

    def _read_item(self, watch: Watch, item: Any, parents: dict[str, str]) -> Mention | None:
        if watch.kind is not WatchKind.MENTIONS:
            found = Found(kind_among_others(item, self._me), parents)
            return read_status(item, self._me, found)
        status, why = item["status"], item["type"]
        if status is None or why not in self._habits.types:
            return None  # the post is gone, or a server that does not filter
        if why == "update" and not names_us(status, self._me):
            return None  # a post we only boosted
        return read_status(status, self._me, Found(None, parents))

    # --- other posts ---

    def _parents(self, statuses: list[Any]) -> dict[str, str]:
        """The uris of the posts these answer, by id: threads hang together by them. What cannot
        be told now is left out; no page is lost for it."""
        if not any(isinstance(one, dict) and one.get("in_reply_to_id") for one in statuses):
            return {}
        known: dict[str, str] = {}
        wanted: dict[str, None] = {}
        for status in statuses:
            try:
                known[read_id(status["id"])] = read_id(status["uri"])
                if above := parent_id(status):
                    wanted[above] = None
            except _UNREADABLE:
                continue
        missing = [one for one in wanted if one not in known]
        try:
            for batch in self._batches(missing):
                known.update({id_: read_id(status["uri"]) for id_, status in batch})
            if not self._habits.has_batches:
                for one in missing[:MAX_SINGLE]:
                    if status := self._maybe_status(one):
                        known[one] = read_id(status["uri"])
        except (ConnectorError, *_UNREADABLE):
            return known
        return known

    def _batches(self, ids: list[str]) -> Iterator[list[tuple[str, Any]]]:
        """The posts of these ids that the server gives, where it can give several."""
        if not self._habits.has_batches:
            return
        for start in range(0, len(ids), BATCH):
            try:
                found = self._server.get("/api/v1/statuses", {"id[]": ids[start : start + BATCH]})
            except RefusedError:
                return  # Mastodon before 4.3
            yield [(str(s["id"]), s) for s in expect_list(found, "the posts") if _has_id(s)]

    def _maybe_status(self, remote_id: str) -> Any | None:
        """The post, None when the server says that there is none."""
        try:
            return self._server.get(status_path(remote_id))
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise

    # --- people ---

    def _look_up(self, remote_id: str) -> Any | None:
        acct = _acct_of(remote_id)
        if not acct:
            return None
        name, _, host = acct.partition("@")
        acct = name if host == self._me.host else acct
        try:
            return self._server.get("/api/v1/accounts/lookup", {"acct": acct})
        except RefusedError as e:
            if e.reason is Refusal.PERMISSION:
                raise
            return None

    def _search_account(self, remote_id: str) -> Any:
        params: dict[str, Value] = {"q": remote_id, "type": "accounts", "limit": 1, "resolve": True}
        answer = self._server.get("/api/v2/search", params)
        found = answer.get("accounts") if isinstance(answer, dict) else None
        accounts = expect_list(found, "the search")
        if not accounts:
            raise RefusedError(Refusal.GONE, "nobody is found under that address")
        return accounts[0]


def _items(watch: Watch, data: Any) -> list[Any]:
    """What a page lists. Raises BadAnswerError."""
    if watch.kind is WatchKind.KEYWORD:
        data = data.get("statuses") if isinstance(data, dict) else None
    return expect_list(data, watch.kind.value)


def _acct_of(remote_id: str) -> str:
    """`name@host` of a profile's address, "" when it does not look like one."""
    if not remote_id.startswith("http"):
        return remote_id
    parts = parts_of(remote_id)
    last = parts.path.strip("/").removeprefix("users/").removeprefix("@")
    return f"{last}@{parts.netloc}" if last and "/" not in last else ""


def _has_id(status: Any) -> bool:
    return isinstance(status, dict) and isinstance(status.get("id"), str)


def _status_of(item: Any) -> Any:
    """The post of a notification; a post is its own."""
    status = item.get("status") if isinstance(item, dict) else None
    return status if isinstance(status, dict) else item


def _ids(items: list[Any]) -> Iterator[str]:
    for item in items:
        try:
            yield read_id(item["id"])
        except _UNREADABLE:
            continue


def _reaches(items: list[Any], since: datetime) -> bool:
    """Whether the page goes further back than `since`. Its last readable time decides."""
    for item in reversed(items):
        try:
            return read_time(item["created_at"]) < since
        except _UNREADABLE:
            continue
    return False
