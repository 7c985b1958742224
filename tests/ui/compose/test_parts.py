"""The small widgets that every form and card is made of."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QSplitter, QWidget

from socialdesk.ui.compose.parts import NoticeBar, Speaker, column
from tests.ui.driving import press

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


def test_tab_comes_to_the_buttons_of_a_bar_where_they_are_read(qtbot):
    screen = QWidget()
    qtbot.addWidget(screen)
    above, bar, below = QLineEdit(screen), NoticeBar(screen), QLineEdit(screen)
    screen.setLayout(column(above, bar, below))
    screen.show()
    above.setFocus()
    bar.tell("It was not sent.", [("Try again", "again"), ("Leave it", "leave")])
    seen = []
    for _ in range(3):
        press(screen, Qt.Key.Key_Tab)
        seen.append(screen.focusWidget())
    assert seen == [*bar.findChildren(QPushButton), below]


class _Form(QWidget):
    """Made anew when the language changes; it gives the keys to nothing by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[QLineEdit] = []
        self.make()
        Speaker(self, self.make)

    def make(self) -> None:
        self.fields = [QLineEdit(), QLineEdit()]
        self.setLayout(column(*self.fields))


def test_the_keys_stay_where_they_were_in_another_language(qtbot):
    form = _Form()
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    old = form.fields
    old[1].setFocus()
    QCoreApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: form.fields is not old)
    qtbot.waitUntil(form.fields[1].hasFocus)


def test_keys_that_are_elsewhere_are_left_there(qtbot):
    whole, form, other = QWidget(), _Form(), QLineEdit()
    whole.setLayout(column(form, other))
    qtbot.addWidget(whole)
    whole.show()
    qtbot.waitExposed(whole)
    old = form.fields
    other.setFocus()
    QCoreApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: form.fields is not old and form.fields[1].isVisible())
    with qtbot.waitCallback() as passed:  # what would give the keys away comes before it
        QTimer.singleShot(0, passed)
    assert other.hasFocus()
