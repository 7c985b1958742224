"""A whole engine on a practice network, with a clock that is moved by hand: no thread of its own
decides anything, so a test says when time passes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from socialdesk.domain.queue.rows import Order, OutboxRow, QueueRow, View
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import SendReply
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListMentions, ListOutbox, ReadRows
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import Point, PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount
from tests.fakes import NOON, HandClock

SHORTEST_STEP_S = 0.01
PACE = 0.25  # intervals of the practice account: 15 s, so that a minute of clock is few requests


class Counter:
    """How many requests reached the network."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, point: Point) -> None:
        self.n += point is Point.RECEIVED


@dataclass
class Bench:
    """An engine, its network and its clock."""

    desk: InlineDesk
    network: PracticeAdapter
    clock: HandClock
    requests: Counter

    def turn(self, seconds: float = 0.0) -> None:
        """Time passes from one due time to the next; what is due is done to its end."""
        end = self.clock.now + round(seconds * 1000)
        while True:
            pause_s = self._do_due()
            left_s = (end - self.clock.now) / 1000
            if left_s <= 0:
                return
            self.clock.advance(min(left_s, max(SHORTEST_STEP_S, pause_s)))

    def _do_due(self) -> float:
        """Turns until one starts no job; seconds until the next thing."""
        while True:
            n_before = self.requests.n
            pause_s = self.desk.clockwork.turn()
            self.desk.settle()
            if self.requests.n == n_before:
                return pause_s

    def rows(self, view: View = View.NEEDS_REPLY, search: str = "") -> list[QueueRow]:
        """The first hundred of a view."""
        ids = self.desk.ask(ListMentions(view, search, Order.NEWEST)).result().ids[:100]
        return self.desk.ask(ReadRows(tuple(ids))).result()

    def outbox(self) -> list[OutboxRow]:
        return self.desk.ask(ListOutbox(only_open=False)).result()

    def reply(self, text: str = "Thank you, we are looking into it.") -> int:
        """A free-text answer to the first mention that can have one; its outbox row."""
        for row in self.rows():
            command = SendReply(row.id, text, is_sure=True)
            return int(self.desk.do(command).result().answer["outbox_id"])
        raise AssertionError("nothing to answer")

    def end(self) -> None:
        """The engine ends; the network's file stays for the next one."""
        self.desk.close()
        self.network.shut_down()


def world_ms(clock: HandClock) -> int:
    """The time of everybody else: it does not jump when our clock is set."""
    return NOON + clock.monotonic_ms() - HandClock().monotonic_ms()


StartBench = Callable[..., Bench]


@pytest.fixture
def start_bench(tmp_path: Path) -> Iterator[StartBench]:
    """Makes benches; the same folder again is a restart on the same network."""
    made: list[Bench] = []

    def start(
        clock: HandClock | None = None, kind: Kind = Kind.HONOURS_KEY, folder: str = "a"
    ) -> Bench:
        clock = clock or HandClock()
        home = tmp_path / folder
        home.mkdir(exist_ok=True)
        content = load_content(resource("practice"))
        counter = Counter()
        network = PracticeAdapter(
            home / "practice.jsonl", content, now_ms=lambda: world_ms(clock), kind=kind,
            passing=counter,
        )  # fmt: skip

        def session() -> requests.Session:
            made = http.session()
            mount(made, network)
            return made

        networks = dict(registry.networks())
        outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=PACE)
        desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
        made.append(Bench(desk, network, clock, counter))
        set_up(desk)
        return made[-1]

    yield start
    for bench in made:
        bench.end()


@pytest.fixture
def bench(start_bench: StartBench) -> Bench:
    """A fresh practice workspace, two minutes in."""
    made = start_bench()
    made.turn(120)
    return made
