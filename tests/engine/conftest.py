"""A whole engine on a practice network, with a clock that is moved by hand: no thread of its own
decides anything, so a test says when time passes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from socialdesk.domain.rows import Order, OutboxRow, QueueRow, View
from socialdesk.engine.commands import SendReply
from socialdesk.engine.inline import InlineDesk, Outside
from socialdesk.engine.practice import set_up
from socialdesk.engine.queries import ListMentions, ListOutbox, ReadRows
from socialdesk.engine.secrets import NoKeyring
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount
from tests.fakes import HandClock

STEP_S = 1.0


@dataclass
class Bench:
    """An engine, its network and its clock."""

    desk: InlineDesk
    network: PracticeAdapter
    clock: HandClock

    def turn(self, seconds: float = 0.0) -> None:
        """Time passes in small steps; after each everything that is due is done to its end."""
        left = seconds
        while True:
            self.desk.clockwork.turn()
            self.desk.settle()
            if left <= 0:
                return
            self.clock.advance(min(STEP_S, left))
            left -= STEP_S

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


StartBench = Callable[..., Bench]


@pytest.fixture
def start_bench(tmp_path: Path) -> Iterator[StartBench]:
    """Makes benches; the same folder again is a restart on the same network."""
    open_desks: list[InlineDesk] = []

    def start(
        clock: HandClock | None = None, kind: Kind = Kind.HONOURS_KEY, folder: str = "a"
    ) -> Bench:
        clock = clock or HandClock()
        home = tmp_path / folder
        home.mkdir(exist_ok=True)
        content = load_content(resource("practice"))
        network = PracticeAdapter(home / "practice.jsonl", content, now_ms=clock.now_ms, kind=kind)

        def session() -> requests.Session:
            made = http.session()
            mount(made, network)
            return made

        networks = {n.info.key: n for n in registry.networks()}
        outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
        desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
        open_desks.append(desk)
        set_up(desk)
        return Bench(desk, network, clock)

    yield start
    for desk in open_desks:
        desk.close()


@pytest.fixture
def bench(start_bench: StartBench) -> Bench:
    """A fresh practice workspace, two minutes in."""
    made = start_bench()
    made.turn(120)
    return made
