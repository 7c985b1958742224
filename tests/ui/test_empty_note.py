"""What a list says in the place of its rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from socialdesk.ui.empty_note import EmptyNote

LONG = "Nothing is on its way. What you send waits here until the network has it. " * 2


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(300, 400)
    return room


@pytest.fixture
def lines(room: QWidget) -> QListWidget:
    lines, column = QListWidget(), QVBoxLayout(room)
    column.addWidget(lines)
    column.addWidget(QLineEdit())
    return lines


def test_the_words_stand_whole_in_the_list_and_are_heard(qtbot, room, lines):
    note = EmptyNote(lines)
    note.say(LONG)
    with qtbot.waitExposed(room):
        room.show()
    qtbot.waitUntil(lambda: note.height() >= note.heightForWidth(note.width()))
    assert lines.viewport().rect().contains(note.geometry())
    assert note.text() == LONG
    assert lines.accessibleDescription() == LONG


def test_the_keys_stay_in_a_list_that_becomes_empty_and_a_click_goes_there(qtbot, room, lines):
    note = EmptyNote(lines)
    lines.addItem("one")
    with qtbot.waitExposed(room):
        room.show()
    lines.setFocus()
    lines.clear()
    note.say(LONG)
    assert lines.hasFocus()
    room.findChild(QLineEdit).setFocus()
    at = note.mapTo(room, note.rect().center())
    qtbot.mouseClick(room.window().windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    assert lines.hasFocus()


def test_rows_take_its_place(qtbot, room, lines):
    note = EmptyNote(lines)
    room.show()
    note.say(LONG)
    lines.addItem("one")
    note.say("")
    assert not note.isVisible()
    assert lines.accessibleDescription() == ""
