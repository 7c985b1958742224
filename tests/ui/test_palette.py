"""The palette finds every action by a few letters; the key sheet changes keys and names clashes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidget, QWidget

from socialdesk.i18n import set_language
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.keysheet import KeyField, KeySheet
from socialdesk.ui.palette import HIGHEST, Choice, ask, fuzzy, open_palette
from tests.ui.driving import answer, offered, picker_of


def some_actions(ran):
    actions = Actions()
    actions.add(
        Action("done", lambda: "Done and next", "e", lambda: ran.append("done")),
        Action("snooze", lambda: "Snooze…", "h", lambda: ran.append("snooze")),
        Action("label", lambda: "Label…", "l", lambda: ran.append("label")),
        Action("never", lambda: "Never", "n", lambda: ran.append("never"), lambda: False),
    )
    return actions


def names(typed, *texts):
    return [c.text for c in fuzzy(typed, [Choice(t, t) for t in texts])]


def test_beginnings_of_words_come_first():
    assert names("da", "Saved as", "Done and next", "Label")[0] == "Done and next"


def test_letters_must_come_in_order():
    assert names("xz", "Done") == []
    assert names("enod", "Done") == []


def test_accents_and_case_do_not_count():
    assert names("ё", "Ещё") == ["Ещё"]
    assert names("DONE", "done") == ["done"]


def test_other_words_find_too_and_come_last():
    choices = [Choice("Назад", 1, other="Go to Done"), Choice("Done", 2, other="Done")]
    assert [c.value for c in fuzzy("done", choices)] == [2, 1]
    assert [c.value for c in fuzzy("наз", choices)] == [1]


def test_what_begins_as_it_is_typed_comes_first_also_by_another_name():
    choices = [Choice("Muted people…", 1), Choice("Go to the people", 2, other="People\nStaff")]
    for typed in ("people", "peo", "staff"):
        assert fuzzy(typed, choices)[0].value == 2
    assert names("not", "Go to the notices", "Note…")[0] == "Note…"


def test_a_page_is_found_by_its_name_before_what_only_speaks_of_it(window, qtbot):
    picker = open_palette(window.actions_by_id, window)
    qtbot.keyClicks(picker.findChild(QLineEdit), "peop")
    assert offered(picker)[0] == "Go to the people"


@pytest.mark.parametrize("typed", ["отложить", "snooze"])
def test_a_command_is_found_by_its_name_and_by_its_english_one(window, qtbot, typed):
    set_language("ru")
    picker = open_palette(window.actions_by_id, window)
    qtbot.waitUntil(lambda: "Отложить…" in offered(picker))
    field = picker.findChild(QLineEdit)
    assert field is not None
    field.setText(typed)  # QTest has no keys for Cyrillic
    assert offered(picker).count("Отложить…") == 1
    assert offered(picker)[0] == "Отложить…"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("schedule", "Send later…"),
        ("make contact", "Link the author to a contact…"),
        ("temperature", "Check a planned post…"),
    ],
)
def test_a_command_is_found_by_what_else_it_is_called(window, qtbot, typed, found):
    qtbot.waitUntil(window.inbox.has_current)
    picker = open_palette(window.actions_by_id, window)
    qtbot.keyClicks(picker.findChild(QLineEdit), typed)
    assert offered(picker)[0] == found


def test_a_reply_is_scheduled_from_the_palette(window, qtbot):
    thread = window.inbox.thread_pane
    qtbot.waitUntil(lambda: thread.detail is not None and thread.composer.isEnabled())
    answer(qtbot, open_palette(window.actions_by_id, window).parentWidget(), "schedule")
    qtbot.waitUntil(lambda: picker_of(window).windowTitle() == "Send this reply at")
    answer(qtbot, window, "2h")
    qtbot.waitUntil(lambda: thread.composer._extras.schedule.at > 0)


def test_typing_and_enter_run_an_action(qtbot):
    ran: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    picker = open_palette(some_actions(ran), window)
    field = picker.findChild(QLineEdit)
    qtbot.keyClicks(field, "sno")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ran == ["snooze"]


def test_arrows_choose_and_resting_actions_are_not_offered(qtbot):
    ran: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    picker = open_palette(some_actions(ran), window)
    assert offered(picker) == ["Done and next", "Snooze…", "Label…"]
    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Down)
    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Return)
    assert ran == ["snooze"]


def test_the_most_used_acts_stand_first_and_the_size_of_text_last(window):
    ids = [action.id for action in window.actions_by_id]
    assert ids[:2] == ["next", "previous"]
    assert ids[-3:] == ["text_larger", "text_smaller", "text_normal"]


def test_nothing_fits_is_said_and_enter_does_nothing(qtbot):
    ran: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    picker = open_palette(some_actions(ran), window)
    field = picker.findChild(QLineEdit)
    qtbot.keyClicks(field, "qqqq")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ran == []
    assert picker.isVisible()


def a_picker(qtbot, n):
    """Open over a window, with `n` choices until something is typed."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    choices = [Choice(f"Choice {number}", number) for number in range(n)]
    return window, ask("Which?", "", lambda typed: choices[: 1 if typed else n], print, window)


@pytest.mark.parametrize("n", [1, 7])
def test_a_picker_is_as_high_as_its_choices(qtbot, theme, n):
    window, picker = a_picker(qtbot, n)
    lines = picker.findChild(QTreeWidget)
    qtbot.waitUntil(lambda: lines.viewport().height() > 0)
    last = lines.visualItemRect(lines.topLevelItem(n - 1))
    assert 0 <= lines.viewport().height() - 1 - last.bottom() <= 2
    assert window is not None


def test_a_picker_with_many_choices_scrolls_and_keeps_its_height_while_one_types(qtbot, theme):
    window, picker = a_picker(qtbot, 50)
    before = picker.height()
    assert before <= HIGHEST and picker.findChild(QTreeWidget).verticalScrollBar().maximum() > 0
    qtbot.keyClicks(picker.findChild(QLineEdit), "c")
    assert len(offered(picker)) == 1 and picker.height() == before
    assert window is not None


def a_sheet(qtbot, actions):
    window = QWidget()
    qtbot.addWidget(window)
    sheet = KeySheet(actions, window)
    sheet.show()
    return window, sheet


def button(sheet, text):
    return next(b for b in sheet.findChildren(QPushButton) if b.text() == text)


def test_a_key_is_taken_by_pressing_it(qtbot):
    window, sheet = a_sheet(qtbot, some_actions([]))
    qtbot.keyClick(sheet.findChild(KeyField), "d")
    with qtbot.waitSignal(sheet.rebound) as rebound:
        button(sheet, "Use this key").click()
    assert rebound.args == ["done", "d"]
    assert window is not None


def test_a_taken_key_is_refused_by_name(qtbot):
    window, sheet = a_sheet(qtbot, some_actions([]))
    qtbot.keyClick(sheet.findChild(KeyField), "h")
    assert not button(sheet, "Use this key").isEnabled()
    assert any("Snooze" in child.text() for child in sheet.findChildren(type(sheet._clash)))
    assert window is not None


def test_two_presses_make_a_key(qtbot):
    window, sheet = a_sheet(qtbot, some_actions([]))
    qtbot.keyClicks(sheet.findChild(KeyField), "gd")
    assert sheet.findChild(KeyField).text() == "g d"
    assert window is not None
