"""How tests drive the window: by its keys, as the system sends them, and by what is seen."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget

from socialdesk.ui.inbox.model import ROLE_ID
from socialdesk.ui.palette import Picker
from socialdesk.ui.window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
# In the program these parts always have a parent, and say so; a test shows one by itself.
NO_PARENT: Any = None


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    """A key, as the system sends it: to the window, which has its focus somewhere."""
    QTest.keyClick(window.windowHandle(), key, held)


def press_russian(widget, *letters):
    """Keys of a Russian layout, to the widget that has the focus. (QTest has none for Cyrillic.)"""
    none = Qt.KeyboardModifier.NoModifier
    for letter in letters:
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), none, letter)
        QApplication.sendEvent(widget, event)


def type_in(window, text):
    for char in text:
        QTest.keyClick(window.windowHandle(), char)


def open_real_window(qtbot, desk, clock):
    """The main window on a real desk, with at least four mentions in its list, which has the keys.
    It takes seconds: commits are real."""
    made = MainWindow(desk, now=clock.now_ms)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.inbox.pane.model.rowCount() > 3, timeout=20_000)
    made.inbox.pane.list.setFocus()
    return made


def shown(window):
    model = window.inbox.pane.model
    return [model.data(model.index(n, 0), ROLE_ID) for n in range(model.rowCount())]


def current(window):
    return window.inbox.pane.model.id_at(window.inbox.pane.list.current())


def picker_of(window):
    return next(p for p in window.findChildren(Picker) if p.isVisible())


def offered(picker):
    tree = picker.findChild(QTreeWidget)
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def answer(qtbot, window, text):
    """Type into the question that is open, and take its first choice."""
    field = picker_of(window).findChild(QLineEdit)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
