"""Promise 14: nine keyrings that fail and twelve things a person does: an answer or a sentence each
time, nobody is kept waiting, nothing is lost, and no token is written anywhere else."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from socialdesk.credentials import SecretStore
from socialdesk.domain.errors import CredentialError, CredentialFault, SocialDeskError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine import commands
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands import (
    AddAccount,
    AddWatch,
    BackUp,
    BeginSignIn,
    Disconnect,
    FetchNow,
    SendReply,
    SetAccountOn,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox
from socialdesk.engine.words.messages import credential, sentence
from socialdesk.networks import registry
from socialdesk.networks.testing import session_with
from tests.fakes import HandClock
from tests.keyrings import CANARY, Door, FakeKeyring
from tests.networks import fake_mastodon
from tests.networks.fake_mastodon import FakeMastodon
from tests.proof.test_canary import hits
from tests.test_credentials_states import OUTCOMES

TOKEN = f"{CANARY}-14"
FIELDS = (("server", fake_mastodon.HOST), ("token", TOKEN))
MENTIONS = (("mentions", "", ""),)
LONGEST_S = 20.0  # for an answer; a keyring that hangs is given up after KEYRING_S
KEYRING_S = 2.0
HANDED_OVER_S = 1.5  # what the window waits for: 2 ms; a machine may stall, a keyring takes longer

Act = Callable[[int, int], Any]
# What a person does with account `a` and mention `m`. Signing out comes last.
ACTS: dict[str, Act] = {
    "connect another": lambda a, m: AddAccount("mastodon", FIELDS, MENTIONS),
    "sign in again": lambda a, m: AddAccount("mastodon", FIELDS, MENTIONS, account_id=a),
    "for this session": lambda a, m: AddAccount("mastodon", FIELDS, MENTIONS, session_only=True),
    "fetch": lambda a, m: FetchNow(wait=True),
    "test": lambda a, m: commands.TestAccount(a),
    "try a source": lambda a, m: commands.TestFetch("mastodon", FIELDS),
    "reply": lambda a, m: SendReply(m, "We open at nine.", is_sure=True),
    "pause": lambda a, m: SetAccountOn(a, is_on=False),
    "watch a word": lambda a, m: AddWatch(a, "keyword", "rye"),
    "back up": lambda a, m: BackUp(""),
    "browser": lambda a, m: BeginSignIn("mastodon", (("server", fake_mastodon.HOST),)),
    "disconnect": lambda a, m: Disconnect(a),
}


class Home:
    """A workspace whose one account was signed in while the keyring was whole."""

    def __init__(self, folder: Path, ring: FakeKeyring) -> None:
        self.folder, self.server, self.clock = folder, FakeMastodon(token=TOKEN), HandClock()
        self.open(SecretStore(backend=ring))
        self.account = int(self.do(AddAccount("mastodon", FIELDS, MENTIONS))["account_id"])
        for n in range(3):
            self.server.add_mention(f"Question number {n}?")
        self.do(FetchNow(wait=True))
        (self.mention, *_) = self.mentions()
        self.desk.close()

    def open(self, store: SecretStore) -> None:
        outside = Outside(
            dict(registry.networks()),
            lambda: session_with(self.server),
            lambda name: KeyringSecrets(store, name),
        )
        where = self.folder / "workspace.db", self.folder / "backups"
        self.desk = InlineDesk(*where, self.clock, outside)

    def do(self, command: Any) -> Any:
        """Its answer. Handing it over is quick, whatever the keyring does."""
        began = time.perf_counter()
        future = self.desk.do(command)
        assert time.perf_counter() - began < HANDED_OVER_S
        answer = future.result(LONGEST_S).answer
        self.turn()
        return answer

    def turn(self) -> None:
        self.desk.clockwork.turn()
        self.desk.settle()
        self.clock.advance(30)

    def mentions(self) -> list[int]:
        return list(self.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids)


@pytest.fixture
def ring() -> Iterator[FakeKeyring]:
    made = FakeKeyring()
    yield made
    if isinstance(made.before_call, Door):
        made.before_call.open()


@pytest.mark.promise(14)
@pytest.mark.parametrize("state", OUTCOMES, ids=lambda state: state.__name__)
def test_twelve_acts_with_such_a_keyring(state, ring, tmp_path, trials) -> None:
    home = Home(tmp_path, ring)
    before = keyring.get_keyring()
    home.open(SecretStore(backend=state(ring), timeout_s=KEYRING_S))
    for name, act in ACTS.items():
        try:
            home.do(act(home.account, home.mention))
        except SocialDeskError as e:
            assert sentence(e).text and sentence(e).next_step, name
            assert not isinstance(e, CredentialError) or e.fault in CredentialFault
            assert TOKEN not in repr(e)
        trials.add()
    assert len(home.mentions()) == 3
    assert len(home.desk.ask(ListOutbox(only_open=False)).result()) == 1
    assert home.desk.ask(ListAccounts()).result()
    home.desk.close()
    keyring.set_keyring(before)
    assert hits(tmp_path, TOKEN) == []


@pytest.mark.promise(14)
def test_the_desk_closes_while_an_unlock_window_is_open(ring, tmp_path, trials) -> None:
    home = Home(tmp_path, ring)
    door = ring.before_call = Door()
    home.open(SecretStore(backend=ring, timeout_s=LONGEST_S * 3))
    asked = home.desk.do(FetchNow())
    asked.result(LONGEST_S)
    while not door.n_inside:
        home.desk.clockwork.turn()
    began = time.perf_counter()
    home.desk.close()
    assert time.perf_counter() - began < LONGEST_S
    trials.add()


@pytest.mark.promise(14)
def test_where_no_keyring_is_the_session_is_offered() -> None:
    assert credential(CredentialFault.NONE).action == "session_only"


@pytest.mark.promise(14)
def test_what_is_for_this_session_works_without_any_keyring(ring, tmp_path) -> None:
    home = Home(tmp_path, ring)
    home.open(SecretStore(backend=FakeKeyring()))
    home.do(ACTS["for this session"](0, 0))
    home.server.add_mention("Are you there?")
    home.do(FetchNow(wait=True))
    assert len(home.mentions()) == 4
    home.desk.close()
