"""Kills an engine again and again while it fetches and sends, then counts what is left.

    python -m tests.engine.kills KIND N SEED

prints one JSON line: kills, mentions lost and doubled, replies written, on the network, doubled,
uncertain, and whether the journal and the file are whole. Each engine is a fork of this process,
so that a kill costs no new imports; the parent itself starts no thread before the last fork.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import requests

from socialdesk.domain.errors import CommandError
from socialdesk.domain.reply import OutboxState
from socialdesk.domain.rows import Order, View
from socialdesk.engine.commands import FetchNow, SendReply, SetSetting
from socialdesk.engine.inline import InlineDesk, Outside
from socialdesk.engine.practice import set_up
from socialdesk.engine.queries import ListMentions, ListOutbox
from socialdesk.engine.secrets import NoKeyring
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import Point, PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount
from socialdesk.store import journal
from socialdesk.store.reader import Readers
from socialdesk.store.sqlite import open_reader

SCALE = 60.0  # clock seconds a real one
LIFE_S = (0.05, 0.9)  # how long an engine lives, real seconds
KILL_SHARE = 0.15  # of posts that end the process at one of the network's two points
N_REPLIES_A_LIFE = 3
SETTLE_S = 60.0  # real seconds the last engine may take to settle what can be settled


class FastClock:
    """Runs SCALE times as fast as the wall clock, in every process alike."""

    def now_ms(self) -> int:
        return int(START_MS + (time.time() - START_MS / 1000) * 1000 * SCALE)

    def monotonic_ms(self) -> int:
        return self.now_ms()


START_MS = int(time.time() * 1000)


def open_desk(home: Path, kind: Kind, dice: random.Random, *, mortal: bool) -> InlineDesk:
    """An engine on the network in `home`; a mortal one may end itself in the middle of a post."""

    def passing(point: Point) -> None:
        if mortal and dice.random() < KILL_SHARE:
            os.kill(os.getpid(), signal.SIGKILL)

    clock = FastClock()
    network = PracticeAdapter(
        home / "practice.jsonl", load_content(resource("practice")), now_ms=clock.now_ms,
        kind=kind, n_requests=0, passing=passing,
    )  # fmt: skip

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    networks = {n.info.key: n for n in registry.networks()}
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
    return InlineDesk(home / "workspace.db", home / "backups", clock, outside)


def live(home: Path, kind: Kind, seed: int) -> None:
    """Fetch and send until killed."""
    dice = random.Random(seed)
    desk = open_desk(home, kind, dice, mortal=True)
    set_up(desk)
    desk.do(SetSetting("hold_s", "0")).result()
    desk.sender.recover()
    n_written = 0
    while True:
        desk.clockwork.turn()
        if n_written < N_REPLIES_A_LIFE and dice.random() < 0.5:
            n_written += write_reply(desk, dice)
        time.sleep(0.005)


def write_reply(desk: InlineDesk, dice: random.Random) -> int:
    """A reply whose words are like no other's; 1 when it was taken."""
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    if not ids:
        return 0
    try:
        desk.do(SendReply(dice.choice(ids), f"Reply {dice.getrandbits(60):x}", is_sure=True)).result()
    except CommandError:
        return 0
    return 1


def settle(home: Path, kind: Kind) -> dict[str, int | bool]:
    """A last engine that nobody kills: what it can settle it settles; then everything is counted."""
    desk = open_desk(home, kind, random.Random(0), mortal=False)
    desk.sender.recover()
    end = time.monotonic() + SETTLE_S
    open_states = {OutboxState.HELD, OutboxState.QUEUED, OutboxState.SENDING}
    while time.monotonic() < end:
        desk.clockwork.turn()
        desk.settle()
        rows = desk.ask(ListOutbox(only_open=False, limit=100_000)).result()
        waits = [r for r in rows if r.state in open_states
                 or (r.state is OutboxState.UNCERTAIN and r.next_at)]  # fmt: skip
        if not waits:
            break
        time.sleep(0.02)
    before = FastClock().now_ms()
    desk.do(FetchNow(wait=True)).result()
    states = Counter(r.state for r in desk.ask(ListOutbox(only_open=False, limit=100_000)).result())
    desk.close()
    return count(home, kind, states, before)


def count(
    home: Path, kind: Kind, states: "Counter[OutboxState]", before: int
) -> dict[str, int | bool]:
    """What the file and the network hold, side by side; of mentions those from `before` (ms)."""
    network = PracticeAdapter(
        home / "practice.jsonl", load_content(resource("practice")), now_ms=FastClock().now_ms,
        kind=kind,
    )  # fmt: skip
    posts = Counter(post.text for post in network.posts_by_us())
    network.close()
    conn = open_reader(home / "workspace.db")
    uris = [u for (u,) in conn.execute("SELECT uri FROM mention WHERE role = 0")]
    (check,) = conn.execute("PRAGMA integrity_check").fetchone()
    conn.close()
    readers = Readers(home / "workspace.db")
    broken = readers.here(journal.verify)
    readers.close()
    return {
        "n_mentions": len(uris),
        "n_doubled_mentions": len(uris) - len(set(uris)),
        "n_lost": n_lost(home, kind, set(uris), before),
        "n_written": sum(states.values()),
        "n_sent": states[OutboxState.SENT],
        "n_on_network": len(posts),
        "n_doubled": sum(n - 1 for n in posts.values()),
        "n_uncertain": states[OutboxState.UNCERTAIN],
        "n_unsettled": sum(states[s] for s in (OutboxState.QUEUED, OutboxState.SENDING)),
        "is_whole": check == "ok" and broken is None,
    }


def n_lost(home: Path, kind: Kind, seen: set[str], before: int) -> int:
    """Mentions that an engine which was never killed finds on the same network, and we did not;
    what was posted after `before` (ms) may have come while we counted."""
    with tempfile.TemporaryDirectory() as other:
        fresh = Path(other)
        (fresh / "practice.jsonl").write_bytes((home / "practice.jsonl").read_bytes())
        desk = open_desk(fresh, kind, random.Random(0), mortal=False)
        set_up(desk)
        desk.do(FetchNow(wait=True)).result()
        desk.close()
        conn = open_reader(fresh / "workspace.db")
        found = conn.execute(
            "SELECT uri FROM mention WHERE role = 0 AND published_at < ?", (before,)
        )
        there = {u for (u,) in found}
        conn.close()
    return len(there - seen)


def main() -> None:
    kind, n_kills, seed = Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        home = Path(folder)
        for n in range(n_kills):
            child = os.fork()
            if child == 0:
                try:
                    live(home, kind, seed * 100_000 + n)
                finally:
                    os._exit(1)
            time.sleep(dice.uniform(*LIFE_S))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                sys.exit(f"engine {n} ended by itself")
        print(json.dumps({"n_kills": n_kills, **settle(home, kind)}))


if __name__ == "__main__":
    main()
