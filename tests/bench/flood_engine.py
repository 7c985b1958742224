"""The real engine on a network that floods it: JSON pages, parsed, saved and announced at a rate.

    python -m tests.bench.flood_engine WORKSPACE_FOLDER MENTIONS_PER_S

Poller, writer, host and link are the program's own; only the network is ours, and it hands out its
pages as Mastodon writes them, so that they cost what they cost in life. At a rate of 0 it is an
engine at rest. It floods once `FLAG` lies in the folder, and ends on SIGTERM.
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import requests

from socialdesk import app
from socialdesk.domain.account import Can, Card, Secret, Watch
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.process.host import Host
from socialdesk.engine.process.supervisor import be_nice
from socialdesk.networks import registry
from socialdesk.networks.base import KeepSecret, Network, NetworkInfo, Page, SignIn, read_each
from socialdesk.networks.mastodon.statuses import Found, Me, read_status
from socialdesk.places import Workspace, workspace
from socialdesk.store import accounts
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Writer
from tests.bench import data
from tests.bench.children import FLAG

PAGE: Final = 100  # mentions
N_PAGES: Final = 20  # different ones, over and over under new ids
ME: Final = Me("1", "mastodon.example")
OWN: Final = Author("https://mastodon.example/users/flooded", "@flooded@mastodon.example")
# It answers nobody, and may be asked as often as the poller wishes: the engine reads it again, and
# of a flood that is a minute long three seconds were an interval that nobody wanted to measure.
CARD: Final = Card(OWN, Can.FETCH, LengthRule(500), server="mastodon.example", min_poll_s=1)


class Flood:
    """A network and its only connector. Cursor: how many mentions were handed out."""

    def __init__(self, rate: float, flag: Path) -> None:
        self._rate, self._flag = rate, flag
        self._pages = _pages()
        self._began = 0.0
        mastodon = registry.networks()["mastodon"]
        self.info: NetworkInfo = replace(mastodon.info, sign_in=SignIn.NONE)

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> "Flood":
        return self

    def card(self) -> Card:
        return CARD

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """A page when one is due; `more` until the rate is caught up with."""
        n = int(cursor or 0)
        if not self._flag.exists():
            return Page((), (), Cursor(str(n)), more=False)
        self._began = self._began or time.monotonic()
        n_due = int((time.monotonic() - self._began) * self._rate)
        if n_due < n + PAGE:
            return Page((), (), Cursor(str(n)), more=False)
        statuses = json.loads(self._pages[n // PAGE % N_PAGES])
        at = datetime.now(UTC).isoformat()
        for number, status in enumerate(statuses, n):
            name = f"{self._began}-{number}"
            status |= {"id": name, "uri": f"https://mastodon.example/{name}", "created_at": at}
        mentions, rejects = read_each(statuses, lambda one: read_status(one, ME, Found()))
        after = n + PAGE
        return Page(mentions, rejects, Cursor(str(after)), more=n_due >= after + PAGE)


def _pages() -> list[str]:
    stream = data.mentions(N_PAGES * PAGE, seed=21, networks=("mastodon",))
    statuses = [_status(m.body, m.author) for _, m in stream]
    return [json.dumps(statuses[start : start + PAGE]) for start in range(0, len(statuses), PAGE)]


def _status(body: str, author: Author) -> dict[str, Any]:
    """As Mastodon writes a post; id, uri and time come when it is handed out."""
    return {
        "content": f"<p>{body}</p>", "language": "en", "visibility": "public", "spoiler_text": "",
        "in_reply_to_id": None, "in_reply_to_account_id": None, "reblog": None, "edited_at": None,
        "reblogs_count": 0, "favourites_count": 0, "replies_count": 0, "media_attachments": [],
        "mentions": [{"id": ME.own_id, "acct": "flooded"}], "tags": [], "emojis": [],
        "url": author.url, "account": {
            "id": author.remote_id, "acct": author.handle.removeprefix("@"), "url": author.url,
            "display_name": author.name, "followers_count": author.n_followers, "bot": False,
            "avatar": "https://mastodon.example/a.png", "note": "", "fields": [],
        },
    }  # fmt: skip


def add_account(place: Workspace) -> None:
    """The account that is flooded, polled as often as the poller polls."""

    def write(tx: Transaction) -> None:
        account = accounts.sign_in(
            tx, network="mastodon", signed_settings={}, card=CARD, watches=[("mentions", "", "")]
        )
        accounts.switch_on(tx, account, 1)

    writer = Writer(place.database, clock=app.SystemClock(), announce=lambda changes: None)
    writer.start()
    writer.submit(write).result()
    writer.close()


def main(folder: str, rate: str) -> int:
    """Serves until SIGTERM."""
    place = workspace(folder)
    place.prepare()
    be_nice()
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    flood = Flood(float(rate), place.folder / FLAG)
    outside = Outside(
        {"mastodon": cast(Network, flood)},
        requests.Session,
        lambda _: NoKeyring(Secret("")),
        pace=0.05,
    )
    with app.engine_lock(place):
        desk = InlineDesk(place.database, place.backups, app.SystemClock(), outside)
        host = Host(desk, place, on_quit=lambda: None)  # a window that closes asks for the end
        host.start()
        try:
            desk.work()
            ending.wait()
        finally:
            host.close()
            desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
