"""The real engine through a working day: a town that writes, and takes our answers.

    python -m tests.soak.day_engine WORKSPACE_FOLDER N_MENTIONS DAY_S

Poller, sender, analysis, writer, host and link are the program's own, on a clock that runs faster
(day_clock). The town hands out its pages as Mastodon writes them, N_MENTIONS of them evenly over
DAY_S of the clock; a post that answers is kept by its key. It keeps nothing else, so that what
grows here is the program. Ends on SIGTERM.
"""

import gc
import json
import signal
import sys
import threading
import tracemalloc
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast

import requests

from socialdesk.domain.account import Can, Card, Secret, Watch
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.process.host import Host
from socialdesk.engine.process.supervisor import be_nice
from socialdesk.logs import start_log
from socialdesk.networks import registry
from socialdesk.networks.base import (
    KeepSecret,
    Network,
    NetworkInfo,
    Page,
    Recheck,
    SignIn,
    read_each,
)
from socialdesk.networks.mastodon.statuses import Found, read_status
from socialdesk.places import Workspace, workspace
from socialdesk.store import accounts
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Writer
from socialdesk.store.mentions import counters
from tests.bench.build import build
from tests.bench.flood_engine import ME, N_PAGES, OWN, PAGE, _pages
from tests.soak.day_clock import DayClock

N_ARCHIVE: Final = 60_000
POLL_S: Final = 30  # of the clock
FOLLOW_S: Final = 0.2  # real: how soon the engine's waits follow the clock's speed
CARD: Final = Card(
    OWN, Can.FETCH | Can.REPLY, LengthRule(500), server="mastodon.example", min_poll_s=POLL_S,
    repeat_safe_s=3600,
)  # fmt: skip


class Town:
    """A network and its only connector. Cursor: how many mentions were handed out."""

    def __init__(self, clock: DayClock, n: int, day_s: float) -> None:
        self._clock, self._n, self._rate = clock, n, n / day_s
        self._began = clock.now_ms()
        self._pages = _pages()
        self._posted: dict[str, Posted] = {}

    @property
    def info(self) -> NetworkInfo:
        return replace(registry.networks()["mastodon"].info, sign_in=SignIn.NONE)

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> "Town":
        return self

    def card(self) -> Card:
        return CARD

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        n, now = int(cursor or 0), self._clock.now_ms()
        n_due = min(self._n, int((now - self._began) / 1000 * self._rate))
        n_page = min(PAGE, n_due - n)
        if n_page <= 0:
            return Page((), (), Cursor(str(n)), more=False)
        statuses = json.loads(self._pages[n // PAGE % N_PAGES])[:n_page]
        at = datetime.fromtimestamp(now / 1000, UTC).isoformat()
        for number, status in enumerate(statuses, n):
            uri = f"https://mastodon.example/day/{number}"
            status |= {"id": str(number), "uri": uri, "created_at": at}
            status["content"] = status["content"].replace("</p>", f" #{number}</p>")
        mentions, rejects = read_each(statuses, lambda one: read_status(one, ME, Found()))
        after = n + n_page
        return Page(mentions, rejects, Cursor(str(after)), more=n_due > after)

    def reply(self, outgoing: Outgoing) -> Posted:
        number = len(self._posted)
        posted = Posted(f"r{number}", f"https://mastodon.example/r/{number}")
        return self._posted.setdefault(outgoing.dedupe_key, posted)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        return self._posted.get(outgoing.dedupe_key)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        return ()

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        return Recheck((), ())

    def profile(self, author_remote_id: str) -> Author:
        return Author(author_remote_id, "@somebody@mastodon.example")


def prepare(place: Workspace) -> None:
    """A workspace with an archive, larger than what SQLite keeps in memory, and the account."""

    def write(tx: Transaction) -> None:
        account = accounts.sign_in(
            tx, network="mastodon", signed_settings={}, card=CARD, watches=[("mentions", "", "")]
        )
        accounts.switch_on(tx, account, 1)
        tx.conn.execute(  # the archive waits for nothing: its accounts send no more
            "UPDATE triage SET status = ?, due_at = 0 WHERE status IN (0, 1, 2, 3)",
            (Status.DONE.value,),
        )
        counters.recount(tx)

    place.prepare()
    build(N_ARCHIVE, place.database)
    writer = Writer(place.database, clock=DayClock(), announce=lambda changes: None)
    writer.start()
    writer.submit(write).result()
    writer.close()


def main(folder: str, n: str, day_s: str) -> int:
    """Serves until SIGTERM. SIGUSR1: what holds memory goes to `memory.txt` in the folder."""
    place = workspace(folder)
    place.prepare()
    start_log(place.engine_log)
    be_nice()
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    signal.signal(signal.SIGUSR1, lambda *_: _tell_memory(place))
    clock = DayClock()
    town = Town(clock, int(n), float(day_s))
    outside = Outside(
        {"mastodon": cast(Network, town)}, requests.Session, lambda _: NoKeyring(Secret("")),
        speed=clock.speed(),
    )  # fmt: skip
    desk = InlineDesk(place.database, place.backups, clock, outside)
    host = Host(desk, place, on_quit=lambda: None)
    host.start()
    try:
        desk.work()
        while not ending.wait(FOLLOW_S):
            desk.clockwork._speed = clock.speed()
    finally:
        host.close()
        desk.close()
    return 0


def _tell_memory(place: Workspace) -> None:
    """The first call begins to trace; each later one tells what grew since the one before."""
    gc.collect()
    if not tracemalloc.is_tracing():
        tracemalloc.start(12)
        return
    found = tracemalloc.take_snapshot().statistics("traceback")[:25]
    lines = [
        f"{one.size / 1e6:.1f} MB, {one.count}: {one.traceback.format()[-6:]}" for one in found
    ]
    (place.folder / "memory.txt").write_text("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
