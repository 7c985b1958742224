"""Where the toast lies: never over what is being written."""

from PySide6.QtCore import QPoint, QRect

from socialdesk.ui.toast import BUTTONS

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
