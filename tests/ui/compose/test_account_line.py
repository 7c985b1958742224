"""What stands beside Send while the account that would speak cannot."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.account import AccountState
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.account_line import PAUSE_MS, reason
from socialdesk.ui.compose.composer import Composer
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk, a_detail, a_row


def an_account(state, number=1):
    return AccountRow(number, "mastodon", "@shop", "pond.example", state)


@pytest.fixture
def desk():
    return FakeDesk()


@pytest.fixture
def open_composer(qtbot, desk, theme):
    def make(state, **changes):
        others = an_account(AccountState.ON, 2)
        desk.answers[q.ListAccounts] = [others, an_account(state)]
        made = Composer(desk, None)
        qtbot.addWidget(made)
        made.resize(640, 480)
        made.show()
        made.show_detail(a_detail(a_row(1), **changes))
        qtbot.waitUntil(lambda: bool(made._account._accounts))
        made._writing.field.setPlainText("We are open on Sunday.")
        return made

    return make


def send(qtbot, composer):
    field = composer._writing.field
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def turn(desk, state):
    desk.answers[q.ListAccounts] = [an_account(state)]
    desk.tell(Changes(areas=frozenset({Area.ACCOUNTS})))


def test_an_account_that_is_on_needs_no_words(open_composer):
    composer = open_composer(AccountState.ON)
    assert not composer._account.isVisible()
    assert composer._send.isEnabled()


@pytest.mark.parametrize("state", [AccountState.PAUSED, AccountState.SIGN_IN])
def test_a_reply_that_will_wait_says_so_before_it_is_sent(qtbot, desk, open_composer, state):
    composer = open_composer(state)
    assert "waits in the outbox" in composer._account.text
    send(qtbot, composer)
    assert [s.text for s in desk.did(c.SendReply)] == ["We are open on Sunday."]


def test_a_disconnected_account_answers_nobody_and_says_what_to_do(
    qtbot, desk, open_composer, theme
):
    composer = open_composer(AccountState.STOPPED)
    assert "Sign in again under Accounts" in composer._account.text
    assert not composer._send.isEnabled()
    send(qtbot, composer)
    assert desk.did(c.SendReply) == []
    assert composer._save.isEnabled()
    assert unnamed(composer) == []
    assert wrong_format(composer) == []
    shoot(theme, composer, "composer-disconnected")


def test_it_can_be_sent_as_soon_as_the_account_is_back(qtbot, desk, open_composer):
    composer = open_composer(AccountState.STOPPED)
    turn(desk, AccountState.ON)
    qtbot.waitUntil(composer._send.isEnabled)
    assert composer._account.text == ""
    assert composer._writing.field.text == "We are open on Sunday."


def test_many_fetched_pages_ask_once(qtbot, desk, open_composer):
    composer = open_composer(AccountState.ON)
    n_before = len(desk.asked(q.ListAccounts))
    for _ in range(100):
        turn(desk, AccountState.PAUSED)
    qtbot.waitUntil(lambda: bool(composer._account.text), timeout=20 * PAUSE_MS)
    assert len(desk.asked(q.ListAccounts)) == n_before + 1


def test_where_the_browser_answers_the_account_does_not_matter(open_composer):
    composer = open_composer(AccountState.STOPPED, can_reply=CanReply.BROWSER)
    assert composer._account.text == ""
    assert composer._send.isEnabled()


def test_accounts_that_cannot_be_read_keep_nobody_from_sending(qtbot, desk, open_composer):
    composer = open_composer(AccountState.ON)
    desk.answers[q.ListAccounts] = StoreError(StoreFault.LOCKED)
    n_before = len(desk.asked(q.ListAccounts))
    desk.tell(Changes(areas=frozenset({Area.ACCOUNTS})))
    qtbot.waitUntil(lambda: len(desk.asked(q.ListAccounts)) > n_before)
    send(qtbot, composer)
    assert len(desk.did(c.SendReply)) == 1


@pytest.mark.parametrize("state", list(AccountState))
def test_only_an_account_that_is_on_has_no_reason(state):
    assert (reason(an_account(state)) == "") is (state is AccountState.ON)
