"""Which networks this program knows: the built-in ones, and those of other packages.

2026-11: built-ins are named one by one, because a frozen program follows imports and neither entry
points nor folders; each is imported when it is needed. Other packages name theirs in the
entry-point group GROUP; each is an object as `base.Network` and passes the contract of
`testing.py`.
"""

import logging
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.frozen import frozen
from socialdesk.networks.base import (
    Connector,
    KeepSecret,
    Network,
    NetworkInfo,
    OAuthStart,
    SignedIn,
)

GROUP: Final = "socialdesk.connectors"

# In the order a small business needs them.
KEYS: Final = (
    "imap", "feeds", "import", "mastodon", "bluesky", "google_business", "youtube", "vk",
    "telegram", "facebook", "instagram", "threads", "x", "trustpilot", "tripadvisor", "yelp",
    "discourse", "reddit", "hackernews", "lemmy", "stackexchange", "linkedin", "tiktok",
    "hubspot", "salesforce",
)  # fmt: skip


def _load_built_in(key: str) -> Network:
    """Imports of their own, so that a frozen program follows them; a third of a second together,
    and a workspace has three or four."""
    match key:
        case "imap":
            from socialdesk.networks import imap

            return imap.NETWORK
        case "feeds":
            from socialdesk.networks import feeds

            return feeds.NETWORK
        case "import":
            from socialdesk.networks import file_import

            return file_import.NETWORK
        case "mastodon":
            from socialdesk.networks import mastodon

            return mastodon.NETWORK
        case "bluesky":
            from socialdesk.networks import bluesky

            return bluesky.NETWORK
        case "google_business":
            from socialdesk.networks import google_business

            return google_business.NETWORK
        case "youtube":
            from socialdesk.networks import youtube

            return youtube.NETWORK
        case "vk":
            from socialdesk.networks import vk

            return vk.NETWORK
        case "telegram":
            from socialdesk.networks import telegram

            return telegram.NETWORK
        case "facebook":
            from socialdesk.networks import facebook

            return facebook.NETWORK
        case "instagram":
            from socialdesk.networks import instagram

            return instagram.NETWORK
        case "threads":
            from socialdesk.networks import threads

            return threads.NETWORK
        case "x":
            from socialdesk.networks import x

            return x.NETWORK
        case "trustpilot":
            from socialdesk.networks import trustpilot

            return trustpilot.NETWORK
        case "tripadvisor":
            from socialdesk.networks import tripadvisor

            return tripadvisor.NETWORK
        case "yelp":
            from socialdesk.networks import yelp

            return yelp.NETWORK
        case "discourse":
            from socialdesk.networks import discourse

            return discourse.NETWORK
        case "reddit":
            from socialdesk.networks import reddit

            return reddit.NETWORK
        case "hackernews":
            from socialdesk.networks import hackernews

            return hackernews.NETWORK
        case "lemmy":
            from socialdesk.networks import lemmy

            return lemmy.NETWORK
        case "stackexchange":
            from socialdesk.networks import stackexchange

            return stackexchange.NETWORK
        case "linkedin":
            from socialdesk.networks import linkedin

            return linkedin.NETWORK
        case "tiktok":
            from socialdesk.networks import tiktok

            return tiktok.NETWORK
        case "hubspot":
            from socialdesk.networks import hubspot

            return hubspot.NETWORK
        case "salesforce":
            from socialdesk.networks import salesforce

            return salesforce.NETWORK
    raise ValueError(f"there is no network {key}")


class BuiltIn:
    """A network of this program, imported when it is first asked for anything."""

    def __init__(self, key: str) -> None:
        self.key = key

    @cached_property
    def network(self) -> Network:
        """The network itself."""
        return _load_built_in(self.key)

    @property
    def info(self) -> NetworkInfo:
        return self.network.info

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        return self.network.connect(http, settings, secret, keep_secret)

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        return self.network.sign_in(http, fields)

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        return self.network.begin_oauth(http, fields, redirect_uri)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        return self.network.finish_oauth(http, start, code, redirect_uri)


BUILT_IN: Final[tuple[BuiltIn, ...]] = tuple(BuiltIn(key) for key in KEYS)

_CALLS: Final = ("connect", "sign_in", "begin_oauth", "finish_oauth")
_log = logging.getLogger(__name__)


@frozen
class Broken:
    """A connector of another package that could not be loaded, and why."""

    name: str
    reason: str


@frozen
class Known:
    """All networks by key, built-in ones first; and what is broken, for the doctor to tell."""

    networks: Mapping[str, Network]
    broken: tuple[Broken, ...] = ()


def networks() -> Mapping[str, Network]:
    """The networks that can be used, by key. A broken one costs a line in the log, never the
    start."""
    found = known(_other_packages())
    for broken in found.broken:
        _log.warning("the connector %s cannot be used: %s", broken.name, broken.reason)
    return found.networks


def known(others: Iterable[EntryPoint] = ()) -> Known:
    """The built-in networks and those of `others`, each of which is tried by itself."""
    found: dict[str, Network] = {one.key: one for one in BUILT_IN}
    broken: list[Broken] = []
    for entry in others:
        loaded = _load(entry)
        if isinstance(loaded, str):
            broken.append(Broken(entry.name, loaded))
        elif loaded.info.key in found:
            broken.append(Broken(entry.name, f"another connector is called {loaded.info.key}"))
        else:
            found[loaded.info.key] = loaded
    return Known(found, tuple(broken))


def _other_packages() -> Iterable[EntryPoint]:
    """None in a frozen program: it has no packages but its own."""
    return () if getattr(sys, "frozen", False) else entry_points(group=GROUP)


def _load(entry: EntryPoint) -> Network | str:
    """The network, or why there is none. A stranger's module may raise anything."""
    try:
        network = entry.load()
    except Exception as e:
        return f"{type(e).__name__} while loading"
    if not isinstance(getattr(network, "info", None), NetworkInfo):
        return "it has no NetworkInfo as `info`"
    missing = [name for name in _CALLS if not callable(getattr(network, name, None))]
    if missing:
        return f"it lacks {', '.join(missing)}"
    loaded: Network = network
    return loaded
