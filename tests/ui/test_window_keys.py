"""Keys: letters in fields, acts outside of them, every layout, every pane."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.focus import is_text
from socialdesk.ui.window import MainWindow
from tests.ui.driving import (
    CTRL,
    SHIFT,
    answer,
    current,
    offered,
    picker_of,
    press,
    press_russian,
    shown,
    type_in,
)
from tests.ui.fake_desk import NOW, FakeDesk

# --- keys and text fields ---


def test_letters_are_letters_in_the_search_field(window, desk):
    type_in(window, "/")
    type_in(window, "jezh")
    assert window.inbox.pane.field.text() == "jezh"
    assert desk.commands == []


def test_enter_in_the_search_field_leads_to_the_list_and_opens_nothing(window):
    type_in(window, "/")
    type_in(window, "post")
    press(window, Qt.Key.Key_Return)
    assert window.inbox.pane.list.hasFocus()


def test_ctrl_z_in_a_field_takes_back_letters_only(window, desk):
    type_in(window, "/")
    type_in(window, "ab")
    for _ in range(5):
        press(window, Qt.Key.Key_Z, CTRL)
    assert window.inbox.pane.field.text() == ""
    assert desk.did(c.Undo) == []


def test_the_palette_opens_from_inside_a_text_field(window, qtbot):
    type_in(window, "/")
    type_in(window, "abc")
    press(window, Qt.Key.Key_K, CTRL)
    answer(qtbot, window, "spam")
    assert window.inbox.pane.field.text() == "abc"


def test_the_palette_holds_every_act_that_can_be_done(window):
    press(window, Qt.Key.Key_K, CTRL)
    names = offered(picker_of(window))
    for name in ("Done and next", "Snooze…", "Reply", "Undo", "Keys…"):
        assert name in names


def test_esc_leaves_search_and_reply(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "/")
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.list.hasFocus()
    type_in(window, "r")
    assert window.focusWidget() is not window.inbox.pane.list
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.list.hasFocus()


def test_esc_in_a_field_of_another_screen_leaves_the_field_first(window, desk):
    window.show_place("templates")
    screen = window.screens.currentWidget()
    next(f for f in screen.findChildren(QLineEdit) if f.isVisible()).setFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.screens.currentWidget() is screen
    assert screen.isAncestorOf(window.focusWidget())
    assert not is_text(window.focusWidget())
    type_in(window, "e")
    assert desk.did(c.SetStatus) == []
    press(window, Qt.Key.Key_Escape)
    assert window.is_inbox()


def test_esc_in_the_only_field_of_a_screen_leads_to_the_views(window):
    screen = QWidget()
    field = QLineEdit(screen)
    window.screens.show_once(screen)
    field.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.screens.currentWidget() is screen
    assert not field.hasFocus()


def test_russian_letters_work_by_their_place(window):
    press_russian(window.inbox.pane.list, "о", "о")  # j
    assert current(window) == 3


def test_own_keys_come_from_the_settings(window, desk, qtbot):
    desk.answers[q.ReadSettings] = {"keys.done": "d"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: window.actions_by_id.keys_of("done") == "d")
    type_in(window, "e")
    assert desk.did(c.SetStatus) == []
    type_in(window, "d")
    assert len(desk.did(c.SetStatus)) == 1


def test_space_reads_on_and_then_goes_to_the_next(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    press(window, Qt.Key.Key_Space)
    assert current(window) == 2


def test_space_on_a_button_presses_that_button(window):
    button = next(
        b for b in window.findChildren(QPushButton) if b.accessibleName() == "Done and next"
    )
    button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert 1 not in shown(window)


def test_f6_goes_round_the_panes(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        seen.append(type(window.focusWidget()).__name__)
    assert seen[0] == "PostScroll"
    assert seen[2:] == ["Lines", "QueueList"]


def test_f6_goes_to_what_can_be_done_about_the_author(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    press(window, Qt.Key.Key_I)
    qtbot.waitUntil(window.inbox.context.isVisible)
    for _ in range(3):
        press(window, Qt.Key.Key_F6)
    assert window.focusWidget().accessibleName().startswith("Open the profile at")


def test_f6_passes_over_what_takes_no_keys(qtbot):
    window = MainWindow(FakeDesk(), now=lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.focusWidget() is window.inbox.pane.list)
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        seen.append(type(window.focusWidget()).__name__)
    assert seen == ["Lines", "QueueList", "Lines", "QueueList"]


def test_f6_in_the_search_field_goes_on_from_the_list(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    for held, part in (((), "PostScroll"), ((SHIFT,), "Lines")):
        window.inbox.pane.field.setFocus()
        press(window, Qt.Key.Key_F6, *held)
        assert type(window.focusWidget()).__name__ == part


def test_enter_goes_into_the_thread_and_esc_back(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    press(window, Qt.Key.Key_Return)
    assert type(window.focusWidget()).__name__ == "PostScroll"
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.list.hasFocus()


def test_g_then_a_letter_changes_the_screen(window):
    type_in(window, "gt")
    assert not window.is_inbox()
    type_in(window, "gq")
    assert window.is_inbox()


def test_every_key_of_the_product_is_bound(window):
    bound = ", ".join(filter(None, window.actions_by_id.bindings().values())).split(", ")
    keys = set(bound)
    wanted = (
        "j k Down Up Space Enter Esc e Shift+E h l a 1 2 3 4 ! m u x Ctrl+A r n Ctrl+T Ctrl+Enter"
    )
    for key in [*wanted.split(), "z", "Ctrl+Z", "Ctrl+Shift+Z", "/", "Ctrl+F", "Ctrl+K", "?", "F1",
                "F6", "g q", "g o", "g c", "g r", "g s"]:  # fmt: skip
        assert key in keys, key
    assert not [k for k in keys if "Alt" in k]
    assert len(bound) == len(keys)


def test_after_sending_the_keys_are_no_letters(window, desk, qtbot):
    type_in(window, "r")
    text = window.inbox.thread_pane.composer._writing.field
    qtbot.waitUntil(text.hasFocus)
    type_in(window, "Thank you")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.did(c.SendReply)))
    qtbot.waitUntil(lambda: not text.hasFocus())
    type_in(window, "j")
    assert text.text == ""
    assert current(window) == 2


def test_the_key_that_saves_a_note_sends_no_reply(window, desk, qtbot):
    type_in(window, "r")
    text = window.inbox.thread_pane.composer._writing.field
    qtbot.waitUntil(text.hasFocus)
    type_in(window, "Half a reply")
    press(window, Qt.Key.Key_Escape)
    type_in(window, "n")
    qtbot.waitUntil(lambda: is_text(window.focusWidget()) and not text.hasFocus())
    type_in(window, "Likes rye")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (note,) = desk.did(c.AddNote)
    assert note.text == "Likes rye"
    assert desk.did(c.SendReply) == []
