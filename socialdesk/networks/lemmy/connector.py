"""One signed-in account on one Lemmy server."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from socialdesk.domain.account import Can, Card, Watch
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.lemmy.api import Api
from socialdesk.networks.lemmy.dialect import Listed
from socialdesk.networks.lemmy.views import (
    COMMENT,
    NOTIFIED,
    POST,
    is_gone,
    number_id,
    parent_of,
    read_author,
    read_view,
    when,
)
from socialdesk.networks.read_back import is_same
from socialdesk.networks.rounds import read_round
from socialdesk.networks.values import text_or
from socialdesk.networks.walks import begin_walk, step

MIN_POLL_S: Final = 120
THREAD: Final = 50  # comments shown around one
DEPTH: Final = 8  # levels of answers; the API's maximum
LENGTH: Final = LengthRule(10_000)
SOFTWARE: Final = "lemmy"
CAN: Final = (
    Can.FETCH | Can.REPLY | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.EDIT | Can.DELETE
    | Can.RECHECK
)  # fmt: skip
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError)


class LemmyConnector:
    """Remote ids are "comment/post/comment" and "post/post", numbers of this server; people are
    called by their address. Cursor: see `rounds.Round`."""

    def __init__(self, api: Api, own_id: str) -> None:
        self._api, self._own_id = api, own_id
        self._dialect = api.dialect

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One page of the first list that is not read to its end. All that is on it is given,
        what lies below the floor too: comments come from other servers hours late, in the order
        of their own clocks."""
        lists = {one.name: one for one in self._dialect.lists(watch)}
        walks = read_round(cursor, tuple(lists))
        listed = lists[walks.todo[0]]
        walk = begin_walk(walks.cursor_of(listed.name), since)
        params = {**listed.params, **self._dialect.paging(walk.at)}
        data = self._api.get(listed.path, params)
        items = _items(data, listed.key)
        keep = read_brand_words(watch.brand_words).keep

        def read(item: Any) -> Mention | None:
            mention = self._mention(item, listed)
            if mention is None or (not walk.seen and mention.published_at < since):
                return None
            return mention if keep(f"{mention.title}\n{mention.body}") else None

        mentions, rejects = read_each(items, read)
        goes_on = self._dialect.next_at(walk.at, data, len(items))
        walks = walks.after(listed.name, step(walk, _times(items), goes_on))
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        return Page(tuple(in_order), rejects, walks.saved(), more=bool(walks.todo))

    def _mention(self, item: Any, listed: Listed) -> Mention | None:
        if listed.kind is not None:
            return self._read(item, listed.kind)
        kind = NOTIFIED.get(item["notification"]["kind"])
        if kind is None or item["data"]["type_"] not in (COMMENT, POST):
            return None
        return self._read(item["data"], kind)

    def _read(self, view: dict[str, Any], kind: Kind) -> Mention | None:
        return read_view(view, self._own_id, kind, self._api.base)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The post, and the comments below it or around this one, oldest first."""
        kind, post_id, comment_id = _parts(remote_id)
        asked: dict[str, Any] = {"post_id": int(post_id), "max_depth": DEPTH, "limit": THREAD,
                                 "sort": self._old, "type_": self._all}  # fmt: skip
        if kind == COMMENT:
            own = self._look(remote_id)
            if own is None:
                return ()
            asked["parent_id"] = _top_of(own, comment_id)
        views = _items(self._api.get("/comment/list", asked), self._comments)
        post = self._look(f"{POST}/{post_id}")
        around = [view for view in (post, *views) if isinstance(view, dict)]
        mentions, _ = read_each(around, lambda view: self._read(view, Kind.CONTEXT))
        others = [m for m in mentions if m.remote_id != remote_id]
        return tuple(sorted(others, key=lambda mention: mention.published_at))

    @property
    def _comments(self) -> str:
        return "comments" if self._dialect.version == "v3" else "items"

    @property
    def _old(self) -> str:
        return "Old" if self._dialect.version == "v3" else "old"

    @property
    def _all(self) -> str:
        return "All" if self._dialect.version == "v3" else "all"

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """One by one: there is no call for several."""
        found: list[dict[str, Any]] = []
        gone: list[str] = []
        for remote_id in remote_ids:
            view = self._look(remote_id)
            try:
                is_there = view is not None and not is_gone(view)
            except _UNREADABLE:
                continue  # neither: asked about another time
            if is_there and view is not None:
                found.append(view)
            else:
                gone.append(remote_id)
        mentions, _ = read_each(found, lambda view: self._read(view, Kind.POST))
        return Recheck(mentions, tuple(gone))

    def _look(self, remote_id: str) -> dict[str, Any] | None:
        """The view of a comment or a post, None when the server has none."""
        kind, post_id, comment_id = _parts(remote_id)
        try:
            data = self._api.get(f"/{kind}", {"id": int(comment_id or post_id)})
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise
        view = data.get(f"{kind}_view")
        if not isinstance(view, dict):
            raise BadAnswerError(f"a {kind} we cannot read")
        return view

    def profile(self, author_remote_id: str) -> Author:
        """By name and host, which their address says."""
        parts = urlsplit(author_remote_id)
        name = parts.path.rpartition("/")[2].lstrip("@")
        data = self._api.get(self._dialect.person, {"username": f"{name}@{parts.hostname}"})
        try:
            return read_author(data["person_view"]["person"])
        except _UNREADABLE:
            pass
        raise BadAnswerError("the profile came unreadably")

    def reply(self, outgoing: Outgoing) -> Posted:
        """A comment under a comment or a post. No key guards against a second one."""
        _, post_id, comment_id = _parts(outgoing.parent_remote_id)
        body: dict[str, Any] = {"content": outgoing.text, "post_id": int(post_id)}
        if comment_id:
            body["parent_id"] = int(comment_id)
        return self._made(self._api.post("/comment", body))

    def _made(self, answer: Any) -> Posted:
        try:
            return self._posted(answer["comment_view"])
        except _UNREADABLE:
            pass
        raise UnreachableError(f"{self._api.host} took it and answered unreadably")

    def _posted(self, view: dict[str, Any]) -> Posted:
        comment = view["comment"]
        comment_id, post_id = number_id(comment["id"]), number_id(comment["post_id"])
        url = f"{self._api.base}/comment/{comment_id}"
        return Posted(f"{COMMENT}/{post_id}/{comment_id}", str(comment["ap_id"]), url)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among the newest answers to the parent, those of ours."""
        _, post_id, comment_id = _parts(outgoing.parent_remote_id)
        asked = {"post_id": int(post_id), "parent_id": int(comment_id) if comment_id else None,
                 "max_depth": 1, "sort": self._dialect.newest, "limit": THREAD,
                 "type_": self._all}  # fmt: skip
        for view in _items(self._api.get("/comment/list", asked), self._comments):
            try:
                comment = view["comment"]
                is_ours = number_id(comment["creator_id"]) == self._own_id and not is_gone(view)
                if is_ours and parent_of(comment) == (comment_id or "0"):
                    if is_same(text_or(comment["content"]), when(comment), outgoing):
                        return self._posted(view)
            except _UNREADABLE:
                continue
        return None

    def edit(self, remote_id: str, text: str) -> Posted:
        """PUT."""
        comment_id = int(_parts(remote_id)[2])
        return self._made(self._api.put("/comment", {"comment_id": comment_id, "content": text}))

    def delete(self, remote_id: str) -> None:
        """It stays there without its words; one already gone is no error."""
        method, path = self._dialect.delete
        body = {"comment_id": int(_parts(remote_id)[2]), "deleted": True}
        try:
            self._api.ask(method, path, body)
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise

    def card(self) -> Card:
        """Our own account; the server tells no limit of length."""
        person = own_person(self._api)
        try:
            own = read_author(person)
        except _UNREADABLE:
            raise BadAnswerError("the account came unreadably") from None
        return Card(own, CAN, LENGTH, SOFTWARE, self._api.host, MIN_POLL_S)

    def sign_out(self) -> None:
        """End the token."""
        self._api.ask("POST", self._dialect.logout, {})


def own_person(api: Api) -> dict[str, Any]:
    """Who we are. Raises AuthExpiredError when the server takes us for nobody."""
    data: Any = api.get("/site").get("my_user") if api.dialect.version == "v3" else (
        api.get("/account")
    )  # fmt: skip
    if data is None:
        raise AuthExpiredError(f"{api.host} does not know this sign-in")
    try:
        person = data["local_user_view"]["person"]
        number_id(person["id"])
    except _UNREADABLE:
        raise BadAnswerError("the account came unreadably") from None
    return dict(person)


def _parts(remote_id: str) -> tuple[str, str, str]:
    """Kind, post id, comment id ("" for a post). Raises RefusedError for what is none of ours."""
    kind, *ids = remote_id.split("/")
    n_ids = {COMMENT: 2, POST: 1}.get(kind, 0)
    if len(ids) != n_ids or not all(one.isdecimal() for one in ids):
        raise RefusedError(Refusal.GONE, "no post of this server")
    return kind, ids[0], ids[1] if n_ids == 2 else ""


def _top_of(view: dict[str, Any], comment_id: str) -> int:
    """The comment under the post that this one hangs below, itself at the top."""
    try:
        steps = str(view["comment"]["path"]).split(".")
        return int(steps[1])
    except _UNREADABLE:
        return int(comment_id)


def _items(data: dict[str, Any], key: str) -> list[Any]:
    items = data.get(key)
    if not isinstance(items, list):
        raise BadAnswerError("a page we cannot read")
    return items


def _times(items: list[Any]) -> Iterator[datetime]:
    for item in items:
        try:
            if "notification" in item:
                yield when(item["notification"])
            else:
                yield when(item[COMMENT] if COMMENT in item else item[POST])
        except _UNREADABLE:
            continue
