"""Large text: what stands side by side goes below each other, and no screen scrolls sideways."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.replies.reply import BegunWith
from socialdesk.engine import queries as q
from socialdesk.engine.commands.reports import MakeReport
from socialdesk.engine.queries.answering import ReadBegunWith
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.sizes import FRAME
from socialdesk.ui.turning import Turning, TurningSplit, together
from tests.ui.outbox.test_approval import a_reply
from tests.ui.reports.test_screen import made
from tests.ui.templates.test_screen import HOURS

LAPTOP = QSize(1366, 768 - FRAME)


@pytest.fixture
def line(qtbot):
    parts = [QPushButton("One of three"), QPushButton("Two"), QPushButton("Three")]
    made = Turning(parts[0], None, together(*parts[1:]))
    qtbot.addWidget(made)
    made.show()
    return made, parts


def test_parts_stand_side_by_side_where_there_is_room(qtbot, line):
    whole, (one, two, three) = line
    whole.resize(800, 40)
    qtbot.waitUntil(lambda: three.mapTo(whole, three.rect().bottomRight()).x() > 700)
    assert one.x() == 0
    assert one.geometry().center().y() == two.mapTo(whole, two.rect().center()).y()


def test_parts_go_below_each_other_where_there_is_none(qtbot, line):
    whole, (one, two, three) = line
    whole.resize(whole.minimumSizeHint().width(), 40)
    qtbot.waitUntil(lambda: two.mapTo(whole, two.rect().topLeft()).y() >= one.geometry().bottom())
    assert (
        two.mapTo(whole, two.rect().center()).y() == three.mapTo(whole, three.rect().center()).y()
    )
    assert one.width() >= one.sizeHint().width() and whole.height() >= whole.sizeHint().height()


@pytest.mark.parametrize("place", ["templates", "reports", "approval"])
@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_a_screen_in_large_text_fits_a_laptop(qtbot, desk, open_window, code, place):
    desk.answers[q.ReadSettings] = {"language": code}
    desk.answers[q.ListTemplates] = [HOURS]
    desk.answers[q.ListOutbox] = [a_reply(7)]
    desk.answers[ReadBegunWith] = BegunWith()
    desk.outcomes[MakeReport] = made
    window = open_window()
    window.resize(LAPTOP)
    window.preferences.set_text_size(200)
    try:
        window.show_place(place)
        screen = window.screens.currentWidget()
        room = next(area for area in window.findChildren(Scrolled) if area.isAncestorOf(screen))
        qtbot.waitUntil(lambda: screen.isVisible() and room.inside.width() == room.width())
        assert screen.minimumSizeHint().width() <= room.viewport().width()
    finally:
        window.preferences.set_text_size(100)


def test_a_list_stands_above_what_is_chosen_where_there_is_little_room(qtbot):
    chooser, chosen = QPushButton("List"), QPushButton("What is chosen in it")
    split = TurningSplit(chooser, chosen, (200, 400), wide=500)
    qtbot.addWidget(split)
    split.resize(700, 400)
    split.show()
    qtbot.waitUntil(lambda: chosen.x() > chooser.x())
    assert split.minimumSizeHint().width() < 400  # so that what is around can make it narrow
    split.resize(450, 400)
    qtbot.waitUntil(lambda: chosen.y() > chooser.y() and chosen.x() == chooser.x())
    split.resize(700, 400)
    qtbot.waitUntil(lambda: chosen.y() == chooser.y())
