"""What is longer or wider than its place."""

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from socialdesk.ui.scroll_area import ScrollArea

LARGE = 30  # points


@pytest.fixture
def inside() -> QWidget:
    """Wider than its page. Its labels are in a layout inside that of the widget."""
    inside, grid = QWidget(), QGridLayout()
    for n, words in enumerate(("Longest gap between two updates of the same incident",) * 2):
        grid.addWidget(QLabel(words), 0, n)
    column = QVBoxLayout(inside)
    column.addLayout(grid)
    column.addStretch(1)
    return inside


@pytest.fixture
def pages(qtbot: QtBot, inside: QWidget) -> QStackedWidget:
    """An empty page, and one that shows `inside`."""
    pages, page, area = QStackedWidget(), QWidget(), ScrollArea()
    area.setWidget(inside)
    QVBoxLayout(page).addWidget(area)
    pages.addWidget(QWidget())
    pages.addWidget(page)
    qtbot.addWidget(pages)
    pages.resize(500, 400)
    pages.setCurrentIndex(1)
    with qtbot.waitExposed(pages):
        pages.show()
    return pages


def test_what_grew_unseen_is_whole_when_it_is_shown(inside, pages):
    pages.setCurrentIndex(0)
    for label in inside.findChildren(QLabel):
        font = label.font()
        font.setPointSize(LARGE)
        label.setFont(font)
    pages.resize(450, 390)  # and its place became another one meanwhile
    pages.setCurrentIndex(1)
    for _ in range(20):  # it is laid out at once, and nothing would do it later
        QApplication.processEvents()
    for label in inside.findChildren(QLabel):
        assert label.width() >= label.sizeHint().width()
        assert label.height() >= label.sizeHint().height()
