"""Keys mean the same on every layout, and single keys never steal from a text field."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from socialdesk.ui import keys
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.keys import KeyMap, is_single, press_of

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("key", "held", "text", "written"),
    [
        (Qt.Key.Key_J, NONE, "j", "j"), (Qt.Key.Key_J, NONE, "J", "j"),  # Caps Lock
        (Qt.Key.Key_E, SHIFT, "E", "Shift+E"), (Qt.Key.Key_Exclam, SHIFT, "!", "!"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"), (Qt.Key.Key_Slash, NONE, "/", "/"),
        (Qt.Key.Key_1, NONE, "1", "1"), (Qt.Key.Key_K, CTRL, "\x0b", "Ctrl+K"),
        (Qt.Key.Key_Z, CTRL | SHIFT, "\x1a", "Ctrl+Shift+Z"), (Qt.Key.Key_F6, NONE, "", "F6"),
        (Qt.Key.Key_Space, NONE, " ", "Space"), (Qt.Key.Key_Return, NONE, "\r", "Enter"),
        (0x41E, NONE, "о", "j"), (0x42F, SHIFT, "Я", "Shift+Z"), (0x41B, CTRL, "", "Ctrl+K"),
        (0x4D8, NONE, "ә", "2"),  # the digit row of a Kazakh layout
        (Qt.Key.Key_E, ALT, "e", ""), (Qt.Key.Key_L, CTRL | ALT, "ł", ""),
        (Qt.Key.Key_Shift, SHIFT, "", ""), (Qt.Key.Key_Escape, NONE, "\x1b", "Esc"),
    ],
)  # fmt: skip
def test_a_press_is_written_by_its_place(key, held, text, written):
    assert press_of(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == written


@pytest.mark.parametrize("scans", [range(10, 22), range(2, 14)], ids=["X11", "Windows"])
def test_the_digit_row_of_a_kazakh_layout_is_a_digit_row(scans):
    for scan, typed, digit in zip(scans, '"әіңғ,.үұқөһ', "1234567890-=", strict=True):
        for held, front in ((NONE, ""), (CTRL, "Ctrl+")):
            event = QKeyEvent(
                QEvent.Type.KeyPress, ord(typed.upper()), held, scan, 0, 0, "" if front else typed
            )
            assert press_of(event) == front + digit


@pytest.mark.parametrize(
    ("typed", "held", "scan", "written"),
    [
        (",", NONE, 59, ","), (".", NONE, 60, "."), (".", NONE, 52, "."),  # where they always are
        (".", NONE, 61, "/"), (".", NONE, 53, "/"),  # Russian: X11, Windows
        ("№", NONE, 61, "/"), ("№", NONE, 53, "/"),  # Kazakh
        (".", CTRL, 61, "Ctrl+."),
    ],
)  # fmt: skip
def test_a_sign_is_read_by_its_place(typed, held, scan, written):
    text = "" if held else typed
    event = QKeyEvent(QEvent.Type.KeyPress, ord(typed), held, scan, 0, 0, text)
    assert press_of(event) == written


def test_two_presses_make_one_key():
    keys = KeyMap({"go_outbox": "g o", "open": "o", "next": "j, Down"})
    assert [keys.press(p) for p in ("g", "o", "o", "Down")] == ["", "go_outbox", "open", "next"]


def test_a_wrong_second_press_counts_for_itself():
    keys = KeyMap({"go_outbox": "g o", "next": "j"})
    assert [keys.press(p) for p in ("g", "j", "j")] == ["", "next", "next"]


def test_keys_that_clash_are_named():
    keys = KeyMap({"go_outbox": "g o", "next": "j", "done": "e"})
    assert keys.clashes("done", "j") == ["next"]
    assert keys.clashes("done", "g") == ["go_outbox"]
    assert keys.clashes("done", "e") == []


@pytest.mark.parametrize("press", ["e", "Shift+E", "Space", "Enter", "!", "Del", "f", "Shift+F"])
def test_keys_that_type_are_single(press):
    assert is_single(press)


@pytest.mark.parametrize("press", ["Ctrl+K", "Ctrl+Shift+F12", "F6", "Shift+F6", "F11"])
def test_keys_that_no_text_field_wants_are_not(press):
    assert not is_single(press)


def _actions(**more):
    ran = []
    actions = Actions()
    actions.add(
        Action("done", lambda: "Done", "e", lambda: ran.append("done")),
        Action("palette", lambda: "Palette", "Ctrl+K", lambda: ran.append("palette")),
        Action("send", lambda: "Send", "s", lambda: ran.append("send"), lambda: False),
    )
    return actions, ran


def test_single_keys_belong_to_the_text_in_a_field():
    actions, ran = _actions()
    assert not actions.press("e", in_text=True)
    assert actions.press("Ctrl+K", in_text=True)
    assert ran == ["palette"]


def test_an_action_that_rests_is_not_run():
    actions, ran = _actions()
    assert not actions.press("s")
    assert ran == []


def test_own_keys_replace_the_default_until_they_are_taken_back():
    actions, ran = _actions()
    actions.remap({"keys.done": "d", "theme": "dark"})
    assert (actions.press("e"), actions.press("d")) == (False, True)
    actions.remap({"keys.done": ""})
    assert (actions.press("e"), actions.press("d")) == (True, False)
    assert ran == ["done", "done"]


def test_two_actions_never_share_an_id():
    actions, _ = _actions()
    with pytest.raises(ValueError, match="done"):
        actions.add(Action("done", lambda: "", "", lambda: None))


def test_the_second_of_two_keys_is_no_key_of_its_own_where_the_act_rests():
    done: list[str] = []
    actions = Actions()
    actions.add(
        Action("fresh", lambda: "Show what is new", "g n", lambda: done.append("fresh"),
               lambda: False),
        Action("note", lambda: "Note", "n", lambda: done.append("note")),
    )  # fmt: skip
    assert actions.press("g")
    assert actions.press("n")  # taken, though there is nothing new to show
    assert done == []
    assert actions.press("n")
    assert done == ["note"]


def test_no_widget_knows_a_letter_by_its_sign():
    """What asks Qt for the letter T is deaf to the same key of a Russian layout: `press_of`."""
    window = Path(keys.__file__).parent
    deaf = re.compile(r"Qt\.Key\.Key_[A-Z0-9]\b")
    assert [file.name for file in window.rglob("*.py") if deaf.search(file.read_text())] == []
