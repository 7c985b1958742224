"""Kills an engine again and again while it fetches and sends, then counts what is left.

    python -m tests.engine.kills KIND N SEED

prints one JSON line: kills, mentions lost and doubled, replies and posts of our own written, on the
network, doubled, uncertain, and whether the journal and the file are whole. Each engine is a fork
of this process, so that a kill costs no new imports; the parent starts no thread before the last
fork.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import FetchNow, SendReply, SetSetting
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox
from socialdesk.networks import http, registry
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.places import resource
from socialdesk.practice.adapter import Point, PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount
from socialdesk.store import journal
from socialdesk.store.crisis import statement_posts
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import open_reader
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import approval_hashes
from tests.fakes import HandClock
from tests.lives import let_live

SCALE = 60.0  # clock seconds a real one
LIFE_S = (0.0, 0.4)  # how long an engine lives once it is open, real seconds
BIRTH_S = 60.0  # real seconds an engine may need to open its file on a busy machine
POINT_SHARE = 0.06  # of the network's points that end the engine in the middle of a request
EVERY_WRITER = 3  # so many lives, one lives until it wrote, however slow the machine
N_REPLIES_A_LIFE = 3
SETTLE_S = 6 * 3600  # clock seconds the last engine may take to settle what can be settled
STATEMENT = "We are sorry. Next update soon."
OPEN = {OutboxState.HELD, OutboxState.QUEUED, OutboxState.SENDING}
START_MS = int(time.time() * 1000)


class FastClock:
    """Runs SCALE times as fast as the wall clock, in every process alike."""

    def now_ms(self) -> int:
        return int(START_MS + (time.time() * 1000 - START_MS) * SCALE)

    def monotonic_ms(self) -> int:
        return self.now_ms()


def open_network(
    home: Path, kind: Kind, clock: Clock, passing: Callable[[Point], None] = lambda point: None
) -> PracticeAdapter:
    """The network that lives in `home`, whoever died on it before."""
    return PracticeAdapter(
        home / "practice.jsonl", load_content(resource("practice")), now_ms=clock.now_ms,
        kind=kind, n_requests=0, passing=passing,
    )  # fmt: skip


def open_desk(
    home: Path, kind: Kind, clock: Clock, passing: Callable[[Point], None] = lambda point: None
) -> InlineDesk:
    """An engine on the network in `home`, which holds no reply back."""
    network = open_network(home, kind, clock, passing)

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    networks = dict(registry.networks())
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
    desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
    set_up(desk)
    desk.do(SetSetting("hold_s", "0")).result()
    return desk


def live(home: Path, kind: Kind, seed: int, *, is_writer: bool, tell: Callable[[], object]) -> None:
    """Fetch and send until killed: by the parent at any moment, or at a point of a request; a
    writer not before it wrote. `tell`s when it is open, and after all it wrote."""
    dice = random.Random(seed)
    n_written = 0

    def passing(point: Point) -> None:
        if dice.random() < POINT_SHARE and (n_written or not is_writer):
            os.kill(os.getpid(), signal.SIGKILL)

    desk = open_desk(home, kind, FastClock(), passing)
    tell()
    desk.sender.recover()
    never = threading.Event()
    while True:
        pause_s = desk.clockwork.turn()
        if n_written < N_REPLIES_A_LIFE:
            n_new = write_reply(desk, dice) + write_post(desk, dice)
            n_written += n_new
            if n_new:
                tell()
        never.wait(min(0.01, pause_s / SCALE))


def write_reply(desk: InlineDesk, dice: random.Random) -> int:
    """A reply whose words are like no other's; 1 when it was taken."""
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    if not ids:
        return 0
    text = f"Reply {dice.getrandbits(60):x}"
    try:
        command = SendReply(dice.choice(ids), text, is_sure=True, **plan(desk, dice))
        desk.do(command).result()
    except CommandError:
        return 0
    return 1


def write_post(desk: InlineDesk, dice: random.Random) -> int:
    """Now and then a statement beside the replies: it answers nobody; 1 when there is one."""
    if dice.random() < 0.5:
        return 0
    (account,) = desk.ask(ListAccounts()).result()
    text = f"{STATEMENT} {dice.getrandbits(60):x}."
    pictures = tuple(Picture(*one) for one in plan_picture(desk)) if dice.random() < 0.3 else ()

    def write(tx: Transaction) -> int:
        digest = approval_hashes.reply_hash(tx.conn, account.id, "en", text, pictures)
        return statement_posts.add(
            tx, account_id=account.id, text=text, lang="en", digest=digest, incident_id=0,
            statement_version_id=0, person=1, dedupe_key=str(uuid.UUID(int=dice.getrandbits(128))),
            pictures=pictures, hold_ms=0,
        )  # fmt: skip

    desk._writer.submit(write).result()
    return 1


def plan_picture(desk: InlineDesk) -> tuple[tuple[str, str, str], ...]:
    source = desk.backups.parent / "loaf.png"
    source.write_bytes(PIXEL)
    made = desk.do(AddMedia(str(source))).result().answer
    return ((made["file"], made["mime"], "A loaf"),)


def plan(desk: InlineDesk, dice: random.Random) -> dict[str, Any]:
    """Of three replies one leaves at once, one some seconds later, one with a picture."""
    match dice.randrange(3):
        case 0:
            at = FastClock().now_ms() + dice.randrange(1_000, 30_000)
            return {"send_at": at, "is_dropped_if_written": dice.random() < 0.5}
        case 1:
            return {"pictures": plan_picture(desk)}
        case _:
            return {}


def kill_one(home: Path, kind: Kind, seed: int, dice: random.Random, *, is_writer: bool) -> None:
    """One engine from its fork to its death. Raises RuntimeError when it ended by itself."""
    news, child_news = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(home, kind, seed, is_writer=is_writer, tell=lambda: os.write(child_news, b"!"))
        finally:
            os._exit(1)
    os.close(child_news)
    # It speaks when it is open, and the pipe ends when it is dead; some do not live to open.
    is_waited_for = dice.random() < 0.9 or is_writer
    is_alive = hear(news, BIRTH_S if is_waited_for else dice.uniform(0.0, 0.1))
    if is_alive and is_writer:
        is_alive = hear(news, BIRTH_S)
    if is_alive:
        let_live(child, news, dice.uniform(*LIFE_S))
    os.close(news)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the engine with seed {seed} ended by itself")


def hear(news: int, patience_s: float) -> bool:
    """Whether it spoke in that time."""
    return bool(select.select([news], [], [], patience_s)[0] and os.read(news, 1))


def give_birth(home: Path, kind: Kind) -> None:
    """The workspace with its account, made by an engine that nobody kills."""
    child = os.fork()
    if child == 0:
        try:
            open_desk(home, kind, FastClock()).close()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError("the workspace could not be made")


def settle(home: Path, kind: Kind) -> dict[str, int | bool]:
    """A last engine that nobody kills settles what can be settled, on a clock that jumps from one
    due time to the next; then everything is counted."""
    clock = HandClock(FastClock().now_ms())
    desk = open_desk(home, kind, clock)
    desk.sender.recover()
    end = clock.now + SETTLE_S * 1000
    while clock.now < end and any(is_waiting(row) for row in outgoing(desk)):
        pause_s = desk.clockwork.turn()
        desk.settle()
        clock.advance(max(0.05, pause_s))
    before = clock.now
    desk.do(FetchNow(wait=True)).result()
    rows = outgoing(desk)
    desk.close()
    return count(home, kind, clock, rows) | {"n_lost": n_lost(home, kind, clock, before)}


def outgoing(desk: InlineDesk) -> list[OutboxRow]:
    return desk.ask(ListOutbox(only_open=False, limit=100_000)).result()


def is_waiting(row: OutboxRow) -> bool:
    """For time to pass, not for a person."""
    if row.state is OutboxState.HELD and row.hold is HoldReason.ASK:
        return False
    return row.state in OPEN or (row.state is OutboxState.UNCERTAIN and bool(row.next_at))


def count(home: Path, kind: Kind, clock: HandClock, rows: list[OutboxRow]) -> dict[str, int | bool]:
    """What the file and the network hold, side by side."""
    states = Counter(row.state for row in rows)
    network = open_network(home, kind, clock)
    posts = Counter(post.now.text for post in network.posts_by_us())
    n_pictures = [len(post.pictures) for post in network.posts_by_us()]
    statements = [post for post in network.posts_by_us() if STATEMENT in post.now.text]
    network.shut_down()
    sent = {row.text for row in rows if row.state is OutboxState.SENT}
    uris = seen_uris(home)
    conn = open_reader(home / "workspace.db")
    (check,) = conn.execute("PRAGMA integrity_check").fetchone()
    conn.close()
    readers = Readers(home / "workspace.db")
    broken = readers.here(journal.verify)
    readers.close()
    return {
        "n_mentions": len(uris),
        "n_doubled_mentions": len(uris) - len(set(uris)),
        "n_written": sum(states.values()),
        "n_sent": states[OutboxState.SENT],
        "n_on_network": len(posts),
        "n_missing": sum(not any(text in post for post in posts) for text in sent),
        "n_doubled": sum(n - 1 for n in posts.values()),
        "n_uncertain": states[OutboxState.UNCERTAIN],
        "n_unsettled": sum(is_waiting(row) and row.state in OPEN for row in rows),
        "n_asked": sum(row.hold is HoldReason.ASK for row in rows),
        "n_with_picture": sum(n == 1 for n in n_pictures),
        "n_picture_wrong": sum(n > 1 for n in n_pictures),
        "n_statements": len(statements),
        "n_statements_under_others": sum(bool(post.to) for post in statements),
        "is_whole": check == "ok" and broken is None,
    }


def n_lost(home: Path, kind: Kind, clock: HandClock, before: int) -> int:
    """Mentions that an engine which was never killed finds on the same network, and we did not;
    what was posted after `before` (ms) may have come while we counted."""
    with tempfile.TemporaryDirectory() as other:
        fresh = Path(other)
        (fresh / "practice.jsonl").write_bytes((home / "practice.jsonl").read_bytes())
        desk = open_desk(fresh, kind, clock)
        desk.do(FetchNow(wait=True)).result()
        desk.close()
        return len(set(seen_uris(fresh, before)) - set(seen_uris(home)))


def seen_uris(home: Path, before: int = 1 << 60) -> list[str]:
    """Of the mentions in a file, published before that time (ms)."""
    conn = open_reader(home / "workspace.db")
    found = conn.execute("SELECT uri FROM mention WHERE role = 0 AND published_at < ?", (before,))
    uris = [uri for (uri,) in found]
    conn.close()
    return uris


def main(kind: Kind, n_kills: int, seed: int) -> str:
    """One line of JSON."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        home = Path(folder)
        give_birth(home, kind)
        for n in range(n_kills):
            is_writer = n % EVERY_WRITER == 0
            kill_one(home, kind, seed * 100_000 + n, dice, is_writer=is_writer)
        return json.dumps({"n_kills": n_kills, **settle(home, kind)})


if __name__ == "__main__":
    sys.stdout.write(main(Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])) + "\n")
