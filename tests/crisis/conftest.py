"""A shop in trouble: a whole engine on the practice network, with a clock that is moved by hand.

`shop` is a fresh workspace two minutes in, with mentions to answer; `start_shop` makes more of them
(other kinds of network, the same folder again after a kill). Short ways to do what scenarios do:

    shop.declare(severity=1)                 its id; the lock is on
    shop.reply("We are on it.")              outbox id of an answer to the newest open mention
    shop.refused(command).code               the R-code, when crisis mode refuses
    shop.events("refused", incident)         the data of the log's events, oldest first
    shop.posts()                             what stands on the network by us
    shop.pass_s(600)                         time passes; whatever is due is done
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from socialdesk.domain.incident import Incident
from socialdesk.domain.refusal import CrisisRefusedError
from socialdesk.domain.reply import OutboxState
from socialdesk.domain.rows import Order, OutboxRow, QueueRow, View
from socialdesk.engine.commands import (
    ApproveVersion,
    Command,
    SaveTemplate,
    SendReply,
    SetSetting,
)
from socialdesk.engine.commands.crisis import DecideHeld, Declare, LinkMentions, MoveIncident
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.queries import ListOutbox
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.crisis import ListHeld, ReadIncident, ReadLog
from socialdesk.practice.kinds import Kind
from tests.engine.conftest import Bench, StartBench, start_bench
from tests.fakes import HandClock

__all__ = ["start_bench"]
T = TypeVar("T")
Answer = dict[str, Any]


@dataclass
class Shop:
    """An engine, its network and its clock, as a scenario sees them."""

    bench: Bench

    @property
    def desk(self) -> InlineDesk:
        return self.bench.desk

    @property
    def clock(self) -> HandClock:
        return self.bench.clock

    @property
    def now(self) -> int:
        """ms UTC"""
        return self.bench.clock.now

    def do(self, command: Command) -> Answer:
        """Its answer. Raises what it raises."""
        return self.desk.do(command).result(30).answer

    def ask(self, query: Query[T]) -> T:
        return self.desk.ask(query).result(30)

    def refused(self, command: Command) -> CrisisRefusedError:
        """What crisis mode said to it; fails when it was done."""
        with pytest.raises(CrisisRefusedError) as refusal:
            self.do(command)
        return refusal.value

    def pass_s(self, seconds: float) -> None:
        """Time passes from one due time to the next; what is due is done to its end."""
        self.bench.turn(seconds)

    # --- mentions and replies ---

    def mentions(self, n: int = 1, view: View = View.NEEDS_REPLY, search: str = "") -> list[int]:
        """The newest `n` of a view."""
        rows = self.bench.rows(view, search)
        assert len(rows) >= n, f"{len(rows)} of {n} mentions are there"
        return [row.id for row in rows[:n]]

    def rows(self, order: Order = Order.NEED) -> list[QueueRow]:
        """ "Needs reply" in an order."""
        from socialdesk.engine.queries import ListMentions, ReadRows

        ids = self.ask(ListMentions(View.NEEDS_REPLY, "", order)).ids[:200]
        return self.ask(ReadRows(tuple(ids)))

    def reply(self, text: str = "Thank you, we are looking into it.", **facts: Any) -> int:
        """Outbox id of a free-text answer; `mention`: to which, else to the newest."""
        return int(self.do(self.reply_command(text, **facts))["outbox_id"])

    def reply_command(self, text: str, **facts: Any) -> SendReply:
        mention = facts.pop("mention", 0) or self.mentions()[0]
        return SendReply(mention, text, is_sure=True, **facts)

    def template(self, body: str = "Thank you for writing.", name: str = "thanks") -> int:
        """An approved template; its version id."""
        made = self.do(SaveTemplate(name, body, "en"))
        self.do(ApproveVersion(made["version_id"], made["hash"]))
        return int(made["version_id"])

    def outbox(self, outbox_id: int = 0) -> list[OutboxRow]:
        rows = self.ask(ListOutbox(only_open=False, limit=100_000))
        return [row for row in rows if outbox_id in (0, row.id)]

    def state(self, outbox_id: int) -> OutboxState:
        return self.outbox(outbox_id)[0].state

    def states(self) -> "Counter[OutboxState]":
        return Counter(row.state for row in self.outbox())

    def posts(self) -> list[str]:
        """What stands on the network by us, oldest first."""
        return [post.now.text for post in self.bench.network.posts_by_us()]

    # --- incidents ---

    def declare(self, severity: int = 3, playbook: str = "outage", **facts: Any) -> int:
        """The incident's id."""
        return int(self.do(self.declare_command(severity, playbook, **facts))["incident_id"])

    def declare_command(self, severity: int = 3, playbook: str = "outage", **facts: Any) -> Declare:
        values: dict[str, Any] = {"title": "Payment is down", "commander": 1}
        return Declare(playbook=playbook, severity=severity, **(values | facts))

    def incident(self, incident_id: int) -> Incident:
        found = self.ask(ReadIncident(incident_id))
        assert found is not None
        return found

    def link(self, incident_id: int, *mentions: int, category: str = "") -> None:
        self.do(LinkMentions(incident_id, mentions, category))

    def move(self, incident_id: int, state: str, reason: str = "") -> None:
        self.do(MoveIncident(incident_id, state, reason))

    def held(self, incident_id: int = 0) -> list[int]:
        """Outbox ids nobody decided about."""
        return [row.outbox_id for row in self.ask(ListHeld(incident_id))]

    def decide(self, outbox_id: int, decision: str) -> None:
        self.do(DecideHeld(outbox_id, decision))

    def events(self, kind: str = "", incident_id: int = 1) -> list[Answer]:
        """Data of the log's events, oldest first."""
        rows = self.ask(ReadLog(incident_id, limit=100_000, kind=kind))
        return [dict(row.data) for row in reversed(rows)]

    def kinds(self, incident_id: int = 1) -> list[str]:
        """Of the log's events, oldest first."""
        return [row.kind for row in reversed(self.ask(ReadLog(incident_id, limit=100_000)))]

    def set(self, key: str, value: str) -> None:
        self.do(SetSetting(key, value))


StartShop = Callable[..., Shop]


@pytest.fixture
def start_shop(start_bench: StartBench) -> Iterator[StartShop]:
    """Makes shops; arguments as `start_bench` of tests/engine has them."""

    def start(
        clock: HandClock | None = None, kind: Kind = Kind.HONOURS_KEY, folder: str = "a"
    ) -> Shop:
        return Shop(start_bench(clock=clock, kind=kind, folder=folder))

    yield start


@pytest.fixture
def shop(start_shop: StartShop) -> Shop:
    """A fresh workspace, two minutes in: some mentions wait for an answer."""
    made = start_shop()
    made.pass_s(120)
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the first shop."""
    return tmp_path / "a"
