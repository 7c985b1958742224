"""An invented network that can everything a connector may be able to, for tests of the engine."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from socialdesk.domain.account import Can, Card, Secret, Watch
from socialdesk.domain.errors import ConnectorError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.networks import http
from socialdesk.networks.base import (
    Connector,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    Page,
    Recheck,
    SignedIn,
    SignIn,
)
from socialdesk.networks.partial import PartialConnector
from tests.fakes import NOON, HandClock

CAN = Can.FETCH | Can.REPLY | Can.RECHECK | Can.WAIT | Can.SEEN
OWN = Author("own", "pond_shop", "Pond Shop")
CHANGED = threading.Condition()  # told when a listener begins or ends to wait


@dataclass
class Pond:
    """What lies in the pond. `failure`: raised by every call while set."""

    posts: list[Mention] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    replies: list[Posted] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    n_asked_public: int = 0
    failure: ConnectorError | None = None
    refusal: ConnectorError | None = None  # of a reply only
    n_tried: int = 0
    n_fetched: int = 0
    n_waiting: int = 0
    news: threading.Event = field(default_factory=threading.Event)
    rechecked: list[str] = field(default_factory=list)
    told_gone: tuple[str, ...] = ()  # by the next pages
    forgets: bool = False  # what it told, once asked on
    page: int = 10_000  # posts
    on_fetch: Callable[[], None] = lambda: None

    def add(self, words: str, at: datetime) -> str:
        """Somebody writes."""
        n = len(self.posts) + 1
        post = Mention(
            uri=f"pond:{n}", remote_id=str(n), author=Author(f"a{n}", f"duck{n}", f"Duck {n}"),
            body=words, published_at=at, url=f"https://pond.example/{n}",
        )  # fmt: skip
        self.posts.append(post)
        return post.uri

    def change(self, uri: str, words: str) -> None:
        """Its author edits it."""
        self.posts = [replace(p, body=words) if p.uri == uri else p for p in self.posts]

    def remove(self, uri: str) -> None:
        """Its author deletes it."""
        self.gone |= {post.remote_id for post in self.posts if post.uri == uri}


class PondConnector(PartialConnector):
    """The cursor is how many posts were read."""

    def __init__(self, pond: Pond, can: Can) -> None:
        self._pond, self._can = pond, can

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        self._check()
        self._pond.n_fetched += 1
        self._pond.on_fetch()
        posts, start = self._pond.posts, int(cursor or 0)
        end = min(len(posts), start + self._pond.page)
        return Page(tuple(posts[start:end]), (), Cursor(str(end)), more=end < len(posts),
                    gone=self._pond.told_gone, is_forgotten=self._pond.forgets)  # fmt: skip

    def wait(self, watch: Watch, cursor: Cursor | None, stop: Callable[[], bool]) -> bool:
        self._pond.n_waiting += 1
        try:
            with CHANGED:
                CHANGED.notify_all()
            while not stop():
                self._check()
                if self._pond.news.wait(0.05):
                    self._pond.news.clear()
                    return True
            return False
        finally:
            with CHANGED:
                CHANGED.notify_all()

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        self._check()
        asked = list(remote_ids)
        self._pond.rechecked += asked
        there = [p for p in self._pond.posts if p.remote_id in asked]
        gone = tuple(id for id in asked if id in self._pond.gone)
        return Recheck(tuple(p for p in there if p.remote_id not in gone), gone)

    def reply(self, outgoing: Outgoing) -> Posted:
        self._check()
        self._pond.n_tried += 1
        if self._pond.refusal:
            raise self._pond.refusal
        n = len(self._pond.replies) + 1
        self._pond.replies.append(Posted(f"r{n}", f"pond:r{n}", f"https://pond.example/r{n}"))
        return self._pond.replies[-1]

    def is_public(self, remote_id: str) -> bool | None:
        self._check()
        self._pond.n_asked_public += 1
        return remote_id in self._pond.public

    def card(self) -> Card:
        return Card(OWN, self._can, LengthRule(500), "pond", "pond.example", 60, repeat_safe_s=3600)

    def _check(self) -> None:
        if self._pond.failure:
            raise self._pond.failure


class PondNetwork:
    """`info` may be replaced with what a test is about."""

    def __init__(self, pond: Pond, **info: Any) -> None:
        self.pond = pond
        plain = NetworkInfo("pond", "Pond", CAN, SignIn.NONE, (), 60)
        self.info = replace(plain, **info)

    def connect(
        self, http: Any, settings: Mapping[str, str], secret: Secret | None, keep: KeepSecret
    ) -> Connector:
        return PondConnector(self.pond, self.info.can)

    def sign_in(self, http: Any, fields: Mapping[str, str]) -> SignedIn:
        return SignedIn({}, None, PondConnector(self.pond, self.info.can).card())

    def begin_oauth(self, http: Any, fields: Mapping[str, str], redirect_uri: str) -> OAuthStart:
        raise RefusedError(Refusal.OTHER)

    def finish_oauth(self, http: Any, start: Any, code: str, redirect_uri: str) -> SignedIn:
        raise RefusedError(Refusal.OTHER)


@dataclass
class PondDesk:
    """An engine with one account in the pond, and a clock that is moved by hand."""

    desk: InlineDesk
    pond: Pond
    clock: HandClock
    account_id: int

    def turn(self, seconds: float = 0.0, times: int = 1) -> None:
        """Time passes `times` times; what is due is done each time."""
        for _ in range(times):
            self.clock.advance(seconds)
            self.desk.clockwork.turn()
            self.desk.settle()

    def at(self, minutes_ago: float = 0.0) -> datetime:
        """A time by the desk's clock."""
        now = datetime.fromtimestamp(self.clock.now_ms() / 1000, UTC)
        return now - timedelta(minutes=minutes_ago)


def pond_desk(folder: Path, network: PondNetwork, clock: HandClock | None = None) -> PondDesk:
    """A new workspace with the account added; close `desk` at the end."""
    clock = clock or HandClock()
    assert clock.now_ms() >= NOON
    outside = Outside({network.info.key: network}, http.session, lambda _: NoKeyring(Secret("")))
    desk = InlineDesk(folder / "workspace.db", folder / "backups", clock, outside)
    added = desk.do(AddAccount(network.info.key, (), (("mentions", "", ""),))).result()
    return PondDesk(desk, network.pond, clock, int(added.answer["account_id"]))
