"""The wheel scrolls past choices; one that has the keyboard turns."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
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
