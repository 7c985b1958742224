"""A whole engine on the fake X: fetching ends before the cap is passed, and nothing is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import CommandError
from socialdesk.domain.ids import AccountId
from socialdesk.domain.queue.rows import AccountRow, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.domain.spend import Spend
from socialdesk.engine.commands import (
    AddAccount,
    BeginSignIn,
    FinishSignIn,
    SendReply,
    SetMonthlyCap,
)
from socialdesk.engine.health.doctor import account_check, spend_check
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import (
    ListAccounts,
    ListMentions,
    ListOutbox,
    ReadExport,
    ReadJournal,
)
from socialdesk.engine.queries.spending import ReadSpend
from socialdesk.engine.words.messages import sentence
from socialdesk.networks.base import Network
from socialdesk.networks.testing import session_with
from socialdesk.networks.x import NETWORK
from socialdesk.ui.accounts.health import health
from socialdesk.ui.outbox.words import told
from tests.engine.keyring import Keyring
from tests.engine.pond import Pond, PondNetwork
from tests.fakes import HandClock
from tests.networks.fake_x import CLIENT_ID, FakeX

DAY_S = 86_400.0
WATCHES = (("mentions", "", ""),)


class Paying:
    """An engine with an account on X and one in a pond that costs nothing."""

    def __init__(self, folder: Path, cap: str) -> None:
        self.x, self.pond, self.clock, self.folder = FakeX(), Pond(), HandClock(), folder
        self.x.now, self.secrets = self.clock.utc, Keyring()
        self.desk = self._opened()
        self.id = self.sign_in(cap)
        self.desk.do(AddAccount("pond", (), WATCHES)).result()

    def sign_in(self, cap: str) -> AccountId:
        """In the browser, new or again."""
        fields = (("client_id", CLIENT_ID), ("monthly_cap_usd", cap))
        ticket = self.desk.do(BeginSignIn("x", fields)).result().answer["ticket"]
        done = self.desk.do(FinishSignIn(ticket, "good-code", WATCHES)).result()
        return AccountId(done.answer["account_id"])

    def _opened(self) -> InlineDesk:
        networks: dict[str, Network] = {"x": NETWORK, "pond": PondNetwork(self.pond)}
        outside = Outside(networks, lambda **_: session_with(self.x), lambda _: self.secrets)
        return InlineDesk(
            self.folder / "workspace.db", self.folder / "backups", self.clock, outside
        )

    def start_again(self) -> None:
        """The engine ends, and another one begins on the same file."""
        self.desk.close()
        self.desk = self._opened()

    def turn(self, seconds: float = 0.0, times: int = 3) -> None:
        for _ in range(times):
            self.clock.advance(seconds)
            self.x.now = self.clock.utc
            self.desk.clockwork.turn()
            self.desk.settle()

    def spend(self) -> Spend:
        return self.desk.ask(ReadSpend(self.id)).result()

    def account(self, network: str = "x") -> AccountRow:
        rows = self.desk.ask(ListAccounts()).result()
        return next(row for row in rows if row.network == network)

    def n_stored(self, network: str = "x") -> int:
        return len(self.desk.ask(ListMentions(View.ALL, f"network:{network}")).result().ids)

    def outbox(self) -> OutboxRow:
        (row,) = self.desk.ask(ListOutbox(only_open=False)).result()
        return row


Start = Callable[[str], Paying]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    made: list[Paying] = []

    def begin(cap: str) -> Paying:
        made.append(Paying(tmp_path, cap))
        return made[-1]

    yield begin
    for one in made:
        one.desk.close()


def test_what_is_shown_is_what_x_bills(start: Start) -> None:
    paying = start("5")
    for n in range(7):
        paying.x.add_mention(f"number {n}")
    paying.turn(200)
    assert paying.n_stored() == 7
    assert paying.spend().micros == paying.x.billed == 10_000 + 7 * 1_000 + 10_000
    assert paying.account().is_priced and not paying.account("pond").is_priced


def test_fetching_ends_before_the_cap_and_other_accounts_go_on(start: Start) -> None:
    paying = start("0.10")
    for n in range(60):
        paying.x.add_mention(f"number {n}")
    paying.turn(200, times=20)
    assert 0 < paying.n_stored() < 60
    assert paying.x.billed <= paying.spend().micros <= 100_000
    account = paying.account()
    assert account.state is AccountState.ON
    said = health(account, paying.clock.now_ms())
    assert said.text.startswith(
        "This month's cap of $0.10 is reached; fetching goes on on 1 December."
    )
    assert (said.word, said.tone) == ("Waiting", "warn")
    assert not account_check(account).is_well
    paying.pond.add("free words", paying.clock.utc)
    paying.turn(200)
    assert paying.n_stored("pond") == 1
    assert account_check(paying.account("pond")).is_well


def test_the_next_month_goes_on_where_it_stopped(start: Start) -> None:
    paying = start("0.10")
    for n in range(20):
        paying.x.add_mention(f"number {n}")
    paying.turn(200, times=5)
    before = paying.n_stored()
    assert before < 20
    paying.turn(10 * DAY_S, times=1)
    paying.turn(3700, times=20)
    assert before < paying.n_stored() <= 20
    assert paying.spend().month == "2026-12"
    assert paying.spend().micros <= 100_000


def test_a_raised_cap_goes_on_at_once(start: Start) -> None:
    paying = start("0.05")
    for n in range(20):
        paying.x.add_mention(f"number {n}")
    paying.turn(200, times=3)
    assert paying.n_stored() < 20
    done = paying.desk.do(SetMonthlyCap(paying.id, "$2")).result()
    assert done.answer == {"cap": 2_000_000}
    paying.turn(1, times=6)
    assert paying.n_stored() == 20
    assert paying.account().watches[0].fault == ""
    (entry, *_) = paying.desk.ask(ReadJournal(1, "cap_changed")).result()
    assert "2000000" in str(entry)


def test_a_cap_of_nothing_fetches_nothing(start: Start) -> None:
    paying = start("0")
    paying.x.add_mention("hello")
    paying.x.calls.clear()
    paying.turn(200, times=5)
    assert paying.x.calls == []


@pytest.mark.parametrize(
    ("micros", "is_well"), [(4_130_000, True), (4_600_000, False), (5_000_000, False)]
)
def test_doctor_says_what_is_spent_and_when_little_is_left(micros: int, is_well: bool) -> None:
    check = spend_check("x brandbakery", Spend("2026-11", 5_000_000, micros, 412))
    assert check.is_well is is_well
    assert check.text.startswith(
        "x brandbakery: $4." if micros < 5_000_000 else "x brandbakery: $5"
    )
    assert check.text.endswith("of $5.00 spent this month, in 412 calls.")
    assert bool(check.next_step) is not is_well


def test_a_cap_of_nothing_is_a_choice_and_well() -> None:
    assert spend_check("x shop", Spend("2026-11", 0)).is_well


@pytest.mark.parametrize("cap", ["", "much", "-3"])
def test_no_cap_that_is_none(start: Start, cap: str) -> None:
    paying = start("1")
    with pytest.raises(CommandError):
        paying.desk.do(SetMonthlyCap(paying.id, cap)).result()
    assert paying.spend().cap == 1_000_000


def answerable(paying: Paying) -> int:
    """A mention that can be answered; with the sign-in it cost 21,000."""
    paying.x.add_mention("open today?")
    paying.turn(200)
    (id_,) = paying.desk.ask(ListMentions(View.ALL)).result().ids
    assert paying.spend().micros == 21_000
    return id_


def test_a_queued_reply_waits_for_the_cap_and_leaves_once(start: Start) -> None:
    paying = start("5")
    id_ = answerable(paying)
    paying.desk.do(SendReply(id_, "Yes, until eight.", is_sure=True)).result()
    paying.desk.do(SetMonthlyCap(paying.id, "0.03")).result()  # while it is held
    paying.turn(30, times=4)
    row = paying.outbox()
    assert (row.state, row.reason) == (OutboxState.QUEUED, "SpendCapError")
    assert "cap" in told(row, paying.clock.now_ms()).text
    paying.start_again()
    paying.turn(3700, times=3)  # tried again in vain, and still there
    assert paying.outbox().state is OutboxState.QUEUED
    assert paying.x.n_posted("Yes, until eight.") == 0
    paying.desk.do(SetMonthlyCap(paying.id, "1")).result()
    paying.turn(1, times=3)
    assert paying.outbox().state is OutboxState.SENT
    assert paying.x.n_posted("Yes, until eight.") == 1


def test_a_reply_that_could_pass_the_cap_is_refused_when_it_is_written(start: Start) -> None:
    paying = start("0.10")
    id_ = answerable(paying)
    with pytest.raises(CommandError) as caught:
        paying.desk.do(SendReply(id_, "See brand.kz", is_sure=True)).result()
    assert sentence(caught.value).text == (
        "This could pass your cap of $0.10 a month ($0.02 spent)."
    )
    later = paying.clock.now_ms() + 30 * 86_400_000
    paying.desk.do(SendReply(id_, "See brand.kz", is_sure=True, send_at=later)).result()
    assert paying.outbox().state is OutboxState.HELD


def test_a_lost_answer_is_counted_in_full(start: Start) -> None:
    paying = start("5")
    paying.x.cut()
    paying.turn(200, times=1)
    assert paying.spend().micros == 10_000 + 20 * 11_000  # twenty were asked for
    paying.x.recover()


def test_posts_are_looked_at_again_once_a_day_at_most(start: Start) -> None:
    paying = start("5")
    uri = paying.x.add_mention("hello")
    paying.turn(200)
    paying.x.calls.clear()
    for _ in range(11):  # twenty-two hours
        paying.turn(7200, times=1)
    assert "GET /2/tweets" not in paying.x.calls
    paying.x.remove(uri)
    for _ in range(11):
        paying.turn(7200, times=1)
    assert paying.x.calls.count("GET /2/tweets") == 1


def test_the_words_of_a_deleted_post_go_here_too(start: Start) -> None:
    """X's developer terms; our decisions and the link stay."""
    paying = start("5")
    paying.x.add_mention("this stays")
    goes = paying.x.add_mention("this goes")
    paying.turn(200)
    paying.x.remove(goes)
    paying.turn(86_400)
    ids = tuple(paying.desk.ask(ListMentions(View.ALL)).result().ids)
    rows = paying.desk.ask(ReadExport(ids)).result()
    assert sorted(row.body for row in rows) == ["", "this stays"]


def test_the_cap_outlives_a_new_sign_in(start: Start) -> None:
    paying = start("2")
    paying.sign_in("")  # left empty: the default would be more than was agreed to
    assert paying.spend().cap == 2_000_000


def test_looking_again_leaves_half_of_the_cap_to_what_is_new(start: Start) -> None:
    paying = start("0.30")
    for n in range(20):
        paying.x.add_mention(f"number {n}")
    paying.turn(200, times=4)
    assert paying.n_stored() == 20
    for _ in range(4 * 24):
        paying.turn(3700, times=1)
    assert paying.x.calls.count("GET /2/tweets") == 1  # a second look could pass the half
    paying.x.add_mention("still heard")
    paying.turn(200)
    assert paying.n_stored() == 21
