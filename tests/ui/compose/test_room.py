"""The composer where it has little room: beside an open contact, and in large text."""

import pytest
from PySide6.QtCore import QPoint

from socialdesk.engine import queries as q
from tests.languages.cuts import cut
from tests.ui.compose.test_composer import composer, desk, held

__all__ = ["composer", "desk"]


@pytest.mark.parametrize("width", [470, 1000])
def test_length_and_account_are_read_whole_beside_or_above_the_buttons(qtbot, composer, width):
    composer.resize(width, 420)
    qtbot.keyClicks(composer._writing.field, "From nine.")
    qtbot.waitUntil(lambda: composer._saved.text() == "Draft saved")
    counter, send = composer._outlook.counter, composer._send
    qtbot.waitUntil(lambda: counter.width() >= counter.sizeHint().width())
    assert composer._saved.width() >= composer._saved.sizeHint().width()
    below = send.mapTo(composer, QPoint()).y() - counter.mapTo(composer, QPoint()).y()
    assert (below >= counter.height()) is (width == 470)


def test_in_large_text_the_button_that_sends_is_whole(qtbot, composer, theme):
    theme.set_text_size(200)
    composer._bar.setFixedWidth(400)
    qtbot.waitUntil(lambda: composer._save.width() < composer._save.sizeHint().width())
    assert composer._send.width() >= composer._send.sizeHint().width()
    assert "Save draft" in composer._save.toolTip()
    theme.set_text_size(100)


def test_a_long_name_leaves_the_seconds_in_sight(qtbot, desk, composer):
    composer.resize(470, 520)
    desk.answers[q.ListOutbox] = [held(to="Айгүл Сәрсенбаева")]
    composer._hold.refresh()
    qtbot.waitUntil(lambda: composer._hold.isVisible() and not list(cut(composer._hold)))
    assert composer._hold.height() < 120  # two lines of words and the bar
