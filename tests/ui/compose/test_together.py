"""Several approved templates in one reply, by keyboard."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.queue.rows import Draft, TemplateRow, VersionRow
from socialdesk.domain.replies.plan import Plan, unpacked_plan
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.composer import Composer
from tests.ui.compose.looks import shoot
from tests.ui.fake_desk import FakeDesk, a_detail, a_row


def a_template(number: int, name: str, *texts: tuple[str, str]) -> TemplateRow:
    versions = tuple(
        VersionRow(10 * number + n, 1, lang, body, "A", 0, TemplateState.APPROVED)
        for n, (lang, body) in enumerate(texts)
    )
    return TemplateRow(number, name, "", 0, versions)


TEMPLATES = [
    a_template(1, "Hello", ("en", "Hello {first_name}!"), ("ru", "Здравствуйте, {first_name}!")),
    a_template(2, "Code", ("en", "Order {order:code} is on its way."),
               ("ru", "Заказ {order:code} в пути.")),
]  # fmt: skip


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[q.ListTemplates] = TEMPLATES
    return made


@pytest.fixture
def composer(qtbot, desk, theme):
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(700, 480)
    made.show()
    made.show_detail(a_detail(a_row(author="Ann Lee")))
    qtbot.waitUntil(lambda: len(made._writing.templates._choices) == 2)
    return made


def pick(qtbot, composer, letters, modifier=Qt.KeyboardModifier.NoModifier):
    composer.insert_template()
    picker = composer._writing.templates._picker
    qtbot.keyClicks(picker._typed, letters)
    qtbot.keyClick(picker._typed, Qt.Key.Key_Return, modifier)


SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_second_template_goes_below_and_both_stay_approved(qtbot, desk, composer, theme):
    pick(qtbot, composer, "hello")
    pick(qtbot, composer, "code", SHIFT)
    field = composer._writing.field
    qtbot.keyClicks(field, "A-7")
    shoot(theme, composer, "composer-together")
    assert field.text == "Hello Ann!\n\nOrder A-7 is on its way."
    assert composer._writing.verdict.is_template
    assert "Hello + Code" in composer._writing.templates.button.text()
    composer.send()
    (sent,) = desk.did(c.SendReply)
    assert (sent.version_id, sent.more_versions) == (10, (20,))
    assert dict(sent.values) == {"first_name": "Ann", "order": "A-7"}


def test_another_language_turns_both(qtbot, composer):
    pick(qtbot, composer, "hello")
    pick(qtbot, composer, "code", SHIFT)
    qtbot.keyClicks(composer._writing.field, "A-7")
    composer._writing.templates.speak("ru")
    assert composer._writing.field.text == "Здравствуйте, Ann!\n\nЗаказ A-7 в пути."


def test_languages_are_chosen_by_their_own_names(composer):
    bar = composer._writing.templates
    bar.speak("kk")
    assert bar.language.text() == "Қазақша"
    pick_menu(bar, "Русский")
    assert bar.lang == "ru" and bar.language.text() == "Русский"
    assert bar.language.toolTip() == "Language of the reply: Русский"


def test_the_button_names_the_language_of_its_template(qtbot, composer):
    pick(qtbot, composer, "hello")
    assert "(English, approved)" in composer._writing.templates.button.text()


def pick_menu(bar, name):
    bar._menu.aboutToShow.emit()
    next(act for act in bar._menu.actions() if act.text() == name).trigger()


def test_changed_words_stay_and_the_next_template_goes_below(qtbot, composer):
    pick(qtbot, composer, "hello")
    composer._writing.field.write("Good day, Ann!")
    pick(qtbot, composer, "code", SHIFT)
    text = composer._writing.field.text
    assert text == "Good day, Ann!\n\nOrder {order:code} is on its way."
    assert not composer._writing.verdict.is_template


def test_a_draft_keeps_both(qtbot, desk, composer):
    pick(qtbot, composer, "hello")
    pick(qtbot, composer, "code", SHIFT)
    composer.save_draft()
    saved = desk.did(c.SaveDraft)[-1]
    assert saved.version_id == 10
    assert unpacked_plan(saved.plan).more_versions == (20,)
    draft = Draft(2, saved.text, 10, saved.values, "en", plan=Plan(more_versions=(20,)))
    composer.show_detail(a_detail(a_row(2, author="Ann Lee"), draft=draft))
    assert composer._writing.templates.more == (20,)
    assert composer._writing.verdict.is_template
