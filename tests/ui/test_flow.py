"""Buttons on as many lines as they need."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from socialdesk.ui.flow import SPACE, Flow

NAMES = ("One of four", "Two", "Three of them all", "Four")


@pytest.fixture
def shown(qtbot):
    """`shown(width, far)`: its buttons, in a column `width` px wide."""
    kept = []

    def make(width: int, far: int = 0, way=Qt.LayoutDirection.LeftToRight):
        whole = QWidget()
        kept.append(whole)
        whole.setLayoutDirection(way)
        qtbot.addWidget(whole)
        buttons = [QPushButton(name) for name in NAMES]
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(Flow(*buttons, far=far))
        box.addStretch(1)
        whole.resize(width, 400)
        whole.show()
        qtbot.waitExposed(whole)
        assert whole.width() == width
        return buttons

    return make


def test_all_stand_on_one_line_where_there_is_room(shown):
    buttons = shown(900)
    assert len({button.y() for button in buttons}) == 1
    assert [b.x() for b in buttons] == sorted(b.x() for b in buttons)
    assert buttons[1].x() == buttons[0].x() + buttons[0].width() + SPACE


def test_the_last_ones_stand_at_the_far_end(shown):
    buttons = shown(900, far=1)
    assert buttons[3].x() + buttons[3].width() == 900
    assert buttons[2].x() + buttons[2].width() < 700


def test_a_line_begins_at_the_right_where_one_reads_so(shown):
    buttons = shown(900, way=Qt.LayoutDirection.RightToLeft)
    assert buttons[0].x() + buttons[0].width() == 900 and buttons[1].x() < buttons[0].x()


def test_none_is_cut_or_covered_where_there_is_little_room(shown):
    widest = max(button.sizeHint().width() for button in shown(900))
    buttons = shown(widest + 10, far=2)
    assert len({button.y() for button in buttons}) >= 3
    assert all(b.width() == b.sizeHint().width() for b in buttons)
    places = [b.geometry() for b in buttons]
    assert not any(one.intersects(other) for one in places for other in places if one is not other)


def test_what_is_hidden_leaves_no_hole(shown):
    one, two, three, _ = shown(900)
    two.hide()
    two.parentWidget().layout().activate()
    assert three.x() == one.width() + SPACE
