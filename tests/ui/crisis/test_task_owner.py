"""Whose an action of the review is, while the people are still being read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from socialdesk.engine import queries as q
from socialdesk.engine.commands import crisis as c
from tests.ui.crisis.room import key, open_room, sheet_of
from tests.ui.driving import CTRL


@pytest.fixture
def screen(qtbot, desk, theme):
    return open_room(qtbot, desk)


def test_an_action_keeps_its_owner_until_the_people_are_known(screen, desk, qtbot):
    desk.is_holding, n = True, len(desk.queries)
    screen.show_tab("review")
    settle = desk._held.pop([type(one) for one in desk.queries[n:]].index(q.ListPeople))
    desk.release()
    tasks = screen.pane.tasks
    qtbot.waitUntil(lambda: len(tasks.rows) == 2)
    tasks.setFocus()
    desk.is_holding = True
    key(screen, Qt.Key.Key_E)
    sheet = sheet_of(screen, qtbot)
    for pressed in (Qt.Key.Key_Return, Qt.Key.Key_Down):
        key(sheet, pressed)
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.SaveTask) == []
    assert sheet.notice.text == "One moment"
    settle()
    desk.release()
    qtbot.waitUntil(lambda: sheet.findChild(QComboBox).count() > 1)
    key(sheet, Qt.Key.Key_Return, CTRL)
    (task,) = desk.did(c.SaveTask)
    assert task.owner == 2


def test_an_action_keeps_an_owner_who_came_after_the_people_were_read(screen, desk, qtbot):
    desk.answers[q.ListPeople] = []
    screen.show_tab("review")
    tasks = screen.pane.tasks
    qtbot.waitUntil(lambda: len(tasks.rows) == 2)
    qtbot.waitUntil(lambda: screen.pane._people == [])
    tasks.setFocus()
    key(screen, Qt.Key.Key_E)
    sheet = sheet_of(screen, qtbot)
    key(sheet, Qt.Key.Key_Return, CTRL)
    (task,) = desk.did(c.SaveTask)
    assert task.owner == 2
