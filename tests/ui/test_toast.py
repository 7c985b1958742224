"""Where the toast lies: never over what is being written."""

from array import array

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from socialdesk.domain.queue.rows import Listing
from socialdesk.engine import queries as q
from socialdesk.ui.toast import BUTTONS
from tests.ui.driving import current, press
from tests.ui.fake_desk import a_row

LONG = "The network did not take it, because the text is too long for it. Shorten it, please."


def on_screen(widget):
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def test_it_lies_at_the_foot_of_the_list(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    window.toast.say("Done", "Undo")
    pane = on_screen(window.inbox.pane)
    assert pane.contains(on_screen(window.toast))
    assert on_screen(window.toast).center().y() > pane.center().y()
    assert not on_screen(window.toast).intersects(on_screen(window.inbox.thread_pane.composer))


def test_a_long_sentence_takes_more_lines(window):
    window.toast.say("Done", "Undo")
    low = window.toast.height()
    window.toast.say(LONG, "Undo")
    assert window.toast.height() > low
    assert on_screen(window.inbox.pane).contains(on_screen(window.toast))
    window.toast.say("Done", "Undo")
    assert window.toast.height() == low


@pytest.mark.parametrize("n", [3, 5, 6, 7, 8, 60])
def test_the_last_card_can_be_read_above_it_however_many_there_are(open_window, desk, theme, n):
    desk.rows_by_id = {number: a_row(number) for number in range(1, n + 1)}
    desk.answers[q.ListMentions] = Listing(array("q", range(1, n + 1)), n)
    window = open_window()
    press(window, Qt.Key.Key_End)
    assert current(window) == n
    window.toast.say("Done: Айгүл Сәрсенбаева, who asks where her order is", "Undo")
    cards = window.inbox.pane.list
    last = cards.visualRect(window.inbox.pane.model.index(n - 1, 0))
    card = QRect(cards.viewport().mapToGlobal(last.topLeft()), last.size())
    assert on_screen(cards.viewport()).contains(card)
    assert not on_screen(window.toast).intersects(card)


def test_it_moves_with_the_list(window):
    window.toast.say("Done")
    window.resize(window.width(), window.height() - 90)
    assert on_screen(window.inbox.pane).contains(on_screen(window.toast))


def test_on_another_screen_it_lies_at_the_foot_of_the_window(window):
    window.toast.say(LONG)
    window.show_place("templates")
    assert on_screen(window.toast).center().y() > window.height() // 2
    assert abs(on_screen(window.toast).center().x() - on_screen(window).center().x()) <= 1


def test_on_another_screen_it_leaves_a_row_of_buttons_at_the_foot_free(window):
    window.toast.say(LONG, "Undo")
    low = on_screen(window.toast).bottom()
    window.show_place("outbox")
    assert on_screen(window.toast).bottom() <= low - BUTTONS
    window.show_place("needs_reply")
    assert on_screen(window.toast).bottom() == low
