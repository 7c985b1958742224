"""Accounts on the real desk and the practice network: health, watches, pausing, adding."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.account import AccountState
from socialdesk.engine import queries as q
from socialdesk.practice.brand import PRACTICE_TOKEN
from socialdesk.practice.content import HOST
from socialdesk.ui.accounts.add import FORM, AddAccountDialog
from socialdesk.ui.accounts.health import watch_name
from socialdesk.ui.accounts.screen import AccountsScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)


@pytest.fixture
def screen(qtbot, theme, bench):  # noqa: F811
    made = AccountsScreen(bench.desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 1)
    return made


def press(root, text):
    QCoreApplication.sendPostedEvents()  # a layout shows its new buttons by an event
    next(b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def account(bench):  # noqa: F811
    return bench.desk.ask(q.ListAccounts()).result()[0]


def test_the_practice_account_is_well(qtbot, screen, bench):  # noqa: F811
    assert screen._pane._word.text() == "Well"
    assert HOST in screen._pane._about.text()


def test_pausing_and_going_on(qtbot, screen, bench):  # noqa: F811
    press(screen._pane, "Pause")
    qtbot.waitUntil(lambda: screen._pane._word.text() == "Paused")
    assert account(bench).state is AccountState.PAUSED
    press(screen._pane, "Go on")
    qtbot.waitUntil(lambda: screen._pane._word.text() == "Well")
    assert account(bench).state is AccountState.ON


def test_brand_words_are_tried_on_what_is_stored_as_they_are_typed(qtbot, screen, bench):  # noqa: F811
    press(screen._pane, "Add a watch…")
    form = screen._pane._watches._form
    form._brand.setFocus()
    qtbot.keyClicks(form._brand, "bread")
    qtbot.waitUntil(lambda: "newest mentions stored here" in form._trial.text)
    assert "Left out: " in form._trial.text


def test_the_words_of_a_watch_are_changed_and_nothing_is_added(qtbot, screen, bench):  # noqa: F811
    before = account(bench).watches
    named = f"Brand words of {watch_name(before[0].watch)}"
    buttons = screen._pane._watches.findChildren(QPushButton)
    next(b for b in buttons if b.accessibleName() == named).click()
    form = screen._pane._watches._form
    qtbot.keyClicks(form._brand, "-jobs")
    press(form, "Save")
    qtbot.waitUntil(lambda: account(bench).watches[0].watch.brand_words == "-jobs")
    assert [w.id for w in account(bench).watches] == [w.id for w in before]
    qtbot.waitUntil(lambda: not form.isVisible())


def test_a_hashtag_is_added_and_removed(qtbot, screen, bench):  # noqa: F811
    n = len(account(bench).watches)
    press(screen._pane, "Add a watch…")
    form = screen._pane._watches._form
    qtbot.keyClicks(form._query, "sourdough")
    press(form, "Add watch")
    qtbot.waitUntil(lambda: len(account(bench).watches) == n + 1)
    qtbot.waitUntil(lambda: not form.isVisible())
    added = next(w for w in account(bench).watches if w.watch.query == "sourdough")
    screen._ask_remove(added)
    press(screen._notice, "Stop watching")
    qtbot.waitUntil(lambda: len([w for w in account(bench).watches if w.is_on]) == n)


def test_an_account_is_added_with_a_pasted_token(qtbot, theme, bench):  # noqa: F811
    dialog = AddAccountDialog(bench.desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._choice.list.count() >= 3)
    (entry,) = dialog._choice.list.findItems("Mastodon", Qt.MatchFlag.MatchStartsWith)
    dialog._choice.list.setCurrentItem(entry)
    press(dialog, "Next")
    assert dialog._pages.currentIndex() == FORM
    qtbot.keyClicks(dialog._form._fields["server"], HOST)
    qtbot.keyClicks(dialog._form._fields["token"], PRACTICE_TOKEN)
    with qtbot.waitSignal(dialog.added, timeout=20_000) as added:
        press(dialog, "Sign in")
    assert added.args[0] in {a.id for a in bench.desk.ask(q.ListAccounts()).result()}


def test_a_wrong_token_is_told_and_nothing_is_kept(qtbot, theme, bench):  # noqa: F811
    before = bench.desk.ask(q.ListAccounts()).result()
    dialog = AddAccountDialog(bench.desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._choice.list.count() >= 3)
    (entry,) = dialog._choice.list.findItems("Mastodon", Qt.MatchFlag.MatchStartsWith)
    dialog._choice.list.setCurrentItem(entry)
    press(dialog, "Next")
    qtbot.keyClicks(dialog._form._fields["server"], HOST)
    qtbot.keyClicks(dialog._form._fields["token"], "wrong")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: bool(dialog._notice.text), timeout=20_000)
    assert "sign-in" in dialog._notice.text
    assert len(bench.desk.ask(q.ListAccounts()).result()) == len(before)
