"""An engine with a practice account and one CRM, on a clock moved by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.people.crm import CaseRow
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.accounts.secrets import NoKeyring, Owner
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.commands.crm import MakeCase
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListMentions
from socialdesk.engine.queries.crm import ListCases, ListCrms
from socialdesk.networks import http, hubspot, mastodon
from socialdesk.networks.base import Network
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from tests.fakes import HandClock
from tests.networks.fake_hubspot import HOST, KEY, FakeHubSpot

SUBJECT = "Order 1204 never came"


class Kept(NoKeyring):
    """The practice token for everybody but those whose own was kept."""

    def __init__(self) -> None:
        super().__init__(account_secret())
        self._own: dict[Owner, Secret] = {}

    def read(self, owner: Owner) -> Secret | None:
        return self._own.get(owner) or super().read(owner)

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        self._own[owner] = secret


@dataclass
class CrmBench:
    """`mention`: one that somebody wrote; `crm`: the account id of the CRM."""

    desk: InlineDesk
    server: FakeHubSpot
    clock: HandClock
    network: PracticeAdapter
    mention: int = 0
    crm: int = 0

    def turn(self, seconds: float = 0.0) -> None:
        """Time passes in small steps; what is due is done to its end."""
        end = self.clock.now + round(seconds * 1000)
        while True:
            pause_s = self.desk.clockwork.turn()
            self.desk.settle()
            if self.clock.now >= end:
                return
            self.clock.advance(min((end - self.clock.now) / 1000, max(0.2, pause_s)))
            self.server.now = self.clock.utc

    def make(self, subject: str = SUBJECT, kind: str = "case", person: str = "") -> int:
        """A case of the mention; its id."""
        command = MakeCase(self.mention, self.crm, kind, subject, "“Where is it?”", person)
        return int(self.desk.do(command).result().answer["case_id"])

    def case(self) -> CaseRow:
        """The only one."""
        (row,) = self.cases()
        return row

    def cases(self) -> list[CaseRow]:
        return self.desk.ask(ListCases(self.mention)).result()

    def n_there(self, subject: str = SUBJECT) -> int:
        return self.server.n_cases(subject)

    def end(self) -> None:
        self.desk.close()
        self.network.shut_down()


StartCrm = Callable[..., CrmBench]


@pytest.fixture
def start_crm(tmp_path: Path) -> Iterator[StartCrm]:
    """Makes benches; the same `server` again is a restart against the same CRM."""
    made: list[CrmBench] = []

    def start(server: FakeHubSpot | None = None, clock: HandClock | None = None) -> CrmBench:
        bench = open_crm(tmp_path, server or FakeHubSpot(), clock or HandClock())
        made.append(bench)
        return bench

    yield start
    for bench in made:
        bench.end()


@pytest.fixture
def crm_bench(start_crm: StartCrm) -> CrmBench:
    """A fresh one, with mentions to make cases of."""
    return start_crm()


def open_crm(home: Path, server: FakeHubSpot, clock: HandClock) -> CrmBench:
    """An engine in `home`, signed in to the CRM once."""
    content = load_content(resource("practice"))
    network = PracticeAdapter(home / "practice.jsonl", content, now_ms=clock.now_ms)
    server.now = clock.utc

    def session(**_: object) -> requests.Session:
        session = http.session()
        mount(session, network)
        session.mount(f"https://{HOST}", server)
        return session

    known: dict[str, Network] = {"mastodon": mastodon.NETWORK, "hubspot": hubspot.NETWORK}
    desk = InlineDesk(
        home / "workspace.db", home / "backups", clock,
        Outside(known, session, lambda _: Kept(), pace=60.0),
    )  # fmt: skip
    bench = CrmBench(desk, server, clock, network)
    set_up(desk)
    bench.turn(2)
    crms = desk.ask(ListCrms()).result()
    fields = (("token", KEY),)
    account = crms[0].id if crms else 0
    add = AddAccount("hubspot", fields, session_only=True, account_id=account)
    bench.crm = int(desk.do(add).result().answer["account_id"])
    bench.mention = desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids[0]
    return bench
