"""Enter presses the button that has the keys, in every window, and nothing else."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from socialdesk.ui.enter import EnterPresses

ENTER = Qt.Key.Key_Return


@pytest.fixture
def pressed() -> list[str]:
    return []


class Form(QDialog):
    """One of each that Enter may reach. Tab begins in the field."""

    def __init__(self, pressed: list[str]) -> None:
        super().__init__()
        self.field, self.text = QLineEdit(self), QPlainTextEdit(self)
        self.push, self.tool = QPushButton("Save", self), QToolButton(self)
        self.push.setAutoDefault(False)
        self.tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        for part in (self.field, self.text, self.push, self.tool):
            layout.addWidget(part)
        self.push.clicked.connect(lambda: pressed.append("push"))
        self.tool.clicked.connect(lambda: pressed.append("tool"))


@pytest.fixture
def dialog(qtbot, qapp, pressed):
    made = Form(pressed)
    qtbot.addWidget(made)
    EnterPresses(qapp, made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(dialog, key=ENTER, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(dialog.windowHandle(), key, held)


def test_both_kinds_of_buttons_are_pressed_once(dialog, pressed):
    dialog.push.setFocus()
    press(dialog)
    dialog.tool.setFocus()
    press(dialog, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["push", "tool"]
    assert dialog.isVisible()


def test_a_field_keeps_its_enter(dialog, pressed):
    dialog.text.setFocus()
    press(dialog)
    assert dialog.text.toPlainText() == "\n"
    dialog.field.setFocus()
    press(dialog)
    assert pressed == []


def test_ctrl_enter_is_not_enter(dialog, pressed):
    dialog.push.setFocus()
    press(dialog, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_a_key_that_is_held_presses_once(dialog, pressed):
    dialog.push.setFocus()
    press(dialog)
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, ENTER, none, "\r", True)
    QCoreApplication.sendEvent(dialog.windowHandle(), held)
    assert pressed == ["push"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup, offscreen
def test_an_open_menu_takes_enter_itself(dialog, pressed, qtbot):
    menu = QMenu(dialog.push)
    menu.addAction("First").triggered.connect(lambda: pressed.append("entry"))
    dialog.push.setFocus()
    menu.popup(dialog.mapToGlobal(dialog.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    press(dialog, Qt.Key.Key_Down)
    press(dialog)
    assert pressed == ["entry"]


def test_the_window_opens_no_mention_with_a_button_in_hand(window, qtbot):
    """The window's own Enter opens a mention: not when it presses a button."""
    head = next(b for b in window.inbox.thread_pane.findChildren(QPushButton) if b.isVisible())
    ran: list[str] = []
    head.clicked.connect(lambda: ran.append("button"))
    head.setFocus()
    press(window)
    assert ran == ["button"]
