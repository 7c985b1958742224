"""The window never begins larger than the screen it is on."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt

from socialdesk.ui.focus import is_text
from socialdesk.ui.inbox.thread import ENOUGH
from socialdesk.ui.sizes import FIRST, FRAME, fit
from tests.ui.driving import type_in

LAPTOP = QRect(0, 30, 1200, 690)
LARGE = QRect(0, 0, 2560, 1400)


def test_on_a_large_screen_it_is_as_designed(window):
    window.resize(FIRST)
    fit(window, window.inbox, LARGE)
    assert window.size() == QSize(1252, 720)


def test_on_a_small_screen_it_is_as_large_as_the_screen(window):
    window.resize(FIRST)
    fit(window, window.inbox, LAPTOP)
    assert window.size() == QSize(1200, 690 - FRAME)


def test_what_was_kept_on_a_larger_screen_comes_into_sight(window):
    window.resize(1100, 600)
    window.move(QPoint(1900, 900))
    fit(window, window.inbox, LAPTOP)
    assert LAPTOP.contains(window.frameGeometry())


def test_a_kept_place_is_that_of_the_window_and_not_of_its_frame(window, monkeypatch):
    moved: list[object] = []
    monkeypatch.setattr(window, "move", lambda *at: moved.append(at))
    window.setGeometry(60, 70, 1100, 600)
    window.setAttribute(Qt.WidgetAttribute.WA_Moved)
    fit(window, window.inbox, LAPTOP)
    assert window.geometry() == QRect(60, 70, 1100, 600)
    assert moved == []  # it would be the place of the frame


def test_without_room_the_context_pane_goes_first(window):
    type_in(window, "i")
    need = window.minimumSizeHint().width()
    fit(window, window.inbox, QRect(0, 0, need, 900))
    assert not window.inbox.context.isHidden()
    fit(window, window.inbox, QRect(0, 0, need - 1, 900))
    assert window.inbox.context.isHidden()


def test_the_first_show_fits_the_screen_there_is(window):
    room = window.screen().availableGeometry().size()
    least = window.minimumSizeHint()
    assert window.width() <= max(room.width(), least.width())
    assert window.height() <= room.height()


def test_what_is_written_needs_no_bar_while_the_thread_has_room(window, qtbot):
    window.resize(1366, 700)
    type_in(window, "r")
    qtbot.waitUntil(lambda: is_text(window.focusWidget()))
    pane = window.inbox.thread_pane
    pane.split.setSizes([1000, 1])  # as low as it goes
    type_in(window, "Thank you for telling us. We look into it, and write again today.")
    qtbot.waitUntil(lambda: pane.composer._outlook.isVisible())
    qtbot.waitUntil(lambda: pane._writing.verticalScrollBar().maximum() == 0)
    assert pane._upper.height() >= ENOUGH
