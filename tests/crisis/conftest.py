"""A shop in trouble: a whole engine on the practice network, with a clock that is moved by hand.

`shop` is a fresh workspace two minutes in, with mentions to answer; `start_shop` makes more of them
(other kinds of network, the same folder again after a kill). Short ways to do what scenarios do:

    shop.declare(severity=1)                 its id; the lock is on
    shop.reply("We are on it.")              outbox id of an answer to the newest open mention
    shop.refused(command).code               the R-code, when crisis mode refuses
    shop.events("refused", incident)         the data of the log's events, oldest first
    shop.posts()                             what stands on the network by us
    shop.pass_s(600)                         time passes; whatever is due is done
    shop.later(hours=24)                     the same at once; nothing is fetched from then on
    shop.look("statement", version, hash)    a second look by the same person (solo), after a rest
    shop.line("common/ack", mention)         an approved line, prepared and looked at first
    shop.first_statement(incident)           drafted, looked at, published and sent
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from socialdesk.domain.crisis.crisis_rows import DueRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.queue.rows import Order, OutboxRow, QueueRow, View
from socialdesk.domain.replies.placeholder import fill
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import (
    ApproveVersion,
    Command,
    SaveTemplate,
    SendReply,
    SetSetting,
)
from socialdesk.engine.commands.crisis import DecideHeld, Declare, LinkMentions, MoveIncident
from socialdesk.engine.commands.statements import (
    CheckFact,
    GiveLook,
    PrepareLine,
    PublishStatement,
    SaveStatement,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.playbooks import shipped_common
from socialdesk.engine.queries import (
    ListAccounts,
    ListMentions,
    ListOutbox,
    ReadRows,
    ReadSettings,
)
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.crisis import (
    ListDues,
    ListFacts,
    ListHeld,
    ReadIncident,
    ReadLog,
)
from socialdesk.practice.kinds import Kind
from tests.engine.conftest import Bench, StartBench, start_bench
from tests.fakes import HandClock

__all__ = ["start_bench"]
T = TypeVar("T")
Answer = dict[str, Any]
REST_S = 15 * 60  # seconds: the longest rest before a look by the same person


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
        return dict(self.desk.do(command).result(30).answer)

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

    def later(self, hours: float) -> None:
        """Hours pass at once, in which nobody writes; then what is due is done."""
        if self.ask(ReadSettings()).get("fetching", "on") == "on":
            self.set("fetching", "off")
        self.clock.advance(hours * 3600)
        self.pass_s(1)

    # --- mentions and replies ---

    def mentions(self, n: int = 1, view: View = View.NEEDS_REPLY, search: str = "") -> list[int]:
        """The newest `n` of a view."""
        rows = self.bench.rows(view, search)
        assert len(rows) >= n, f"{len(rows)} of {n} mentions are there"
        return [row.id for row in rows[:n]]

    def rows(self, order: Order = Order.NEED) -> list[QueueRow]:
        """ "Needs reply" in an order."""
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

    # --- texts ---

    def look(self, subject: str, subject_id: int, digest: str, rest_s: float = 0) -> Answer:
        """By the same person, every question answered; `rest_s`: time passes before."""
        if rest_s:
            self.pass_s(rest_s)
        answers = tuple((question.key, "yes") for question in shipped_common().second_look)
        return self.do(GiveLook(subject, subject_id, digest, "self_cooldown", answers=answers))

    def approved_line(self, name: str, incident_id: int = 1, **facts: Any) -> str:
        """The words of a line, with its places, after its second look. `facts`: of PrepareLine."""
        playbook, _, key = name.partition("/")
        made = self.do(PrepareLine(incident_id, playbook, key, "en", **facts))
        if made["missing"] == "R25":
            self.look("line", made["line_id"], made["hash"], rest_s=REST_S)
        return str(made["text"])

    def line_command(
        self, name: str, mention: int, incident_id: int = 1, **values: Any
    ) -> SendReply:
        """A reply with the words of a prepared line. A time in `values` (ms UTC) is written as the
        asker reads it, and promised where the line promises."""
        playbook, _, key = name.partition("/")
        made = self.do(PrepareLine(incident_id, playbook, key, "en"))
        promise_at = values.get("next_update_at", 0)
        texts: Answer = {"name": "Ann", "next_update_at": self.now + 3_600_000, **values}
        filled = {k: clock_time(v) if isinstance(v, int) else v for k, v in texts.items()}
        return SendReply(
            mention, fill(made["text"], filled), is_sure=True, lang="en", line=name,
            values=tuple((k, v) for k, v in filled.items() if f"{{{k}}}" in made["text"]),
            promise_at=promise_at if key == "dont_know" else 0,
        )  # fmt: skip

    def line(
        self, name: str, mention: int, incident_id: int = 1, *, values: Answer | None = None
    ) -> int:
        """Outbox id of an approved line: prepared and looked at before, if need be."""
        self.approved_line(name, incident_id)
        command = self.line_command(name, mention, incident_id, **(values or {}))
        return int(self.do(command)["outbox_id"])

    def account(self) -> int:
        """Its id."""
        return self.ask(ListAccounts())[0].id

    def statement(self, incident_id: int = 1, kind: str = "first", **facts: Any) -> Answer:
        """The answer of SaveStatement; every place is filled in."""
        given: dict[str, Any] = {
            "accounts": (self.account(),), "next_update_at": self.now + 30 * 60_000,
            "values": self.update_values(),
        }  # fmt: skip
        return self.do(SaveStatement(incident_id, kind, "en", **(given | facts)))

    def update_values(self, **more: str) -> tuple[tuple[str, str], ...]:
        """Something for every place of the playbook outage and the shared texts."""
        values = {name: f"the {name}" for name in shipped_common().placeholders}
        values["next_update_at"] = clock_time(self.now + 30 * 60_000)
        return tuple((values | {"time": clock_time(self.now)} | more).items())

    def publish(self, made: Answer) -> Answer:
        """What SaveStatement made, after its look; sent."""
        self.look("statement", made["version_id"], made["hash"], rest_s=REST_S)
        answer = self.do(PublishStatement(made["version_id"]))
        self.pass_s(30)
        return answer

    def confirm_facts(self, incident_id: int = 1, gate: str = "") -> list[int]:
        """Facts of the gate ("" = all) with as many independent checks as it takes; their ids."""
        found = [f for f in self.ask(ListFacts(incident_id)) if gate in ("", f.gate)]
        for fact in found:
            for n in range(fact.n_needed):
                self.do(CheckFact(fact.id, "document", f"paper {n}", "yes"))
        return [fact.id for fact in found]

    def first_statement(self, incident_id: int = 1) -> Answer:
        """Drafted, looked at by the same person, published, sent: the incident is holding."""
        self.confirm_facts(incident_id, "holding")
        return self.publish(self.statement(incident_id))

    def dues(self, incident_id: int = 1, to_kind: str = "") -> list[DueRow]:
        """Promises of the incident: public, audience, mention; "" = all."""
        return [d for d in self.ask(ListDues(incident_id)) if to_kind in ("", d.to_kind)]

    def set(self, key: str, value: str) -> None:
        self.do(SetSetting(key, value))


def clock_time(at: int) -> str:
    """As a reader of the town sees it."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%H:%M")


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
