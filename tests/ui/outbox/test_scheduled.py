"""Scheduled replies and promises in the outbox, on a scripted desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.crisis.promise import PromiseRow, PromiseState
from socialdesk.domain.queue.rows import OutboxRow, PersonRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.domain.temperature import Mood, Temperature, Verdict
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.answering import DropPromise, Reschedule
from socialdesk.engine.queries.answering import ListPromises
from socialdesk.engine.queries.temperature import CheckTemperature
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox.screen import OutboxScreen
from socialdesk.ui.outbox.words import Act, told
from socialdesk.ui.palette import Picker
from socialdesk.ui.temperature.dialog import TemperatureDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, FakeDesk, a_row

CALM = Temperature(Verdict.GREEN, (), ("word*",), Mood(20, 20, 1), Mood(), 0)


def a_reply(number, state, **changes):
    base = {"account": "@dalacoffee", "to": f"Ann {number}", "text": f"Words {number}",
            "made_at": now_ms() - 60_000, "person": "Aliya"}  # fmt: skip
    return OutboxRow(number, number, state, **{**base, **changes})


@pytest.fixture
def desk():
    now = now_ms()
    made = FakeDesk([a_row(n) for n in range(1, 10)])
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya", is_here=True)]
    made.answers[q.ListOutbox] = [
        a_reply(9, OutboxState.HELD, hold=HoldReason.SCHEDULED, held_until=now + 90 * MINUTE,
                is_dropped_if_written=True),
        a_reply(8, OutboxState.HELD, hold=HoldReason.ASK, held_until=now - 40 * MINUTE,
                reason="late"),
        a_reply(7, OutboxState.TAKEN_BACK, reason="dropped"),
    ]  # fmt: skip
    made.answers |= {q.ListAccounts: [], CheckTemperature: CALM}
    made.answers[ListPromises] = [
        PromiseRow(1, 5, now - MINUTE, "by 15:00", PromiseState.OPEN, "Айгүл Сәрсенбаева"),
        PromiseRow(2, 6, now + 50 * MINUTE, "завтра", PromiseState.OPEN, "Борис"),
    ]
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = OutboxScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    qtbot.waitUntil(lambda: made._model.rowCount() == 3 and made._promises.isVisible())
    made._table.setFocus()
    return made


def press(screen, text):
    next(b for b in screen.findChildren(QPushButton) if text in b.text() and b.isVisible()).click()


def test_a_scheduled_reply_shows_its_time_and_every_way_out(desk):
    row = desk.answers[q.ListOutbox][0]
    said = told(row, now_ms())
    assert said.state == "Scheduled" and "unless they write first" in said.text
    assert {Act.CHANGE_TIME, Act.SEND_NOW, Act.TAKE_BACK, Act.DISCARD} <= set(said.acts)


def test_a_late_one_asks_and_says_when_it_was_meant_to_go(desk):
    said = told(desk.answers[q.ListOutbox][1], now_ms())
    assert "nothing is sent late without a yes" in said.text
    assert Act.SEND_NOW in said.acts and Act.CHANGE_TIME in said.acts


def test_a_dropped_one_says_why(desk):
    assert "They wrote first" in told(desk.answers[q.ListOutbox][2], now_ms()).text


def test_a_scheduled_text_is_checked_as_of_its_time(qtbot, desk, screen):
    row = desk.answers[q.ListOutbox][0]
    press(screen, "Check it")
    dialog = screen.findChild(TemperatureDialog)
    qtbot.waitUntil(lambda: bool(desk.asked(CheckTemperature)))
    (asked,) = set(desk.asked(CheckTemperature))
    assert (asked.text, asked.at) == (row.text, row.held_until)
    dialog.close()


def test_its_time_is_changed_by_typing_one(qtbot, desk, screen):
    press(screen, "Change time")
    (picker,) = screen.findChildren(Picker)
    qtbot.keyClicks(picker._field, "2h")
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    (command,) = desk.did(Reschedule)
    assert command.outbox_id == 9 and command.is_dropped_if_written
    assert abs(command.send_at - now_ms() - 120 * MINUTE) < MINUTE


def test_send_now_and_take_back(qtbot, desk, screen):
    press(screen, "Send now")
    qtbot.keyClick(screen._table, Qt.Key.Key_Z)
    assert desk.did(c.SendNow) == [c.SendNow(9)]
    assert desk.did(c.TakeBack) == [c.TakeBack(9)]


def test_promises_are_listed_shown_and_dropped_by_key(qtbot, desk, screen):
    tree = screen._promises.tree
    assert "due" in tree.topLevelItem(0).text(0)
    with qtbot.waitSignal(screen.mention_asked) as asked:
        tree.itemActivated.emit(tree.topLevelItem(1), 0)
    assert asked.args == [6]
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert desk.did(DropPromise) == [DropPromise(1)]


def test_every_control_has_a_name(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_pictures(qtbot, screen, theme):
    for path in shoot(theme, screen, "outbox-scheduled"):
        assert path.stat().st_size > 10_000
    press(screen, "Change time")
    (picker,) = screen.findChildren(Picker)
    qtbot.keyClicks(picker._field, "tomorrow 9")
    for path in shoot(theme, picker, "schedule-picker"):
        assert path.stat().st_size > 2_000
