"""Which networks this program knows: the built-in ones, and those of other packages.

2026-11: built-ins are one explicit tuple, because a frozen program follows imports and neither
entry points nor folders. Other packages name theirs in the entry-point group GROUP; each is an
object as `base.Network` and passes the contract of `testing.py`.
"""

import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from socialdesk.networks import bluesky, feeds, mastodon
from socialdesk.networks.base import Network, NetworkInfo

GROUP: Final = "socialdesk.connectors"
BUILT_IN: Final[tuple[Network, ...]] = (mastodon.NETWORK, bluesky.NETWORK, feeds.NETWORK)

_CALLS: Final = ("connect", "sign_in", "begin_oauth", "finish_oauth")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broken:
    """A connector of another package that could not be loaded, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """All networks, built-in ones first; and what is broken, for the doctor to tell."""

    networks: tuple[Network, ...]
    broken: tuple[Broken, ...] = ()


def networks() -> tuple[Network, ...]:
    """The networks that can be used. A broken one costs a line in the log, never the start."""
    found = known(_other_packages())
    for broken in found.broken:
        _log.warning("the connector %s cannot be used: %s", broken.name, broken.reason)
    return found.networks


def known(others: Iterable[EntryPoint] = ()) -> Known:
    """The built-in networks and those of `others`, each tried by itself."""
    found: list[Network] = list(BUILT_IN)
    broken: list[Broken] = []
    for entry in others:
        loaded = _load(entry)
        if isinstance(loaded, str):
            broken.append(Broken(entry.name, loaded))
        elif loaded.info.key in {network.info.key for network in found}:
            broken.append(Broken(entry.name, f"another connector is called {loaded.info.key}"))
        else:
            found.append(loaded)
    return Known(tuple(found), tuple(broken))


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
