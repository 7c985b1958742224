"""What may be looked at and never kept: shown by a whole engine, and found in none of its files."""

import logging
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.account import AccountState, Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    CommandError,
    CommandFault,
    ConnectorError,
    UnreachableError,
)
from socialdesk.domain.panel import Panel, answer_to, read_panel
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine import commands as c
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount, BackUp, FetchNow
from socialdesk.engine.commands.panels import ShowPanel
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.process.codec import command_from_json, command_to_json
from socialdesk.engine.queries import ListAccounts, ListMentions, ReadJournal
from socialdesk.networks.scripted import Scripted, ScriptedServer, session_with
from tests.fakes import NOON, HandClock
from tests.networks.fake_tripadvisor import BUBBLES, FakeTripadvisor
from tests.networks.samples import all_samples
from tests.networks.samples.sample import Sample

SAMPLES = [sample for sample in all_samples() if not sample.network.info.keep.is_stored]
SEARCH = """
import pathlib, re, sys
for file in pathlib.Path(sys.argv[1]).rglob("*"):
    if file.is_file() and re.search(sys.argv[2].encode(), file.read_bytes(), re.DOTALL):
        print(file.name)
"""
CANARY = "zebra-canary-5531 nobody may keep this"


@dataclass
class PanelDesk:
    """An engine with one account that only shows."""

    desk: InlineDesk
    server: ScriptedServer
    clock: HandClock
    folder: Path
    account: int
    own_name: str

    def files_with(self, pattern: str) -> list[str]:
        """Names of files in the workspace's folder that hold it. Read by another process: a second
        handle in this one would drop SQLite's locks."""
        asked = [sys.executable, "-c", SEARCH, str(self.folder), pattern]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()

    def show(self, command_id: str = "") -> Panel:
        return read_panel(self.desk.do(ShowPanel(self.account), command_id).result().answer)

    def turn(self, seconds: float) -> None:
        """Time passes; what is due is done to its end."""
        self.clock.advance(seconds)
        self.desk.clockwork.turn()
        assert self.desk.settle()


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.key)
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PanelDesk]:
    sample: Sample = request.param
    server, clock = sample.new_server(), HandClock(NOON)
    secret = sample.secret or Secret("")

    def session(**_: Any) -> Any:
        return session_with(server)

    outside = Outside({sample.key: sample.network}, session, lambda _: NoKeyring(secret))
    desk = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", clock, outside)
    typed = tuple(sample.typed.items())
    added = desk.do(AddAccount(sample.key, typed, session_only=True)).result()
    account, name = int(added.answer["account_id"]), str(added.answer["name"])
    yield PanelDesk(desk, server, clock, tmp_path, account, name)
    desk.close()


def test_there_are_panels_to_test() -> None:
    assert {sample.key for sample in SAMPLES} == {"tripadvisor", "yelp"}


def test_nothing_that_was_shown_is_found_in_any_file_or_log(
    shown: PanelDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown.server.add_mention(CANARY)
    shown.server.add_bad_item()
    assert CANARY in shown.show("the-same-id").reviews[0].body
    assert CANARY in shown.show("the-same-id").reviews[0].body
    for _ in range(5):
        shown.turn(6 * 3600)
    shown.desk.do(FetchNow(wait=True)).result()
    shown.desk.do(BackUp()).result()
    assert any(name.endswith("-wal") for name in shown.files_with("."))
    assert shown.files_with(re.escape(shown.own_name))  # what its owner typed is there
    assert shown.files_with("zebra-canary") == []
    assert "zebra-canary" not in caplog.text
    assert not shown.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids


def test_the_journal_tells_nothing_of_a_look(shown: PanelDesk) -> None:
    before = shown.desk.ask(ReadJournal()).result()
    shown.show()
    assert shown.desk.ask(ReadJournal()).result() == before


def test_a_failed_look_keeps_no_words_either(
    shown: PanelDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for status in (200, 400, 403, 429, 500):
        shown.server.always(status, {"message": CANARY, "reviews": CANARY, "data": CANARY})
        with pytest.raises(ConnectorError):
            shown.show()
        with pytest.raises(ConnectorError):
            shown.show()
    shown.turn(7 * 3600)
    assert shown.files_with("zebra-canary") == []
    assert "zebra-canary" not in caplog.text


def test_what_is_shown_has_its_credit_and_the_way_to_answer(shown: PanelDesk) -> None:
    shown.server.add_mention("Warm bread")
    panel = shown.show()
    (review,) = panel.reviews
    assert panel.credit and panel.inbox_url.startswith("https://")
    assert panel.asked_at == shown.clock.now
    assert 1 <= review.n_stars <= 5 and review.url.startswith("https://")
    assert answer_to(panel, review.url) is None


def test_a_dead_key_is_told_and_asks_to_sign_in_again(shown: PanelDesk) -> None:
    shown.server.always(401, b"{}")
    with pytest.raises(AuthExpiredError):
        shown.show()
    (account,) = shown.desk.ask(ListAccounts()).result()
    assert account.state is AccountState.SIGN_IN


def test_a_dead_key_shows_in_the_account_s_health_without_a_look(shown: PanelDesk) -> None:
    shown.turn(1)
    shown.server.always(401, b"{}")
    shown.turn(7 * 3600)
    (account,) = shown.desk.ask(ListAccounts()).result()
    assert account.state is AccountState.SIGN_IN


def test_no_network_is_told_and_the_next_look_works(shown: PanelDesk) -> None:
    shown.server.cut()
    with pytest.raises(UnreachableError):
        shown.show()
    shown.server.recover()
    assert shown.show().reviews == ()


def test_an_account_that_is_not_there_is_told(shown: PanelDesk) -> None:
    with pytest.raises(CommandError) as caught:
        shown.desk.do(ShowPanel(99)).result()
    assert caught.value.fault is CommandFault.NOT_FOUND


def test_the_command_travels_to_the_engine_s_process() -> None:
    assert command_from_json(command_to_json(ShowPanel(3))) == ShowPanel(3)


def test_the_repr_of_a_panel_quotes_nobody(shown: PanelDesk) -> None:
    shown.server.add_mention(CANARY)
    assert "zebra" not in repr(shown.show())


def test_trying_it_out_shows_what_is_there_before_anything_is_kept(
    shown: PanelDesk, request: pytest.FixtureRequest
) -> None:
    sample: Sample = request.node.callspec.params["shown"]
    shown.server.add_mention(CANARY)
    answer = shown.desk.do(c.TestFetch(sample.key, tuple(sample.typed.items()))).result().answer
    assert (answer["n"], answer["n_rejects"]) == (1, 0)
    assert CANARY in answer["examples"][0][1]
    assert shown.files_with("zebra-canary") == []


@pytest.fixture
def tripadvisor(shown: PanelDesk) -> FakeTripadvisor:
    if not isinstance(shown.server, FakeTripadvisor):
        pytest.skip("only Tripadvisor has pictures of its ratings")
    return shown.server


def test_the_network_s_own_picture_of_a_rating_comes_once(
    shown: PanelDesk, tripadvisor: FakeTripadvisor
) -> None:
    for n in range(3):
        tripadvisor.add_mention(f"n {n}")
    pictures = {b64decode(one.rating_picture) for one in shown.show().reviews}
    assert pictures == {BUBBLES}
    asked = [request.url for request in tripadvisor.asked if "/img/" in str(request.url)]
    assert len(asked) == 1
    assert shown.files_with("<circle") == []


def test_without_its_picture_a_rating_is_told_in_words(
    shown: PanelDesk, tripadvisor: FakeTripadvisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tripadvisor.add_mention("Warm bread")
    handle = tripadvisor.handle

    def without(request: Any) -> Scripted:
        return Scripted(404) if "/img/" in str(request.url) else handle(request)

    monkeypatch.setattr(tripadvisor, "handle", without)
    (review,) = shown.show().reviews
    assert (review.rating_picture, review.n_stars) == ("", 4)
