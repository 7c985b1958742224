"""A first source without a key, from its address to the accounts, on a scripted feed."""

import pytest

from socialdesk.domain.account import WatchKind
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands.first_run import KeepFirstRun
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListAccounts
from socialdesk.networks import registry
from socialdesk.networks.testing import session_with
from socialdesk.places import workspace
from socialdesk.practice.brand import account_secret
from socialdesk.ui.first_run.around import tag_source
from socialdesk.ui.first_run.look_step import TAG, LookStep
from socialdesk.ui.first_run.pack_step import PackStep
from socialdesk.ui.first_run.try_step import TryStep
from tests.fakes import HandClock
from tests.networks.fake_feed import URL, FakeFeed
from tests.ui.first_run.conftest import WAIT
from tests.ui.first_run.test_steps import go_to, kept


@pytest.fixture
def feed():
    made = FakeFeed()
    for n in range(1, 5):
        made.add_mention(f"Dala Coffee opens shop {n}")
    made.add_mention("Something else")
    return made


@pytest.fixture
def desk(tmp_path, monkeypatch, feed):
    """As in the other tests here, but the internet is this feed."""
    monkeypatch.setenv("SOCIALDESK_HOME", str(tmp_path / "home"))
    place = workspace()
    place.prepare()
    outside = Outside(
        registry.networks(), lambda: session_with(feed), lambda _: NoKeyring(account_secret())
    )
    made = InlineDesk(place.database, place.backups, HandClock(), outside)
    yield made
    made.close()


@pytest.fixture
def tried(qtbot, steps):
    """The brand has a name, and its first source was typed and fetched."""
    steps.step.name.setText("Dala Coffee")
    steps.next.click()
    steps.step.address.setText(URL)
    qtbot.keyPress(steps.step.address, "\r")
    assert isinstance(steps.step, TryStep)
    qtbot.waitUntil(lambda: steps.step.add.isVisible(), timeout=WAIT)
    return steps.step


def test_what_fits_the_brand_is_counted_and_three_are_shown(tried):
    said = tried._found.text().splitlines()
    assert said[0] == "It works: 4 items found."
    assert len(said) == 4 and all("Dala Coffee" in line for line in said[1:])


def test_nothing_is_kept_until_it_is_added(desk, tried):
    assert desk.ask(ListAccounts()).result() == []


def test_it_is_added_with_the_brand_words_and_the_step_is_done(qtbot, desk, steps, tried):
    assert not steps.next.isEnabled()
    tried.add.click()
    qtbot.waitUntil(lambda: steps.next.hasFocus(), timeout=WAIT)
    (account,) = desk.ask(ListAccounts()).result()
    (watch,) = account.watches
    assert (watch.watch.kind, watch.watch.brand_words) == (WatchKind.FEED, "Dala Coffee")
    steps.next.click()
    assert isinstance(steps.step, PackStep)
    qtbot.waitUntil(lambda: kept(desk).n_done >= 2, timeout=WAIT)


def test_a_source_that_is_there_is_fetched_and_shown_when_one_comes_back(qtbot, desk, steps, tried):
    tried.add.click()
    qtbot.waitUntil(lambda: steps.next.hasFocus(), timeout=WAIT)
    steps.next.click()
    steps.back.click()
    assert isinstance(steps.step, TryStep)
    qtbot.waitUntil(lambda: "4 mentions are here" in steps.step._found.text(), timeout=WAIT)
    assert steps.next.isEnabled()


def test_words_that_fit_nothing_are_said_so(qtbot, steps):
    steps.step.name.setText("Nobody at all")
    steps.next.click()
    steps.step.address.setText(URL)
    steps.step.test.click()
    qtbot.waitUntil(lambda: steps.step.add.isVisible(), timeout=WAIT)
    assert "holds nothing from the last 7 days" in steps.step._found.text()
    assert "change the words" in steps.step._found.text()


def test_a_tag_is_read_by_the_address_of_its_feed(qtbot, steps):
    go_to(steps, LookStep, qtbot)
    steps.step.kind.setCurrentIndex(steps.step.kind.findData(TAG))
    steps.step.tag.setText("#DalaCoffee")
    assert not steps.step.test.isEnabled()
    steps.step.server.setText("https://pond.example/")
    assert steps.step.source().url == "https://pond.example/tags/DalaCoffee.rss"
    assert steps.step.source().watch("Dala") == ("feed", "", "")


def test_letters_of_any_script_are_written_as_an_address_has_them():
    assert tag_source("Дала", "pond.example").url == (
        "https://pond.example/tags/%D0%94%D0%B0%D0%BB%D0%B0.rss"
    )


def test_an_address_is_written_nowhere_before_it_is_added(qtbot, desk, steps, tried):
    secret = "https://alerts.example/feeds/1/2"
    steps.back.click()
    steps.step.address.setText(secret)
    steps.step.keep()
    desk.do(KeepFirstRun(kept(desk).packed())).result()
    files = [p for p in workspace().folder.rglob("*") if p.is_file()]
    assert not [p for p in files if secret.encode() in p.read_bytes()]
