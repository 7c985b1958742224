"""The accounts screen on a scripted desk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import isValid

from socialdesk.domain.account import AccountState, Can, Card, Watch, WatchKind
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.accounts.add import AddAccountDialog
from socialdesk.ui.accounts.coverage import HOUR_MS
from socialdesk.ui.accounts.screen import AccountsScreen
from socialdesk.ui.compose.parts import now_ms
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, FakeDesk

CARD = Card(Author("1", "shop"), Can.FETCH | Can.HASHTAG | Can.KEYWORD, LengthRule(500))


def accounts():
    now = now_ms()
    good = WatchHealth(1, Watch(WatchKind.MENTIONS), True, now - 3 * MINUTE, now + MINUTE)
    bad = WatchHealth(2, Watch(WatchKind.HASHTAG, "dala"), True, now - 90 * MINUTE, now + MINUTE,
                      3, "UnreachableError", n_rejects=1)  # fmt: skip
    return [
        AccountRow(1, "feed", "Almaty news", "news.example", AccountState.ON, watches=(good,)),
        AccountRow(2, "mastodon", "@dalacoffee", "pond.example", AccountState.ON, card=CARD,
                   watches=(good, bad), added_at=now - 90 * 24 * HOUR_MS),
        AccountRow(3, "bluesky", "@dala.example", "sky.example", AccountState.SIGN_IN,
                   "AuthExpiredError"),
    ]  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListAccounts] = accounts()
    hour = now_ms() // HOUR_MS * HOUR_MS
    made.answers[q.ReadCoverage] = [(2, hour - n * HOUR_MS, 60, 0, 0) for n in range(40)]
    made.answers[q.ListRejects] = [(now_ms(), "@dalacoffee", "no author", '{"id": "<b>1</b>"}')]
    made.outcomes[c.ListNetworks] = {"networks": []}
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = AccountsScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1040, 860)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 3)
    return made


def choose(screen, name):
    (entry,) = screen._list.findItems(name, Qt.MatchFlag.MatchStartsWith)
    screen._list.setCurrentItem(entry)
    QCoreApplication.sendPostedEvents()


def press(root, text):
    QCoreApplication.sendPostedEvents()  # a layout shows its new buttons by an event
    next(b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_an_account_with_a_problem_stands_first_and_is_shown(screen):
    assert screen._list.item(0).text().startswith("@dala")
    assert screen._pane._word.text() in ("Sign in again", "Has a problem")


def test_a_picture_of_an_account_in_trouble(qtbot, screen, theme):
    choose(screen, "@dalacoffee")
    qtbot.waitUntil(lambda: "40 of the last 48" in screen._pane.hours.words.text())
    qtbot.waitUntil(lambda: screen._pane._rejects.count() == 1)
    shoot(theme, screen, "accounts")
    assert "cannot be reached" in screen._pane._text.text()
    assert "40 of the last 48" in screen._pane.hours.strip.accessibleDescription()


def test_a_main_password_is_warned_of_until_it_is_replaced(qtbot, desk, screen, theme):
    quiet, loud, dead = accounts()
    desk.answers[q.ListAccounts] = [quiet, replace(loud, has_main_password=True), dead]
    screen.refresh()
    choose(screen, "@dalacoffee")
    warning = screen._pane._warning
    qtbot.waitUntil(lambda: "main password" in warning.text())
    assert warning.isVisible()
    shoot(theme, screen, "accounts-main-password")
    desk.answers[q.ListAccounts] = accounts()
    screen.refresh()
    qtbot.waitUntil(lambda: not warning.isVisible())


def test_set_aside_items_show_their_reason_and_start(qtbot, screen):
    choose(screen, "@dalacoffee")
    qtbot.waitUntil(lambda: screen._pane._rejects.count() == 1)
    screen._pane._rejects.setCurrentRow(0)
    assert "no author" in screen._pane._rejects.item(0).text()
    assert '{"id": "<b>1</b>"}' in screen._pane._raw.text()


@pytest.mark.parametrize(
    ("label", "command"),
    [("Test", c.TestAccount(2)), ("Pause", c.SetAccountOn(2, False))],
)
def test_a_button_does_what_it_says(desk, screen, label, command):
    choose(screen, "@dalacoffee")
    press(screen._pane, label)
    assert desk.commands[-1] == command


def test_disconnecting_says_what_it_does_and_asks_once(qtbot, desk, screen):
    desk.outcomes[c.Disconnect] = {"revoked": False}
    choose(screen, "@dalacoffee")
    press(screen._pane, "Disconnect now…")
    assert desk.did(c.Disconnect) == []
    assert "stay readable" in screen._notice.text
    press(screen._notice, "Disconnect now")
    assert desk.did(c.Disconnect) == [c.Disconnect(2)]
    qtbot.waitUntil(lambda: "could not be told" in screen._notice.text)


def test_keeping_the_account_does_nothing(desk, screen):
    choose(screen, "@dalacoffee")
    press(screen._pane, "Disconnect now…")
    press(screen._notice, "Keep")
    assert desk.did(c.Disconnect) == []


def named(widget):
    return widget.accessibleName() or widget.text()


def test_tab_goes_through_an_account_as_it_is_read(qtbot, screen):
    """The buttons of an account and of its watches come after the rest; Tab does not."""
    choose(screen, "@dalacoffee")
    qtbot.waitUntil(lambda: screen._pane._rejects.isVisible())
    screen._list.setFocus()
    passed = []
    for _ in range(10):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(named(QApplication.focusWidget()))
    assert passed[:4] == ["Test", "Pause", "Disconnect now…", "The last 48 hours"]
    assert passed[4] == "Earlier hours"
    assert [name.split(" ")[0] for name in passed[5:9]] == ["Brand", "Remove", "Brand", "Remove"]
    assert passed[9] == "Add a watch…"


def test_a_fetch_leaves_the_keys_at_the_watch(qtbot, desk, screen):
    choose(screen, "@dalacoffee")
    name = "Remove Mentions and replies"
    (before,) = [b for b in screen._pane.findChildren(QPushButton) if b.accessibleName() == name]
    before.setFocus()
    row = desk.answers[q.ListAccounts][1]
    watches = tuple(replace(w, next_at=w.next_at + MINUTE) for w in row.watches)
    desk.answers[q.ListAccounts][1] = replace(row, watches=watches)
    desk.tell(Changes(areas=frozenset({Area.ACCOUNTS})))
    qtbot.waitUntil(lambda: not isValid(before))
    assert named(QApplication.focusWidget()) == name


def test_a_hashtag_is_watched_as_well(qtbot, desk, screen):
    choose(screen, "@dalacoffee")
    press(screen._pane, "Add a watch…")
    form = screen._pane._watches._form
    assert [form._kind.itemData(n) for n in range(form._kind.count())] == [
        WatchKind.HASHTAG, WatchKind.KEYWORD,
    ]  # fmt: skip
    assert not form._yes.isEnabled()
    qtbot.keyClicks(form._query, "#coffee")
    form._brand.setPlainText("dala\n-tea")
    press(form, "Add watch")
    assert desk.did(c.AddWatch) == [c.AddWatch(2, "hashtag", "coffee", "dala\n-tea", 7)]
    qtbot.waitUntil(lambda: not form.isVisible())


def test_removing_a_watch_asks_first(desk, screen):
    choose(screen, "@dalacoffee")
    press(screen._pane, "Remove")
    assert desk.did(c.RemoveWatch) == []
    press(screen._notice, "Stop watching")
    assert desk.did(c.RemoveWatch) == [c.RemoveWatch(1)]


def test_signing_in_again_keeps_the_account(qtbot, desk, screen):
    choose(screen, "@dala.example")
    press(screen._pane, "Sign in again")
    (dialog,) = screen.findChildren(AddAccountDialog)
    assert dialog._again.id == 3
    dialog.reject()


def test_a_form_that_is_being_filled_in_survives_a_change(qtbot, desk, screen):
    choose(screen, "@dalacoffee")
    press(screen._pane, "Add a watch…")
    form = screen._pane._watches._form
    qtbot.keyClicks(form._query, "cof")
    n = len(desk.asked(q.ListAccounts))
    desk.tell(Changes(areas=frozenset({Area.ACCOUNTS})))
    qtbot.waitUntil(lambda: len(desk.asked(q.ListAccounts)) > n)
    QCoreApplication.sendPostedEvents()
    assert form.isVisible()
    assert form._query.text() == "cof"


def test_no_account_says_what_to_do(qtbot, desk, theme):
    desk.answers[q.ListAccounts] = []
    made = AccountsScreen(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(desk.asked(q.ListAccounts)))
    assert made._pages.currentIndex() == 0


def test_every_control_has_a_name(screen):
    choose(screen, "@dalacoffee")
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_a_new_language_keeps_the_chosen_account(qtbot, screen):
    choose(screen, "@dalacoffee")
    old = screen._list
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._list is not old)
    qtbot.waitUntil(lambda: "@dalacoffee" in screen._pane._title.text())


def test_answers_that_come_after_a_new_language_are_shown_by_the_new_page(qtbot, desk, screen):
    choose(screen, "@dalacoffee")
    desk.is_holding = True
    choose(screen, "Almaty news")
    choose(screen, "@dalacoffee")
    old = screen._pane
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._pane is not old)
    qtbot.waitUntil(lambda: not isValid(old))
    desk.release()
    qtbot.waitUntil(lambda: "1 item" in screen._pane._rejects_title.text())


def test_answers_about_another_account_are_dropped(qtbot, desk, screen):
    choose(screen, "@dalacoffee")
    qtbot.waitUntil(lambda: "1 item" in screen._pane._rejects_title.text())
    desk.is_holding = True
    screen._read_more()
    screen._id = 1  # chosen, and not asked about yet
    screen._pane._rejects_title.setText("of another")
    desk.release()
    QCoreApplication.sendPostedEvents()
    assert screen._pane._rejects_title.text() == "of another"


def test_a_new_language_keeps_the_watch_that_is_being_written(qtbot, screen):
    choose(screen, "@dalacoffee")
    press(screen._pane, "Add a watch…")
    old = screen._pane._watches._form
    old._kind.setCurrentIndex(old._kind.findData(WatchKind.HASHTAG))
    old._query.setText("dala")
    old._brand.setPlainText("coffee")
    old._days.setValue(3)
    old._query.setFocus()
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._pane._watches._form is not old)
    form = screen._pane._watches._form
    qtbot.waitUntil(form.isVisible)
    assert form._kind.currentData() is WatchKind.HASHTAG
    assert (form._query.text(), form._brand.toPlainText(), form._days.value()) == (
        "dala", "coffee", 3,
    )  # fmt: skip
    qtbot.waitUntil(form._query.hasFocus)
