"""Slots with a kind: a choice list opens by itself, a value of another kind blocks sending."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.slot_menu import ChoiceList
from socialdesk.ui.compose.verdict import Fate
from tests.ui.compose.looks import shoot
from tests.ui.fake_desk import FakeDesk, a_detail, a_row

WORDS = "We have {size:small|large} ones, {count:number} of them."
SIZES = TemplateRow(1, "Sizes", "", 0, (
    VersionRow(1, 1, "en", WORDS, "Aliya", 0, TemplateState.APPROVED),
))  # fmt: skip


@pytest.fixture
def composer(qtbot, theme):
    desk = FakeDesk()
    desk.answers[q.ListTemplates] = [SIZES]
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.show_detail(a_detail(a_row()))
    qtbot.waitUntil(lambda: len(made._writing.templates._choices) == 1)
    return made


def list_of(composer) -> ChoiceList | None:
    return next((m for m in composer.window().findChildren(ChoiceList) if m.isVisible()), None)


def insert(qtbot, composer):
    writing = composer._writing
    writing.templates._on_chosen(writing.templates._choices[0])
    qtbot.waitUntil(lambda: list_of(composer) is not None)
    return writing


def test_the_list_opens_at_its_slot_and_the_next_slot_follows(qtbot, composer, theme):
    writing = insert(qtbot, composer)
    listed = list_of(composer)
    shoot(theme, composer, "composer-choices")
    assert listed is not None
    assert [listed.item(n).text() for n in range(listed.count())] == ["small", "large"]
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "large ones" in writing.field.text)
    assert writing.field.textCursor().selectedText() == "{count:number}"


def test_a_value_of_another_kind_blocks_and_is_named(qtbot, composer):
    writing = insert(qtbot, composer)
    qtbot.keyClick(list_of(composer), Qt.Key.Key_Escape)
    assert writing.field.hasFocus()
    writing.field.write("We have large ones, three of them.")
    assert writing.verdict.fate is Fate.SLOTS
    assert writing.verdict.wrong == ("count",)
    composer.send()
    assert not [x for x in composer._desk.commands if isinstance(x, c.SendReply)]
    assert "count" in composer._notice.text
    assert writing.field.textCursor().selectedText() == "three"
    writing.field.write("We have large ones, 3 of them.")
    now = writing.verdict
    assert (now.fate, now.is_template) == (Fate.SENDS, True)


def test_a_choice_that_is_not_on_the_list_does_not_fit():
    found = match(WORDS, "We have huge ones, 3 of them.")
    assert found is not None
    assert found.wrong == ["size"]
    assert found.empty == []
