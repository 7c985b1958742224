"""What a connector is: the protocols and values every network speaks.

A connector holds no state but its session, starts no threads, never sleeps, never reads a clock.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

import requests

from socialdesk.domain.account import Card, Secret, Watch
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.info import (
    ApiVersion,
    Field,
    GuideStep,
    Keep,
    NetworkInfo,
    Redirect,
    SignIn,
    said,
)

__all__ = [
    "ApiVersion",
    "Connector",
    "Field",
    "GuideStep",
    "Keep",
    "KeepSecret",
    "Network",
    "NetworkInfo",
    "OAuthStart",
    "Page",
    "Priced",
    "Purse",
    "Recheck",
    "Redirect",
    "Reject",
    "SeesOwn",
    "ShowsPanel",
    "SignIn",
    "SignedIn",
    "TakesPictures",
    "TakesPosts",
    "WaitsForNews",
    "find_sent",
    "raw_bytes",
    "read_each",
    "said",
    "send",
]

KeepSecret = Callable[[Secret], None]
"""Stores a rotated secret in the keyring before it is used; raises CredentialError."""


@frozen
class Reject:
    """One malformed item, set aside: its raw bytes and why it could not be read."""

    raw: bytes = field(repr=False)
    reason: str


@frozen
class Page:
    """What one fetch brought, oldest first, at most 200 mentions. `cursor` goes with it: both are
    saved in one transaction. `more`: ask again now. `gone`: uris the network says are deleted."""

    mentions: tuple[Mention, ...]
    rejects: tuple[Reject, ...]
    cursor: Cursor | None
    more: bool = False
    gone: tuple[str, ...] = ()
    next_poll_s: int = 0  # the source asks for at least so long a pause; 0 = no wish
    moved_to: str = ""  # the watch's new address, when the source moved for good
    cost: int = 0  # what it cost, in millionths of a US dollar
    is_forgotten: bool = False  # by the source, once asked on: must survive a power cut before


@frozen
class Recheck:
    """Posts looked at again: what they are now, and the remote ids that are gone."""

    mentions: tuple[Mention, ...]
    gone: tuple[str, ...]


@frozen
class SignedIn:
    """A new account: what to keep in the file (`settings`, `card`) and in the keyring."""

    settings: Mapping[str, str]
    secret: Secret | None
    card: Card


@frozen
class OAuthStart:
    """A sign-in under way. `url` is opened in the browser; the rest comes back to `finish`."""

    url: str = field(repr=False)  # holds the state
    state: str = field(repr=False)
    context: Mapping[str, str] = field(repr=False)


class Connector(Protocol):
    """One signed-in account. Every method may raise any ConnectorError."""

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """The next page after `cursor`, oldest first. None = the first time: walk back to
        `since`, over as many pages as that takes (the cursor remembers where). Raises
        BadAnswerError for an unreadable page; a single bad item becomes a Reject."""
        ...

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The posts around one post that the server knows, itself left out, oldest first."""
        ...

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """What became of posts seen earlier."""
        ...

    def profile(self, author_remote_id: str) -> Author:
        """The author as the network shows them now, followers included."""
        ...

    def reply(self, outgoing: Outgoing) -> Posted:
        """Post it, once per `dedupe_key` where the network can. UnreachableError.maybe_done and
        any 5xx mean: it may be there, look before a second send."""
        ...

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Look for the post an earlier `reply` may have made: own posts under the parent with the
        same text, made no earlier than `made_at` less LOOK_BACK_S."""
        ...

    def edit(self, remote_id: str, text: str) -> Posted:
        """Change a sent reply. Raises RefusedError where the network cannot."""
        ...

    def delete(self, remote_id: str) -> None:
        """Take a sent reply off the network; one already gone is no error."""
        ...

    def card(self) -> Card:
        """The capability record, asked from the server now."""
        ...

    def sign_out(self) -> None:
        """Revoke the sign-in on the network, where it has a call for it."""
        ...


@runtime_checkable
class TakesPictures(Protocol):
    """What a connector with Can.MEDIA has besides; its card's `pictures` are the limits. A picture
    that no post uses is nothing that anybody sees, so both may be repeated."""

    def upload(self, picture: Picture, content: bytes) -> tuple[str, bool]:
        """Hand the bytes over: what the network calls them (any text), and whether a post may use
        them now."""
        ...

    def is_uploaded(self, name: str) -> bool:
        """Whether a post may use it now; False while the network still reads it. Raises
        RefusedError when it is not there (any more)."""
        ...


@runtime_checkable
class TakesPosts(Protocol):
    """What a connector with Can.POST has besides: posts of our own, that answer nobody. Their
    `outgoing.parent_remote_id` is "". The rest is as with replies."""

    def post(self, outgoing: Outgoing) -> Posted:
        """Post it under nobody's, once per `dedupe_key` where the network can. Raises as
        `Connector.reply` does."""
        ...

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Look for the post an earlier `post` may have made: among our own that answer nobody,
        with the same text, made no earlier than `made_at` less LOOK_BACK_S."""
        ...


@runtime_checkable
class WaitsForNews(Protocol):
    """What a connector with Can.WAIT has besides: it hears at once that something came."""

    def wait(self, watch: Watch, cursor: Cursor | None, stop: Callable[[], bool]) -> bool:
        """Block until `fetch` may find something new (True), or some 30 s have passed (False).
        Asks `stop` at least once a second where it can, and ends when it says True. Runs on a
        thread of its own beside the account's other calls; saves nothing. Raises as `fetch`."""
        ...


class Purse(Protocol):
    """Pays for one account, month by month, up to a person's cap. Millionths of a US dollar.

    Every call is held before it leaves and settled after its answer: what never comes back (a
    killed program, a lost answer) stays counted in full. Thread-safe."""

    def left(self, *, percent: int = 100) -> int:
        """What can be held now. `percent`: of the cap, that this kind of call may fill: what is
        less needed leaves a part of it to mentions and replies."""
        ...

    def hold(self, price: int, *, percent: int = 100) -> str:
        """Count `price`, the most that the next call can cost; the month it counts in. Raises
        SpendCapError when the cap would be passed: then the call is not made."""
        ...

    def settle(self, month: str, back: int) -> None:
        """The call of that month cost `back` less than was held for it."""
        ...


@runtime_checkable
class Priced(Protocol):
    """What a connector has besides whose network takes money for each call."""

    def pay_from(self, purse: Purse) -> None:
        """Pay every call from now on from here. Asked before the first one."""
        ...


@runtime_checkable
class ShowsPanel(Protocol):
    """What a connector with Can.PANEL has besides: words that may be shown and never kept."""

    def panel(self) -> tuple[Mention, ...]:
        """What the source shows now, newest first. Raises as `fetch`."""
        ...


@runtime_checkable
class SeesOwn(Protocol):
    """What a connector with Can.SEEN has besides: the network takes a reply and shows it later,
    or never (it moderates)."""

    def is_public(self, remote_id: str) -> bool | None:
        """Whether everybody can see this reply of ours now; None: cannot be told from here."""
        ...


class Network(Protocol):
    """One kind of source: what `registry.py` lists. Its methods are stateless."""

    @property
    def info(self) -> NetworkInfo:
        """What is known before anybody signs in."""
        ...

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """A connector for a known account. Asks nothing of the network."""
        ...  # fmt: skip

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Sign in with typed fields (pasted tokens too), and try it out. Raises ConnectorError."""
        ...

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Register with the server where needed and give the address to open."""
        ...

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """Turn the code into a sign-in. `start.state` was checked by the caller."""
        ...


def send(connector: Connector, outgoing: Outgoing) -> Posted:
    """Post it, under its parent or as a post of our own. Raises as `Connector.reply` does."""
    if outgoing.is_answer:
        return connector.reply(outgoing)
    return _taker(connector).post(outgoing)


def find_sent(connector: Connector, outgoing: Outgoing) -> Posted | None:
    """Look for what an earlier `send` may have made."""
    if outgoing.is_answer:
        return connector.find_reply(outgoing)
    return _taker(connector).find_post(outgoing)


def _taker(connector: Connector) -> TakesPosts:
    if not isinstance(connector, TakesPosts):
        raise RefusedError(Refusal.PERMISSION, "this network takes no posts of our own")
    return connector


def read_each(
    items: Iterable[Any], read: Callable[[Any], Mention | None]
) -> tuple[tuple[Mention, ...], tuple[Reject, ...]]:
    """Each item read on its own: one bad item never costs the page. None = not for the queue."""
    mentions: list[Mention] = []
    rejects: list[Reject] = []
    for item in items:
        try:
            mention = read(item)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError,
                RecursionError) as e:  # fmt: skip
            rejects.append(Reject(raw_bytes(item), f"{type(e).__name__}: {e}"[:200]))
        else:
            if mention is not None:
                mentions.append(mention)
    return tuple(mentions), tuple(rejects)


def raw_bytes(item: Any) -> bytes:
    """The item as it came, as near as can be, at most 64 KiB."""
    try:
        text = json.dumps(item, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = repr(type(item))
    return text.encode("utf-8", "backslashreplace")[: 64 * 1024]
