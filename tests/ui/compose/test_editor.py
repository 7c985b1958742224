"""Words that are put into the text: apart from those that stand there."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from socialdesk.ui.compose.editor import ReplyEdit


@pytest.fixture
def field(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    yield ReplyEdit(home)
    home.hide()


@pytest.mark.parametrize(
    ("text", "at", "whole"),
    [
        ("", 0, "At eight."), ("hello", 5, "hello At eight."), ("hello ", 6, "hello At eight."),
        ("Hi!\n", 4, "Hi!\nAt eight."), ("Hi!", 3, "Hi! At eight."), ("bye", 0, "At eight. bye"),
        ("one two", 4, "one At eight. two"), ("(", 1, "(At eight."), ("🙂", 2, "🙂 At eight."),
        ("Сәлем", 5, "Сәлем At eight."), ("so, ok", 2, "so At eight., ok"),
    ],
)  # fmt: skip
def test_put_in_words_are_never_glued_to_others(field, text, at, whole):
    field.load(text)
    cursor = field.textCursor()
    cursor.setPosition(at)
    field.setTextCursor(cursor)
    field.insert_words("At eight.")
    assert field.text == whole


def test_what_is_selected_gives_way(field):
    field.load("We open at nine.")
    cursor = field.textCursor()
    cursor.setPosition(8)
    cursor.setPosition(15, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.insert_words("at eight")
    assert field.text == "We open at eight."
    field.undo()
    assert field.text == "We open at nine."
