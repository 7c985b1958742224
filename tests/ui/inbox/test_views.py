"""The views' pane: every way in sight on a laptop, and no more crowded than it has to be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionButton

from socialdesk.engine.queries import ListMentions
from socialdesk.ui.first_run.practice_line import PracticeLine
from socialdesk.ui.inbox.view_lines import KEY
from socialdesk.ui.inbox.views import LEAST, MOST
from tests.ui.compose.looks import unnamed


def needs_scrolling(window):
    return window.views._list.verticalScrollBar().maximum() > 0


def height_of_a_line(window):
    return window.views._list.sizeHintForRow(0)


def test_every_view_is_in_sight_on_a_laptop(window):
    window.resize(1366, 700)  # 768 without a title and the system's bar
    QApplication.processEvents()
    assert not needs_scrolling(window)
    assert height_of_a_line(window) >= LEAST
    assert not window.views._chart.isVisible()
    assert unnamed(window.views) == []


def test_in_the_practice_brand_too(window):
    PracticeLine(window, window.centralWidget())
    window.resize(1366, 700)
    QApplication.processEvents()
    assert not needs_scrolling(window)


def test_a_tall_window_spreads_the_lines_and_has_the_chart(window):
    window.resize(1366, 1400)
    QApplication.processEvents()
    assert height_of_a_line(window) == MOST
    assert window.views._chart.isVisible() and not needs_scrolling(window)


@pytest.mark.parametrize("height", range(560, 1300, 37))
def test_lines_neither_overlap_nor_leave_their_place(window, height):
    window.resize(1366, height)
    QApplication.processEvents()
    assert LEAST <= height_of_a_line(window) <= MOST
    if window.views._chart.isVisible():
        assert not needs_scrolling(window)


def test_where_the_words_of_the_button_have_no_room_they_end_in_dots(window):
    button = window.views._crisis
    option = QStyleOptionButton()
    button.setText("Something much longer than the pane is wide")
    QApplication.processEvents()
    button.initStyleOption(option)
    assert option.text.endswith("…")
    words = button.fontMetrics().horizontalAdvance(option.text)
    assert words + button.iconSize().width() < button.width()


def test_a_place_without_a_line_marks_none(window):
    lines = window.views._list
    window.show_place("war_room")
    assert lines.selectedItems() == []
    window.views.translate()
    assert lines.selectedItems() == []
    lines.setFocus()
    assert window.place == "war_room"  # coming by with Tab goes nowhere
    window.show_place("needs_reply")
    assert [line.data(KEY) for line in lines.selectedItems()] == ["needs_reply"]


def click(window, key):
    lines = window.views._list
    (line,) = (n for n in map(lines.item, range(lines.count())) if n.data(KEY) == key)
    at = lines.visualItemRect(line).center()
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_opens_a_view_once_and_the_same_view_anew(window, desk):
    n = len(desk.asked(ListMentions))
    click(window, "waiting")
    assert window.place == "waiting" and len(desk.asked(ListMentions)) == n + 1
    window.inbox.pane.field.setText("half a sear")
    click(window, "waiting")
    assert window.inbox.pane.field.text() == "" and len(desk.asked(ListMentions)) == n + 2
    window.show_place("war_room")
    click(window, "waiting")
    assert window.place == "waiting"
