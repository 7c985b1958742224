"""The small widgets that every form and card is made of."""

import pytest
from PySide6.QtWidgets import QSplitter, QWidget

from socialdesk.ui.compose.parts import NoticeBar, column

LONG = "The system keyring does not answer, and an unlock window may be open. " * 6


class _Screen(QWidget):
    bar: NoticeBar


@pytest.fixture
def screen(qtbot, theme):
    """A bar over what fills the rest, as on the screens of templates and accounts."""
    made, split = _Screen(), QSplitter()
    split.addWidget(QWidget())
    made.bar = NoticeBar(made)
    made.setLayout(column(made.bar, split, space=0))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_bar_is_no_higher_than_its_words(qtbot, screen):
    screen.resize(1000, 680)
    screen.bar.tell("Saved as a new version.", tone="accent")
    line = screen.bar._text.fontMetrics().height()
    qtbot.waitUntil(lambda: line < screen.bar.height() < 4 * line)
    qtbot.waitUntil(lambda: screen.bar.rect().contains(screen.bar._text.geometry()))


def test_a_bar_without_words_is_not_measured(qtbot, screen):
    screen.bar.show()  # a warning of Qt fails the test
    screen.resize(500, 400)
    qtbot.waitUntil(lambda: screen.bar.width() == 500)
    assert screen.bar.maximumHeight() > 0


def test_a_bar_shows_all_its_words_and_buttons_where_it_is_narrow(qtbot, screen):
    screen.resize(320, 680)
    screen.bar.tell(LONG, [("Try again", "again")])
    text = screen.bar._text
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()) > 100)
    qtbot.waitUntil(lambda: screen.bar._buttons.itemAt(0).widget().height() >= 24)
    assert screen.bar.height() < text.height() + 80
