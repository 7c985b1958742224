"""Looks whether there is a newer version: when a person asks, or weekly with their consent. It
tells, and never downloads or installs anything.

2026-11: what leaves is one GET without cookies, parameters, version or name of this installation:
the header says `SocialDesk` and no more, also after a redirect. Whoever keeps the feed sees an
address of the internet asking, as any web page does; that is why it is off until a person says on.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

import requests

from socialdesk import __version__
from socialdesk.domain.errors import ConnectorError, Refusal, RefusedError
from socialdesk.engine.commands.releases import CheckRelease
from socialdesk.engine.desk import Notice
from socialdesk.engine.kit import Kit
from socialdesk.engine.release_feed import (
    MAX_BYTES,
    SEEN,
    FeedError,
    Release,
    Seen,
    Shipped,
    host_of,
    is_later,
    read_feed,
    read_seen,
    shipped,
)
from socialdesk.engine.settings import value_of
from socialdesk.networks.http import get_bytes
from socialdesk.networks.pinned import PinnedAdapter
from socialdesk.store import settings

PATIENCE_S: Final = 5.0
WEEK_MS: Final = 7 * 86_400_000
DAY_MS: Final = 86_400_000  # after a try that failed
LOOK_EVERY_S: Final = 600.0
TURN: Final = -11  # no account has this number
HEADERS: Final = {"User-Agent": "SocialDesk", "Accept": "application/json"}

log = logging.getLogger(__name__)


def feed_of(kept: Mapping[str, str], built: Shipped) -> str:
    """The address in force: a person's own, else the build's; "" = none."""
    return value_of(kept, "release_feed") or built.feed


class QuietAdapter(PinnedAdapter):
    """Says the same to every host, whatever redirects lie between."""

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        request.headers.clear()
        request.headers.update(HEADERS)
        return super().send(request, *args, **more)


def quiet_session(allowed: frozenset[str] = frozenset()) -> requests.Session:
    """A session that gives up after five seconds. `allowed`: hosts that may be private (tests)."""
    http = requests.Session()
    http.trust_env = False
    http.headers.clear()
    for scheme in ("https://", "http://"):
        http.mount(scheme, QuietAdapter(allowed, total_s=PATIENCE_S))
    return http


class Releases:
    """A part of the clockwork, and an errand. `kept`: the settings in force; `tell`: the window;
    `built`: what this build came with."""

    def __init__(
        self,
        kit: Kit,
        kept: Callable[[], Mapping[str, str]],
        tell: Callable[[Notice], None],
        new_session: Callable[[], requests.Session] = quiet_session,
        built: Shipped | None = None,
    ) -> None:
        self._kit, self._kept, self._tell = kit, kept, tell
        self._new_session, self._built = new_session, built or shipped()
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {CheckRelease: self._check}

    def after_jump(self) -> None:
        """The date of the last look is kept by the wall clock: nothing waits here."""

    def step(self) -> float:
        """Look when a week has passed and a person wants it; seconds until the next thought."""
        if value_of(self._kept(), "release_check") == "weekly" and self._is_due():
            if feed_of(self._kept(), self._built) and self._kit.turns.take(TURN):
                self._kit.pool.submit(self._look_weekly)
        return LOOK_EVERY_S

    def _is_due(self) -> bool:
        seen, now = read_seen(self._kept()), self._kit.clock.now_ms()
        pause = WEEK_MS if seen.is_well else DAY_MS
        return not 0 <= now - seen.at < pause  # a clock that was set back is no reason to wait

    def _look_weekly(self) -> None:
        try:
            seen = self._look()
            if seen.state == "newer":
                from socialdesk.engine.release_words import told

                self._tell(Notice("release", {"text": told(seen), "page": seen.page}))
        except Exception:
            log.exception("the release feed could not be asked")
        finally:
            self._kit.turns.give_back(TURN)
            self._kit.done()

    def _check(self, _: CheckRelease, _id: str) -> dict[str, Any]:
        return asdict(self._look())

    def _look(self) -> Seen:
        """Ask once and keep what was found. A try that failed keeps what was known before."""
        seen = self._ask(feed_of(self._kept(), self._built))
        kept = json.dumps(asdict(seen))
        self._kit.writer.submit(lambda tx: settings.put(tx, SEEN, kept)).result()
        return seen

    def _ask(self, address: str) -> Seen:
        now = self._kit.clock.now_ms()
        if not address:
            return Seen("unset", now)
        try:
            with self._new_session() as http:
                answer = get_bytes(http, address, headers=HEADERS, max_bytes=MAX_BYTES)
            hosts = frozenset({host_of(address), host_of(self._built.page)})
            return _seen(read_feed(answer.body, hosts), now)
        except FeedError as e:
            return Seen("malformed", now, what=str(e))
        except RefusedError as e:
            is_unsafe = e.reason is Refusal.UNSAFE
            return Seen("unsafe" if is_unsafe else "unreachable", now, what=host_of(address))
        except ConnectorError:
            return Seen("unreachable", now, what=host_of(address))


def _seen(release: Release, now: int) -> Seen:
    state = "newer" if is_later(release.version, __version__) else "same"
    return Seen(state, now, release.version, release.page, release.date, release.summary)
