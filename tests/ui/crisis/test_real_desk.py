"""Declare to review on the real engine and store, by keyboard, with the practice network behind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from socialdesk.domain.crisis.incident import IncidentState, Strategy
from socialdesk.engine.queries.crisis import ListIncidents, ListLinked, ListSteps, ReadReview
from socialdesk.ui.after_action.dialog import AfterActionDialog
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.crisis.declare import DeclareSheet
from tests.engine.conftest import bench, start_bench  # noqa: F401
from tests.ui.driving import CTRL, SHIFT, answer, open_real_window, press

WAIT = 10_000  # ms; the commits are real


@pytest.fixture
def window(qtbot, bench):  # noqa: F811
    made = open_real_window(qtbot, bench.desk, bench.clock)
    yield made
    made.close()


def incidents(bench):  # noqa: F811
    return bench.desk.ask(ListIncidents()).result()


def open_one(window, kind):
    return next((w for w in window.findChildren(kind) if w.isVisible()), None)


def key(widget, pressed, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget.windowHandle(), pressed, held)


def words_of(widget):
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisible())


def filled_sheet(window, qtbot):
    """What it offers has come: a type's title, and who is here."""
    sheet = open_one(window, DeclareSheet)
    qtbot.waitUntil(lambda: sheet.types.playbook is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: sheet.form.commander_id > 0, timeout=WAIT)
    return sheet


def declare(window, qtbot, bench):  # noqa: F811
    press(window, Qt.Key.Key_F12, CTRL | SHIFT)
    sheet = filled_sheet(window, qtbot)
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [i for i in incidents(bench) if i.is_locking] != [], timeout=WAIT)
    qtbot.waitUntil(lambda: open_one(window, DeclareSheet) is None, timeout=WAIT)
    qtbot.waitUntil(lambda: window.signs().banner.isVisible(), timeout=WAIT)
    screen = window.screens.currentWidget()
    qtbot.waitUntil(lambda: screen.pane is not None, timeout=WAIT)
    return screen


def test_suspected_by_palette_then_declared_from_the_bar(window, bench, qtbot):  # noqa: F811
    row = window.inbox.row
    press(window, Qt.Key.Key_K, CTRL)
    answer(qtbot, window, "Something is wrong")
    qtbot.waitUntil(lambda: window.signs().is_suspected(), timeout=WAIT)
    (suspected,) = incidents(bench)
    linked = bench.desk.ask(ListLinked(suspected.id)).result()
    assert [r.mention_id for r in linked] == [row.id]
    declare(window, qtbot, bench)
    (declared,) = incidents(bench)
    assert declared.id == suspected.id and declared.state is IncidentState.DECLARED
    qtbot.waitUntil(lambda: declared.code in window.windowTitle(), timeout=WAIT)
    qtbot.waitUntil(lambda: "First statement: " in words_of(window.signs().banner), timeout=WAIT)


def test_a_declared_one_is_led_in_its_room(window, bench, qtbot):  # noqa: F811
    screen = declare(window, qtbot, bench)
    (incident,) = incidents(bench)
    screen.show_tab("steps")
    qtbot.waitUntil(lambda: screen.pane.table.rows != [], timeout=WAIT)
    screen.pane.table.setFocus()
    first = screen.pane.table.current()
    key(window, Qt.Key.Key_D)
    steps = lambda: {s.id: s for s in bench.desk.ask(ListSteps(incident.id)).result()}  # noqa: E731
    qtbot.waitUntil(lambda: steps()[first.id].done_at > 0, timeout=WAIT)

    screen.show_tab("log")
    key(window, Qt.Key.Key_N)
    sheet = open_one(screen, Sheet)
    qtbot.keyClicks(sheet.focusWidget(), "Called the bank")
    key(sheet, Qt.Key.Key_Return, CTRL)
    said = lambda: [screen.pane.table.model().data(screen.pane.table.model().index(n, 2))  # noqa: E731
                    for n in range(len(screen.pane.table.rows))]  # fmt: skip
    qtbot.waitUntil(lambda: "Called the bank" in said(), timeout=WAIT)
    assert any(s.startswith("Declared: ") for s in said())

    screen.show_tab("overview")
    screen.pane._changes["strategy"].click()
    sheet = open_one(screen, Sheet)
    key(sheet, Qt.Key.Key_Up)
    key(sheet, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.focusWidget(), "The rumour grows when we speak")
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: incidents(bench)[0].strategy is Strategy.REACTIVE, timeout=WAIT)
    qtbot.waitUntil(lambda: "Answer who asks" in words_of(screen.pane), timeout=WAIT)


def test_keys_of_the_room_work_from_the_list_of_views(window, bench, qtbot):  # noqa: F811
    room = declare(window, qtbot, bench)
    window.views.setFocus()
    press(window, Qt.Key.Key_5, CTRL)
    assert room.tabs.currentIndex() == 4
    qtbot.waitUntil(lambda: room.pane is not None, timeout=WAIT)
    window.views.setFocus()
    press(window, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: open_one(window, AfterActionDialog) is not None, timeout=WAIT)


def test_the_report_is_one_key_away(window, bench, qtbot):  # noqa: F811
    declare(window, qtbot, bench)
    key(window, Qt.Key.Key_R, CTRL)
    report = open_one(window, AfterActionDialog)
    qtbot.waitUntil(lambda: report.report is not None, timeout=WAIT)


def test_a_second_declaration_is_refused_in_place(window, bench, qtbot):  # noqa: F811
    declare(window, qtbot, bench)
    press(window, Qt.Key.Key_F12, CTRL | SHIFT)
    sheet = filled_sheet(window, qtbot)
    key(sheet, Qt.Key.Key_Return, CTRL)
    code = incidents(bench)[0].code
    qtbot.waitUntil(lambda: f"{code} is already open" in sheet.talk.notice.text, timeout=WAIT)


def test_a_declaration_without_a_title_says_what_is_missing(window, bench, qtbot):  # noqa: F811
    press(window, Qt.Key.Key_F12, CTRL | SHIFT)
    sheet = filled_sheet(window, qtbot)
    field = sheet.findChild(QLineEdit)
    field.setFocus()
    field.selectAll()
    key(sheet, Qt.Key.Key_Delete)
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Missing: title" in sheet.talk.notice.text, timeout=WAIT)
    assert incidents(bench) == []


def test_replies_on_their_way_are_held_and_decided(window, bench, qtbot):  # noqa: F811
    outbox_id = bench.reply("Come and taste our rye bread!")
    screen = declare(window, qtbot, bench)
    screen.show_tab("held")
    qtbot.waitUntil(lambda: len(screen.pane.table.rows) == 1, timeout=WAIT)
    assert screen.pane.table.current().outbox_id == outbox_id
    screen.pane.table.setFocus()
    key(window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "Choose keep, change or discard" in screen.pane.talk.notice.text,
                    timeout=WAIT)  # fmt: skip
    key(window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: screen.pane.table.rows == [], timeout=WAIT)


def test_the_review_keeps_what_is_written(window, bench, qtbot):  # noqa: F811
    screen = declare(window, qtbot, bench)
    (incident,) = incidents(bench)
    screen.show_tab("review")
    pane = screen.pane
    pane.fields["cause"].setFocus()
    qtbot.keyClicks(pane.fields["cause"], "A certificate ended.")
    key(window, Qt.Key.Key_S, CTRL)
    kept = lambda: bench.desk.ask(ReadReview(incident.id)).result()  # noqa: E731
    qtbot.waitUntil(lambda: kept().fields.get("cause") == "A certificate ended.", timeout=WAIT)
    pane.tasks.setFocus()
    key(window, Qt.Key.Key_A)
    sheet = open_one(screen, Sheet)
    qtbot.waitUntil(lambda: sheet.findChild(QComboBox).count() > 0)  # whose it may be
    qtbot.keyClicks(sheet.focusWidget(), "A second provider")
    key(sheet, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: [t.text for t in kept().tasks] == ["A second provider"], timeout=WAIT)
