"""The board: read sparingly, opened by keys, also on another screen, also as text."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.alert import Alert, AlertKind, AlertLine, Level, Series
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.queries import reports as q
from socialdesk.engine.queries.alerts import ListAlerts
from socialdesk.i18n import set_language, tr
from socialdesk.ui.board.screen import BoardScreen, BoardWindow
from socialdesk.ui.board.wall import PAUSE_MS
from tests.ui.board.conftest import figure, some_figures
from tests.ui.compose.looks import shoot, wrong_format
from tests.ui.fake_desk import NOW


def a_screen(qtbot, desk):
    made = BoardScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.view.answer is not None)
    return made


def test_a_flood_of_changes_is_one_reading_in_two_seconds(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    assert len(board_desk.asked(q.ReadBoard)) == 1
    for n in range(50):
        board_desk.tell(Changes(added=(n,)))
    qtbot.waitUntil(lambda: len(board_desk.asked(q.ReadBoard)) == 2, timeout=PAUSE_MS + 1_500)
    qtbot.waitUntil(lambda: not screen.view._pause.isActive(), timeout=PAUSE_MS + 1_500)
    assert len(board_desk.asked(q.ReadBoard)) == 2


def test_what_does_not_concern_it_is_not_read_for(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    qtbot.waitUntil(lambda: not screen.view._pause.isActive(), timeout=PAUSE_MS + 1_500)
    board_desk.tell(Changes(areas=frozenset({Area.DRAFTS})))
    board_desk.tell(Changes(areas=frozenset({Area.QUEUE})))
    qtbot.waitUntil(lambda: len(board_desk.asked(q.ReadBoard)) == 2)


def test_a_hidden_board_asks_nothing(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    screen.hide()
    board_desk.tell(Changes(added=(1,)))
    qtbot.waitUntil(lambda: not screen.view._pause.isActive(), timeout=PAUSE_MS + 1_500)
    assert len(board_desk.asked(q.ReadBoard)) == 1
    screen.show()
    qtbot.waitUntil(lambda: len(board_desk.asked(q.ReadBoard)) == 2)


def test_by_keys_alone_from_a_number_to_a_mention_in_the_inbox(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    screen.view.pictures["numbers"].setFocus()
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.mentions.list.hasFocus())
    assert board_desk.asked(q.ListFigure)[-1].ref.question == "overdue"
    QTest.keyClick(screen.mentions.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.mention_asked) as asked:
        QTest.keyClick(screen.mentions.list, Qt.Key.Key_Return)
    assert asked.args == [2]
    QTest.keyClick(screen.mentions.list, Qt.Key.Key_Escape)
    assert not screen.mentions.isVisible()
    assert screen.view.pictures["numbers"].hasFocus()


def test_the_text_says_every_number_and_opens_it(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    screen.view.pictures["numbers"].setFocus()
    QTest.keyClick(screen.view.pictures["numbers"], Qt.Key.Key_T)
    lines = screen.view.findChildren(QWidget)
    text = screen.view._text
    assert text in lines and text.hasFocus()
    words = [text.item(n).text() for n in range(text.count())]
    assert "Need a reply: 7 (now)" in words
    assert any(": not watched" in line for line in words)
    text.setCurrentRow(words.index("Overdue: 2 (now)"))
    QTest.keyClick(text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(board_desk.asked(q.ListFigure)) == 1)


def test_the_text_says_what_the_pictures_show_now(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    for n_open in (8, 9):
        screen.view.show_answer(some_figures(numbers=(figure("open", n_open),)))
        screen.view.set_text(True)
        assert screen.view._text.findItems(f"Need a reply: {n_open}", Qt.MatchFlag.MatchContains)
        screen.view.set_text(False)


def test_numbers_that_cannot_be_read_are_said(qtbot, board_desk, theme):
    screen = a_screen(qtbot, board_desk)
    board_desk.answers[q.ReadBoard] = StoreError(StoreFault.LOCKED)
    qtbot.waitUntil(lambda: not screen.view._pause.isActive(), timeout=PAUSE_MS + 1_500)
    screen.view.refresh()
    qtbot.waitUntil(lambda: screen.view._trouble.isVisible())
    assert screen.view._trouble.text()
    board_desk.answers[q.ReadBoard] = some_figures()
    qtbot.waitUntil(lambda: not screen.view._pause.isActive(), timeout=PAUSE_MS + 1_500)
    screen.view.refresh()
    qtbot.waitUntil(lambda: not screen.view._trouble.isVisible())


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_f11_opens_one_board_window_and_it_grows_with_its_size(qtbot, board_desk, open_window):
    window = open_window()
    QTest.keyClick(window.inbox.pane.list, Qt.Key.Key_F11)
    QTest.keyClick(window.inbox.pane.list, Qt.Key.Key_F11)
    [board] = window.findChildren(BoardWindow)
    qtbot.waitUntil(lambda: board.view.answer is not None)
    board.resize(800, 500)
    small = board.view.pictures["numbers"].unit
    board.resize(1920, 1080)
    assert board.view.pictures["numbers"].unit > 1.8 * small
    board.view.pictures["numbers"].setFocus()
    QTest.keyClick(board.view.pictures["numbers"], Qt.Key.Key_Return)
    shown = window.screens.currentWidget()
    assert isinstance(shown, BoardScreen)
    qtbot.waitUntil(lambda: shown.mentions.list.model().rowCount() == 3)
    QTest.keyClick(board, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(BoardWindow))


def test_the_board_speaks_another_language_at_once(qtbot, qapp, board_desk, open_window):
    window = open_window()
    window.show_place("board")
    screen = window.screens.currentWidget()
    qtbot.waitUntil(lambda: screen.view.answer is not None)
    set_language("ru")
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    feed = screen.view.pictures["networks"].section.spots[1].label
    assert (feed, screen._title.text()) == (tr("Feed"), tr("Board"))
    assert feed != "Feed"


def test_an_unusual_volume_is_a_quiet_line_above_the_board(qtbot, board_desk, theme):
    facts = {"n": 12, "expected": 3.0, "window_s": 3600}
    watch = Alert(1, NOW, AlertKind.VOLUME, Level.WATCH, Series.NEGATIVE, "", facts)
    loud = Alert(2, NOW, AlertKind.COPY, Level.ALERT, None, "", {"n_authors": 6})
    screen = a_screen(qtbot, board_desk)
    assert not screen.unusual.isVisible()
    board_desk.answers[ListAlerts] = [AlertLine(watch)]
    board_desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(screen.unusual.isVisible)
    assert screen.unusual.text() == "Unusual: 12 in the last hour, 3.0 expected"
    assert screen.unusual.property("chip") == "warn"
    shoot(theme, screen, "board-unusual")
    board_desk.answers[ListAlerts] = [AlertLine(watch), AlertLine(loud)]
    board_desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: "1 more" in screen.unusual.text())
    assert screen.unusual.property("chip") == "danger"
    assert wrong_format(screen.unusual) == []
