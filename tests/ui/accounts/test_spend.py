"""What an account costs, in its pane: seen, and the cap changed by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.account import AccountState, Watch, WatchKind
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.domain.spend import Spend
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.queries.spending import ReadSpend
from socialdesk.ui.accounts.screen import AccountsScreen
from socialdesk.ui.accounts.spend import pace_words, spent_words, stop_words
from socialdesk.ui.compose.parts import now_ms
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk

MONTH = Spend("2026-11", 5_000_000, 4_130_000, 412)


def a_paid_account(**watch):
    last = now_ms() - 3 * MINUTE
    found = WatchHealth(
        1, Watch(WatchKind.MENTIONS), **{"is_on": True, "last_ok_at": last, **watch}
    )
    return AccountRow(
        1, "x", "brandbakery", "x.com", AccountState.ON, watches=(found,), is_priced=True
    )


@pytest.fixture
def desk():
    made = FakeDesk()
    free = replace(a_paid_account(), id=2, network="mastodon", name="@shop", is_priced=False)
    made.answers[q.ListAccounts] = [a_paid_account(), free]
    made.answers[q.ReadCoverage] = []
    made.answers[q.ListRejects] = []
    made.answers[ReadSpend] = MONTH
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = AccountsScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1040, 860)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 2)
    choose(made, "brandbakery")
    qtbot.waitUntil(lambda: bool(box_of(made)._spent.text()))
    return made


def box_of(screen):
    return screen._pane._spend


def choose(screen, name):
    (entry,) = screen._list.findItems(name, Qt.MatchFlag.MatchStartsWith)
    screen._list.setCurrentItem(entry)


def test_what_was_spent_of_what(screen):
    box = box_of(screen)
    assert box.isVisible()
    assert box._spent.text() == "Spent this month: $4.13 of $5.00, in 412 calls."
    assert box._cap.text() == "5.00"


def test_an_account_that_costs_nothing_shows_no_amounts(screen, desk, qtbot):
    n = len(desk.asked(ReadSpend))
    choose(screen, "@shop")
    qtbot.waitUntil(lambda: not box_of(screen).isVisible())
    assert len(desk.asked(ReadSpend)) == n


def test_why_it_stops_before_all_is_spent_is_said_in_place_of_the_pace(screen, desk, qtbot):
    box = box_of(screen)
    box.show_account(a_paid_account(fault="SpendCapError"))
    box.show_spend(replace(MONTH, micros=4_990_000))
    assert "could cost more than what is left" in box._pace.text()
    assert box._pace.isVisible() and box._stopped.isVisible()
    box.show_spend(replace(MONTH, micros=5_000_000))
    assert not box._pace.isVisible()
    box.show_account(a_paid_account())
    box.show_spend(MONTH)
    assert box._pace.text().startswith("At this pace")


def test_the_cap_is_raised_by_keyboard(screen, desk, qtbot):
    field = box_of(screen)._cap
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "7.50")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: c.SetMonthlyCap(1, "7.50") in desk.commands)


def test_what_is_no_amount_is_said_beside_the_field(screen, desk, qtbot):
    box = box_of(screen)
    box._cap.clear()
    qtbot.keyClicks(box._cap, "lots")
    qtbot.keyClick(box._cap, Qt.Key.Key_Return)
    assert box._wrong.isVisible() and "2.50" in box._wrong.text()
    assert not any(isinstance(one, c.SetMonthlyCap) for one in desk.commands)
    qtbot.keyClicks(box._cap, "1")
    assert not box._wrong.isVisible()


def test_a_cap_that_is_being_typed_is_not_overwritten(screen, qtbot):
    box = box_of(screen)
    box._cap.clear()
    qtbot.keyClicks(box._cap, "9")
    screen.refresh()
    qtbot.waitUntil(lambda: box._cap.text() == "9")
    box.show_spend(replace(MONTH, n_calls=413))
    assert box._cap.text() == "9"
    assert "413" in box._spent.text()


def test_every_control_has_a_name_and_no_label_guesses_html(screen):
    assert unnamed(box_of(screen)) == []
    assert wrong_format(box_of(screen)) == []


def test_words_for_every_state():
    assert spent_words(replace(MONTH, n_calls=1)).endswith("in 1 call.")
    assert "nothing is fetched" in spent_words(replace(MONTH, cap=0))
    assert pace_words(replace(MONTH, micros=0), NOW) == ""
    assert "before the month ends" in pace_words(MONTH, NOW)
    assert "about $1." in pace_words(replace(MONTH, micros=1_000_000), NOW)
    assert stop_words(a_paid_account(), NOW) == ""
    stopped = a_paid_account(fault="SpendCapError", last_ok_at=NOW - 90 * MINUTE)
    assert stop_words(stopped, NOW).startswith("The cap stops it. Last read at")
    assert "not been read" in stop_words(a_paid_account(fault="SpendCapError", last_ok_at=0), NOW)
