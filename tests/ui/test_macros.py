"""Macros by keys, and their editor."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import PersonRow, TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.domain.rules.macro import Macro
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.macros import DeleteMacro, OrderMacros, RunMacro, SaveMacro
from socialdesk.engine.queries.macros import ListMacros
from socialdesk.ui.macros.dialog import MacrosDialog
from socialdesk.ui.macros.form import NARROWEST, StepsForm
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.text_size import at_size
from tests.ui.driving import CTRL, SHIFT, answer, press, type_in
from tests.ui.fake_desk import NOW

LABEL, DONE = Step(StepKind.LABEL, "late"), Step(StepKind.STATUS, "", Status.DONE.value, 2)
LATE = Macro(5, "Late", (LABEL, DONE))
SLEEP = Macro(6, "Sleep", (Step(StepKind.SNOOZE, "2h"),))
SORRY = Macro(7, "Sorry", (Step(StepKind.REPLY, number=3), DONE))


def a_template(body):
    version = VersionRow(31, 1, "en", body, "Owner", 0, TemplateState.APPROVED)
    return TemplateRow(3, "Sorry", "", 0, (version,))


@pytest.fixture
def macros(window, desk, qtbot):
    desk.answers[ListMacros] = [LATE, SLEEP, SORRY]
    window.macros.read()
    qtbot.waitUntil(lambda: window.macros.can_run(3))
    return window.macros


def test_q_and_a_number_runs_a_macro_on_the_current_mention(window, desk, macros, qtbot):
    type_in(window, "jq1")
    assert desk.did(RunMacro) == [RunMacro(5, (2,))]
    qtbot.waitUntil(lambda: "Late" in window.toast.text)


def test_it_runs_on_what_is_marked_and_its_snooze_means_now(window, desk, macros):
    type_in(window, "xjxq2")
    assert desk.did(RunMacro) == [RunMacro(6, (1, 2), NOW + 7_200_000)]


def test_none_runs_on_all_of_a_list_that_has_not_come(window, desk, macros, qtbot):
    desk.is_holding = True
    type_in(window, "/")
    qtbot.keyClicks(window.inbox.pane.field, "order 2")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_A, CTRL | SHIFT)
    type_in(window, "q1")
    assert desk.did(RunMacro) == []


def test_q_q_asks_which_and_the_palette_knows_their_names(window, desk, macros, qtbot):
    type_in(window, "qq")
    answer(qtbot, window, "slee")
    assert desk.did(RunMacro)[0].macro_id == 6
    assert "Late" in window.actions_by_id["macro_1"].name()
    assert not window.actions_by_id["macro_4"].is_on()


def test_a_reply_with_every_slot_filled_leaves_with_the_macro(window, desk, macros, qtbot):
    desk.answers[q.ListTemplates] = [a_template("Sorry, {first_name}!")]
    type_in(window, "q3")
    qtbot.waitUntil(lambda: bool(desk.did(RunMacro)))
    (run,) = desk.did(RunMacro)
    assert (run.text, run.version_id, run.values) == ("Sorry, Ann!", 31, (("first_name", "Ann"),))
    assert run.known_posts == (1,)


def test_a_reply_with_an_open_slot_is_opened_and_nothing_is_done(window, desk, macros, qtbot):
    desk.answers[q.ListTemplates] = [a_template("Sorry, {first_name}, order {order_number}.")]
    type_in(window, "q3")
    qtbot.waitUntil(lambda: bool(desk.did(c.SaveDraft)))
    assert desk.did(c.SaveDraft)[0].text == "Sorry, Ann, order {order_number}."
    assert desk.did(RunMacro) == []
    qtbot.waitUntil(lambda: "order_number" in window.toast.text)
    composer = window.inbox.thread_pane.composer
    qtbot.waitUntil(lambda: composer.isAncestorOf(window.focusWidget()))


def test_a_reply_is_for_one_mention(window, desk, macros):
    type_in(window, "xjxq3")
    assert desk.did(RunMacro) == []
    assert "one mention at a time" in window.toast.text


def test_a_template_without_an_approved_version_is_said(window, desk, macros, qtbot):
    desk.answers[q.ListTemplates] = []
    type_in(window, "q3")
    qtbot.waitUntil(lambda: "no approved version" in window.toast.text)
    assert desk.did(RunMacro) == []


# --- the editor ---


@pytest.fixture
def dialog(window, desk, macros, qtbot):
    desk.answers[q.ListTemplates] = [a_template("Sorry!")]
    desk.answers[q.ListPeople] = [PersonRow(1, "Ann"), PersonRow(2, "Ben")]
    type_in(window, "qe")
    made = window.findChild(MacrosDialog)
    qtbot.waitUntil(lambda: box(made, "Hand over to").count() == 4)
    return made


def box(dialog, name):
    return next(x for x in dialog.findChildren(QComboBox) if x.accessibleName() == name)


def field(dialog, name):
    return next(x for x in dialog.findChildren(QLineEdit) if x.accessibleName() == name)


def test_the_editor_shows_a_macro_and_saves_what_was_changed(dialog, desk, qtbot):
    assert field(dialog, "Labels put on").text() == "late"
    assert box(dialog, "Status").currentText() == "Done"
    box(dialog, "Hand over to").setCurrentIndex(3)
    box(dialog, "Reply with").setCurrentIndex(1)
    qtbot.keyClicks(field(dialog, "Labels put on"), ", now")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    (saved,) = desk.did(SaveMacro)
    assert (saved.name, saved.macro_id) == ("Late", 5)
    assert saved.steps == (
        ("reply", "", 3, 0), ("label", "late", 0, 0), ("label", "now", 0, 0),
        ("assign", "", 2, 0), ("status", "", Status.DONE.value, 2),
    )  # fmt: skip


def test_what_is_no_macro_is_said_and_not_saved(dialog, desk, qtbot):
    dialog._new()
    dialog.save()
    assert "name" in dialog._fault.text()
    qtbot.keyClicks(field(dialog, "Name of the macro"), "Nothing")
    dialog.save()
    assert "at least one step" in dialog._fault.text()
    box(dialog, "Status").setCurrentIndex(1)
    qtbot.keyClicks(field(dialog, "Snooze until"), "2h")
    dialog.save()
    assert "choose one" in dialog._fault.text()
    assert desk.did(SaveMacro) == []


def test_macros_are_ordered_and_deleted(dialog, desk):
    dialog._move(1)
    assert desk.did(OrderMacros) == [OrderMacros((6, 5, 7))]
    dialog._delete()
    assert desk.did(DeleteMacro) == [DeleteMacro(5)]


def test_esc_closes_the_editor(window, dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(MacrosDialog) is None)
    press(window, Qt.Key.Key_J)


def test_large_text_in_a_narrow_editor_leaves_its_fields_wide(dialog, theme, qtbot):
    theme.set_text_size(150)
    dialog.resize(800, 600)
    QApplication.processEvents()
    form = dialog.findChild(StepsForm)
    parts = [*form.findChildren(QComboBox), *form.findChildren(QLineEdit)]
    narrowest = at_size(NARROWEST, form.font())
    names = form.findChildren(QLabel)
    longest = "The longest name that a step may have"  # and that has room in this width
    names[0].setText(longest)
    area = next(a for a in dialog.findChildren(ScrollArea))
    qtbot.waitUntil(area.verticalScrollBar().isVisible)  # it comes last, and takes of the width
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)
    for length in range(len(longest), 3, -1):
        names[0].setText(longest[:length])
        QApplication.processEvents()
        qtbot.waitUntil(lambda: all(part.width() >= narrowest for part in parts))
    theme.set_text_size(100)
