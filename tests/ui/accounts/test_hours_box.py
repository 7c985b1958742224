"""The hours of an account, as far back as it was there, by keys and by buttons."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from socialdesk.engine import queries as q
from socialdesk.ui.accounts import hours_box
from socialdesk.ui.accounts.coverage import HOUR_MS
from socialdesk.ui.accounts.hours_box import SPAN_MS, HoursBox
from socialdesk.ui.accounts.screen import AccountsScreen
from socialdesk.ui.compose.parts import now_ms
from tests.ui.accounts.test_screen import accounts
from tests.ui.fake_desk import NOW, FakeDesk

LAST = (NOW // HOUR_MS + 1) * HOUR_MS  # the end of the hour we live in
KEY = Qt.Key


@pytest.fixture
def box(qtbot, monkeypatch):
    """Of an account that is there for five days: two spans before the last one."""
    monkeypatch.setattr(hours_box, "now_ms", lambda: NOW)
    holder = QWidget()
    qtbot.addWidget(holder)
    made = HoursBox(holder)
    made.resize(600, 200)
    made.show_account(1, NOW - 5 * 24 * HOUR_MS)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.strip.setFocus()
    yield made
    holder.close()


def n_back(box):
    assert box.since == box.until - SPAN_MS
    return (LAST - box.until) / SPAN_MS


def button(box, text):
    return next(b for b in box.findChildren(QPushButton) if b.text() == text)


@pytest.mark.parametrize(("back", "on"), [(KEY.Key_Left, KEY.Key_Right),
                                          (KEY.Key_PageUp, KEY.Key_PageDown)])  # fmt: skip
def test_keys_go_back_and_on_by_48_hours_and_stop_at_the_ends(qtbot, box, back, on):
    seen = []
    for key in (back, back, back, on, on, on):
        QTest.keyClick(box.strip, key)
        seen.append(n_back(box))
    assert seen == [1, 2, 2, 1, 0, 0]


def test_home_and_end_go_to_the_first_and_the_last_hours(qtbot, box):
    with qtbot.waitSignal(box.asked):
        QTest.keyClick(box.strip, KEY.Key_Home)
    assert n_back(box) == 2
    with qtbot.waitSignal(box.asked):
        QTest.keyClick(box.strip, KEY.Key_End)
    assert n_back(box) == 0


def test_in_a_mirrored_window_the_past_lies_at_the_right(box):
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(box.strip, KEY.Key_Right)
    assert n_back(box) == 1


def test_buttons_do_the_same_and_keep_the_keys_in_sight(box):
    earlier, later = button(box, "Earlier hours"), button(box, "Later hours")
    assert (earlier.isEnabled(), later.isEnabled()) == (True, False)
    assert earlier.isVisible() and later.isVisible()
    earlier.setFocus()
    earlier.click()
    earlier.click()
    assert (earlier.isEnabled(), later.isEnabled()) == (False, True)
    assert box.strip.hasFocus()
    later.click()
    assert n_back(box) == 1


def test_older_hours_are_named_by_their_end_and_counted(box):
    QTest.keyClick(box.strip, KEY.Key_Left)
    box.show_coverage([(1, box.since, 5, 0, 0), (1, box.until - HOUR_MS, 5, 0, 0),
                       (1, box.until, 9, 0, 0), (2, box.since, 9, 0, 0)])  # fmt: skip
    assert box.words.text() == "Read in 2 of these 48 hours, 46 hours not running."
    assert box.strip.accessibleName().startswith("48 hours until ")
    assert box.strip.accessibleDescription() == box.words.text()


@pytest.mark.parametrize("added_at", [0, NOW - HOUR_MS, NOW + HOUR_MS])
def test_what_is_young_or_of_unknown_age_has_no_earlier_hours(box, added_at):
    box.show_account(2, added_at)
    QTest.keyClick(box.strip, KEY.Key_Home)
    assert n_back(box) == 0
    assert not button(box, "Earlier hours").isVisible()


def test_the_screen_asks_for_what_is_looked_at_and_begins_anew_with_another(qtbot):
    desk = FakeDesk()
    added_at = now_ms() - 9 * SPAN_MS
    desk.answers[q.ListAccounts] = [replace(a, added_at=added_at) for a in accounts()]
    desk.answers[q.ReadCoverage] = []
    desk.answers[q.ListRejects] = []
    screen = AccountsScreen(desk, None)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen._list.count() == 3)

    def asked():
        return desk.asked(q.ReadCoverage)[-1]

    last = asked()
    button(screen._pane.hours, "Earlier hours").click()
    assert (asked().since, asked().until) == (last.since - SPAN_MS, last.until - SPAN_MS)
    screen._list.setCurrentRow(1)
    assert asked().until == last.until
