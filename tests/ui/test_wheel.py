"""The wheel scrolls past choices; one that has the keyboard turns."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from socialdesk.ui.wheel import WheelTurns

DOWN = QPoint(0, -120)


class Page(QScrollArea):
    """Two choices above a page longer than its window."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        self.readers, self.days = QComboBox(), QSpinBox()
        self.readers.addItems(["Everybody", "Followers", "Whom I name"])
        self.readers.setStyleSheet("combobox-popup: 0")  # a list, as everywhere in the program
        layout = QVBoxLayout(inner)
        for part in (self.readers, self.days, QLabel("\n".join("a line" for _ in range(99)))):
            layout.addWidget(part)
        self.days.setValue(7)
        self.setWidget(inner)
        self.resize(300, 200)

    def turn_over(self, part: QWidget) -> None:
        """One notch down, with the pointer over it."""
        at = part.mapTo(self, part.rect().center())
        QTest.wheelEvent(self.windowHandle(), QPointF(at), DOWN)

    @property
    def scrolled(self) -> int:
        return self.verticalScrollBar().value()


@pytest.fixture
def page(qtbot, qapp) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    WheelTurns(qapp, made)
    return made


def test_who_scrolls_past_chooses_nothing(qtbot, page: Page) -> None:
    page.turn_over(page.readers)
    qtbot.waitUntil(lambda: page.scrolled > 0)
    page.verticalScrollBar().setValue(0)
    page.turn_over(page.days)
    qtbot.waitUntil(lambda: page.scrolled > 0)
    assert (page.readers.currentText(), page.days.value()) == ("Everybody", 7)
    assert not page.readers.hasFocus() and not page.days.hasFocus()


def test_a_choice_with_the_keyboard_turns(qtbot, page: Page) -> None:
    page.readers.setFocus(Qt.FocusReason.TabFocusReason)
    page.turn_over(page.readers)
    qtbot.waitUntil(lambda: page.readers.currentText() == "Followers")
    page.days.setFocus(Qt.FocusReason.TabFocusReason)
    page.turn_over(page.days)
    qtbot.waitUntil(lambda: page.days.value() == 6)
    assert page.scrolled == 0


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup, offscreen
def test_the_wheel_goes_through_a_list_that_is_open(qtbot, page: Page) -> None:
    page.readers.addItems([f"follower {n}" for n in range(99)])
    page.readers.setFocus(Qt.FocusReason.TabFocusReason)
    page.readers.showPopup()
    shown = page.readers.view()
    popup = shown.window()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is popup.windowHandle())
    middle = QPointF(shown.mapTo(popup, shown.rect().center()))
    QTest.wheelEvent(popup.windowHandle(), middle, DOWN)
    qtbot.waitUntil(lambda: shown.verticalScrollBar().value() > 0)
    page.readers.hidePopup()
    assert (page.readers.currentText(), page.scrolled) == ("Everybody", 0)
