"""End to end: posts of the practice network through the Mastodon connector into the file.

The practice server runs in this process too; the time it takes for its answers is taken off.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import requests

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.ids import Cursor
from socialdesk.networks import http, registry
from socialdesk.networks.base import Connector
from socialdesk.places import resource
from socialdesk.practice import brand
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import Line, load_content
from socialdesk.practice.session import mount
from socialdesk.practice.stream import Wrote
from tests.bench import data
from tests.bench.harness import Bench, at_least
from tests.bench.ingest import Store, store_at
from tests.fakes import HandClock

N: Final = 4_000
PEER: Final = 2_730  # items/s of newsboat, the fastest reader in performance.md, section 4


def measure(bench: Bench) -> None:
    """Fetched, parsed and stored per second, in pages of 80 as the server gives them."""
    n = N // 4 if bench.is_quick else N
    with bench.scratch_file() as posts, bench.scratch_file() as path, store_at(path) as store:
        with practice_of(posts, n) as (connector, server):
            spent = fetch_all(connector, server, store, n)
    bench.add("end to end: fetched, parsed, stored", n / spent, "rows/s", at_least(3 * PEER))


def fetch_all(connector: Connector, server: "TimedServer", store: Store, n: int) -> float:
    """Seconds for `n` mentions, without those that the server took."""
    watch, cursor, since = Watch(WatchKind.MENTIONS), None, datetime(2020, 1, 1, tzinfo=UTC)
    n_fetched, server.spent_s = 0, 0.0
    began, more = time.perf_counter(), True
    while more:
        page = connector.fetch(watch, cursor, since=since)
        store.save(page.mentions)
        n_fetched += len(page.mentions)
        cursor, more = Cursor(page.cursor or ""), page.more
    spent = time.perf_counter() - began - server.spent_s
    if n_fetched < n:
        raise RuntimeError(f"{n_fetched} of {n} posts came")
    return spent


class TimedServer(PracticeAdapter):
    """Counts the seconds it spends on its answers."""

    spent_s = 0.0

    def send(self, *args: Any, **named: Any) -> requests.Response:
        began = time.perf_counter()
        try:
            return super().send(*args, **named)
        finally:
            self.spent_s += time.perf_counter() - began


@contextmanager
def practice_of(path: Path, n: int) -> Iterator[tuple[Connector, TimedServer]]:
    """A signed-in connector on a practice network where `n` posts named the brand."""
    clock, content = HandClock(), load_content(resource("practice"))
    server = TimedServer(path, content, now_ms=clock.now_ms, n_requests=0)
    people = cycle(key for key in content.people if key != content.brand.key)
    for number, (_, mention) in enumerate(data.mentions(n, seed=31)):
        text = f"@{content.brand.handle} {mention.body}"
        line = Line(key=f"bench/{number}", at_s=0.0, by=next(people), text=text, kind="question")
        server.happen(Wrote((number - n) * 1_000, line.key, line))
    session = http.session()
    mount(session, server)
    network = registry.networks()["mastodon"]
    signed = network.sign_in(session, brand.account_fields())
    try:
        yield network.connect(session, signed.settings, signed.secret, lambda secret: None), server
    finally:
        session.close()
        server.shut_down()
