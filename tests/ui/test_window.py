"""The window, driven by its keys: what an operator sees and what the desk is asked to do."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTreeWidget, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rows import Badge, Listing, SavedView, SearchFault, View
from socialdesk.domain.status import Disposition, Status
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.desk import Done, EngineState
from socialdesk.i18n import set_language
from socialdesk.ui.inbox.list_pane import is_ready
from socialdesk.ui.inbox.model import ROLE_ID
from socialdesk.ui.palette import Picker
from socialdesk.ui.theme import DARK, tokens
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk():
    return FakeDesk([a_row(n) for n in range(1, 8)])


@pytest.fixture
def open_window(qtbot, desk):
    def make(**more):
        made = MainWindow(desk, now=lambda: NOW, **more)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        made.inbox.pane.list.setFocus()
        qtbot.waitUntil(lambda: made.inbox.pane.model.rowCount() > 0)
        return made

    yield make
    set_language("en")


@pytest.fixture
def window(open_window):
    return open_window()


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    """A key, as the system sends it: to the window, which has its focus somewhere."""
    QTest.keyClick(window.windowHandle(), key, held)


def type_in(window, text):
    for char in text:
        QTest.keyClick(window.windowHandle(), char)


def shown(window):
    model = window.inbox.pane.model
    return [model.data(model.index(n, 0), ROLE_ID) for n in range(model.rowCount())]


def current(window):
    return window.inbox.pane.model.id_at(window.inbox.pane.list.current())


def picker_of(window):
    return next(p for p in window.findChildren(Picker) if p.isVisible())


def offered(picker):
    tree = picker.findChild(QTreeWidget)
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def answer(qtbot, window, text, keys=()):
    picker = picker_of(window)
    field = picker.findChild(QLineEdit)
    qtbot.keyClicks(field, text)
    for key in keys:
        qtbot.keyClick(field, key)
    qtbot.keyClick(field, Qt.Key.Key_Return)


# --- triage by keys ---


def test_j_and_k_go_through_the_list(window):
    type_in(window, "jjk")
    assert current(window) == 2


def test_e_is_done_and_the_next_one_stands_there_at_once(window, desk):
    desk.is_holding = True  # the effect does not wait for the desk
    type_in(window, "e")
    assert desk.did(c.SetStatus) == [
        c.SetStatus((1,), Status.DONE.value, Disposition.NO_REPLY_NEEDED.value)
    ]
    assert shown(window) == [2, 3, 4, 5, 6, 7]
    assert current(window) == 2


def test_shift_e_stays(window, desk):
    press(window, Qt.Key.Key_E, SHIFT)
    assert (current(window), len(shown(window))) == (1, 7)
    assert window.inbox.row.status is Status.DONE


def test_done_on_marked_ones_is_one_command(window, desk):
    type_in(window, "xjxjj")
    type_in(window, "e")
    assert desk.did(c.SetStatus)[0].ids == (1, 2)
    assert shown(window) == [3, 4, 5, 6, 7]


def test_all_are_marked_and_decided_together(window, desk):
    press(window, Qt.Key.Key_A, CTRL)
    type_in(window, "!")
    assert desk.did(c.SetStatus)[0].ids == (1, 2, 3, 4, 5, 6, 7)
    assert shown(window) == []


def test_a_refused_act_comes_back_with_a_sentence(window, desk, qtbot):
    desk.outcomes[c.SetStatus] = CommandError(CommandFault.NOT_FOUND)
    type_in(window, "e")
    qtbot.waitUntil(lambda: len(shown(window)) == 7)
    assert "not there any more" in window.toast.text


def test_u_marks_unread_and_it_stays_so(window, desk):
    desk.rows_by_id[1] = a_row(1, status=Status.OPEN)
    window.inbox.pane.model.reread()
    type_in(window, "u")
    assert desk.did(c.SetStatus)[0].status == Status.NEW.value
    assert window.inbox.row.status is Status.NEW
    assert not window.inbox._opening.isActive()


def test_resting_on_a_new_one_opens_it(window, desk, qtbot):
    qtbot.waitUntil(lambda: desk.did(c.OpenMention) == [c.OpenMention(1)], timeout=3000)
    assert window.inbox.row.status is Status.OPEN
    assert shown(window) == [1, 2, 3, 4, 5, 6, 7]


def test_passing_by_opens_nothing(window, desk, qtbot):
    type_in(window, "jjjjjj")
    qtbot.waitUntil(lambda: bool(desk.did(c.OpenMention)), timeout=3000)
    assert desk.did(c.OpenMention) == [c.OpenMention(7)]


def test_priority_keys_set_it_and_take_it_off(window, desk):
    type_in(window, "22")
    assert desk.did(c.SetPriority) == [c.SetPriority((1,), 2), c.SetPriority((1,), 0)]


def test_h_snoozes_until_a_typed_time(window, desk, qtbot):
    type_in(window, "h")
    answer(qtbot, window, "2h")
    assert desk.did(c.Snooze) == [c.Snooze((1,), NOW + 120 * MINUTE)]
    assert shown(window)[0] == 2


def test_snooze_offers_presets_and_refuses_nonsense(window, qtbot):
    type_in(window, "h")
    picker = picker_of(window)
    assert "Tomorrow morning" in offered(picker)
    qtbot.keyClicks(picker.findChild(QLineEdit), "whenever")
    assert offered(picker) == []


def test_l_puts_a_label_on_and_makes_new_ones(window, desk, qtbot):
    type_in(window, "l")
    answer(qtbot, window, "Late delivery")
    assert desk.did(c.AddLabel) == [c.AddLabel((1,), "Late delivery")]
    assert window.inbox.row.labels == ("Late delivery",)
    type_in(window, "l")
    answer(qtbot, window, "Late delivery")
    assert desk.did(c.RemoveLabel) == [c.RemoveLabel((1,), "Late delivery")]


def test_a_hands_over_to_a_new_person(window, desk, qtbot):
    people = desk.answers[q.ListPeople] = []
    desk.outcomes[c.AddPerson] = lambda command: people.append(_person(command.name)) or Done()
    type_in(window, "a")
    answer(qtbot, window, "Aliya")
    qtbot.waitUntil(lambda: desk.did(c.Assign) == [c.Assign((1,), 7)])
    assert window.inbox.row.assignee == "Aliya"


def _person(name):
    from socialdesk.domain.rows import PersonRow

    return PersonRow(7, name)


def test_m_mutes_and_v_marks_a_vip(window, desk):
    type_in(window, "v")
    assert desk.did(c.SetVip) == [c.SetVip((1,), True)]
    type_in(window, "m")
    assert desk.did(c.SetMuted) == [c.SetMuted((1,), True)]
    assert 1 not in shown(window)


def test_n_writes_a_note(window, desk, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "n")
    field = window.focusWidget()
    qtbot.keyClicks(field, "Call them, please")
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.AddNote) == [c.AddNote(1, "Call them, please")]


def test_z_takes_back_and_says_what(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "snoozed", "n": 1, "ids": [1]}
    type_in(window, "z")
    qtbot.waitUntil(lambda: window.toast.text == "Taken back: snooze")
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: bool(desk.did(c.Redo)))


def test_nothing_to_undo_is_said(window, desk, qtbot):
    desk.outcomes[c.Undo] = CommandError(CommandFault.NOTHING_TO_UNDO)
    type_in(window, "z")
    qtbot.waitUntil(lambda: "nothing to undo" in window.toast.text)


# --- keys and text fields ---


def test_letters_are_letters_in_the_search_field(window, desk):
    type_in(window, "/")
    type_in(window, "jezh")
    assert window.inbox.pane.field.text() == "jezh"
    assert desk.commands == []


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


def test_esc_leaves_search_and_reply(window):
    type_in(window, "/")
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.list.hasFocus()
    type_in(window, "r")
    assert window.focusWidget() is not window.inbox.pane.list
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.list.hasFocus()


def test_russian_letters_work_by_their_place(window):
    for char, key in (("о", 0x41E), ("о", 0x41E)):
        QApplication.sendEvent(window.inbox.pane.list, _typed(key, char))
    assert current(window) == 3


def _typed(key, char):
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char)


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
    button = next(b for b in window.findChildren(QPushButton) if b.text() == "Done")
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
    assert seen[2:] == ["_Lines", "QueueList"]


def test_enter_goes_into_the_thread_and_esc_back(window):
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
                "F6", "g q", "g o", "g s"]:  # fmt: skip
        assert key in keys, key
    assert not [k for k in keys if "Alt" in k]
    assert len(bound) == len(keys)


# --- lists and search ---


def test_new_mentions_wait_behind_a_bar(window, desk, qtbot):
    desk.rows_by_id[100] = a_row(100)
    desk.tell(Changes(added=(100,)))
    bar = window.inbox.pane._bar
    qtbot.waitUntil(bar.isVisible)
    assert (bar.text(), shown(window)) == ("1 new: show it", [1, 2, 3, 4, 5, 6, 7])
    bar.click()
    qtbot.waitUntil(lambda: 100 in shown(window))
    assert current(window) == 1
    assert not bar.isVisible()


def test_the_first_mention_of_an_empty_list_comes_by_itself(qtbot, desk, open_window):
    window = open_window()
    press(window, Qt.Key.Key_A, CTRL)
    desk.rows_by_id.clear()
    type_in(window, "e")
    assert shown(window) == []
    desk.rows_by_id[9] = a_row(9)
    desk.tell(Changes(added=(9,)))
    qtbot.waitUntil(lambda: shown(window) == [9])


def test_search_runs_as_one_types_from_three_letters_on(window, desk, qtbot):
    type_in(window, "/")
    desk.queries.clear()
    type_in(window, "or")
    type_in(window, "der 3")
    qtbot.waitUntil(lambda: shown(window) == [3])
    asked = [query.search for query in desk.asked(q.ListMentions)]
    assert "or" not in asked
    assert all(query.view is View.ALL for query in desk.asked(q.ListMentions))


@pytest.mark.parametrize(
    ("text", "ready"),
    [("", True), ("or", False), ("ord", True), ("支", True), ("from:a", False), ("from:ann", True),
     ("refund o", False), ("refund ", True), ("한", True)],
)  # fmt: skip
def test_a_search_starts_at_three_letters_or_one_of_cjk(text, ready):
    assert is_ready(text) is ready


def test_a_wrong_operator_is_explained_in_place(window, desk, qtbot):
    from array import array

    fault = SearchFault(0, 8, "unknown_operator", "colour:")
    desk.answers[q.ListMentions] = Listing(array("q"), 0, faults=(fault,))
    type_in(window, "/")
    type_in(window, "colour:red")
    press(window, Qt.Key.Key_Return)
    label = window.inbox.pane._fault
    qtbot.waitUntil(label.isVisible)
    assert "There is no" in label.text()
    assert "status:" in label.text()


def test_an_empty_list_says_why_and_what_to_do(window, desk, qtbot):
    desk.rows_by_id.clear()
    window.show_place(View.SNOOZED.value)
    qtbot.waitUntil(lambda: shown(window) == [])
    texts = [x.text() for x in window.findChildren(QLabel) if x.isVisible()]
    assert "Nothing is snoozed" in texts
    assert any("Press h" in t for t in texts)


def test_a_search_is_saved_as_a_view_and_shown(window, desk, qtbot):
    saved = desk.answers[q.ListSavedViews] = []
    desk.outcomes[c.SaveView] = lambda x: saved.append(SavedView(4, x.name, x.search)) or Done()
    desk.answers[q.CountViews] = [Badge("needs_reply", 7), Badge("saved:4", 1)]
    type_in(window, "/")
    type_in(window, "order 3")
    qtbot.waitUntil(lambda: shown(window) == [3])
    window.inbox.pane._save.click()
    answer(qtbot, window, "Late")
    qtbot.waitUntil(lambda: "saved:4" in window.views.keys())
    window.show_place(View.NEEDS_REPLY.value)
    window.show_place("saved:4")
    qtbot.waitUntil(lambda: shown(window) == [3])
    window.actions_by_id.run("delete_view")
    assert desk.did(c.DeleteView) == [c.DeleteView(4)]


# --- the engine ---


def test_a_lost_engine_is_told_and_reading_goes_on(window, desk, qtbot):
    desk.tell(EngineState.LOST)
    qtbot.waitUntil(window._state.isVisible)
    type_in(window, "jj")
    assert current(window) == 3
    desk.tell(EngineState.READY)
    qtbot.waitUntil(lambda: not window._state.isVisible())


def test_a_stopped_engine_is_tried_again_on_request(window, desk, qtbot):
    desk.tell(EngineState.STOPPED)
    qtbot.waitUntil(window._state.isVisible)
    with qtbot.waitSignal(window.engine_wanted):
        window._state._again.click()


def test_no_act_waits_for_a_desk_that_hangs(window, desk):
    desk.is_holding = True
    type_in(window, "jejeu!")
    assert len(desk.did(c.SetStatus)) == 4
    desk.release()


# --- settings, sizes, languages, look ---


def test_sizes_and_the_open_context_are_remembered(tmp_path, open_window):
    path = tmp_path / "window.ini"
    first = open_window(settings_path=path)
    first.inbox.thread_pane.split.setSizes([340, 380])
    type_in(first, "i")
    wanted = first.inbox.thread_pane.split.sizes()
    first.close()
    second = open_window(settings_path=path)
    assert second.inbox.thread_pane.split.sizes() == wanted
    assert not second.inbox.context.isHidden()
    assert {line.partition("=")[0] for line in path.read_text().splitlines() if "=" in line} == {
        "geometry", "views", "inbox", "thread", "context",
    }  # fmt: skip


def test_a_damaged_sizes_file_changes_nothing(tmp_path, open_window):
    path = tmp_path / "window.ini"
    path.write_bytes(b"[General]\ngeometry=@ByteArray(\x00\x01)\nviews=7\n\xff\xfe")
    assert open_window(settings_path=path).isVisible()


def test_the_language_changes_while_one_looks(window, desk, qtbot):
    desk.answers[q.ReadSettings] = {"language": "ru"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: window.views.locale().name().startswith("ru") or _speaks("ru"))
    assert window.views.keys()[0] == "needs_reply"
    desk.answers[q.ReadSettings] = {"language": "en"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: _speaks("en"))


def _speaks(code):
    from socialdesk.i18n import language

    return language() == code


def test_the_theme_follows_the_setting(window, desk, qtbot):
    desk.answers[q.ReadSettings] = {"theme": "dark"}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: tokens(window.palette()) is DARK)
    desk.answers[q.ReadSettings] = {}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: tokens(window.palette()) is not DARK)


def test_it_fits_a_laptop_screen_with_everything_open(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "i")
    assert window.minimumSizeHint().width() < 1366
    assert window.minimumSizeHint().height() < 700


def test_every_control_has_a_name_to_be_heard(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    roles = {
        QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.List,
        QAccessible.Role.ComboBox, QAccessible.Role.Table, QAccessible.Role.Tree,
    }  # fmt: skip
    nameless = []
    for widget in window.findChildren(QWidget):
        heard = QAccessible.queryAccessibleInterface(widget)
        takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        if takes_keys and heard and heard.role() in roles:
            if not heard.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_no_label_anywhere_guesses_html(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    guessing = [
        w.text() for w in window.findChildren(QLabel) if w.textFormat() != Qt.TextFormat.PlainText
    ]
    assert guessing == []
