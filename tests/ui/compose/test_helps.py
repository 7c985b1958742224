"""What helps to answer: suggested templates first, known questions beside the text."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.faq import FaqEntry
from socialdesk.domain.replies.suggestion import Suggestion
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import queries as q
from socialdesk.engine.queries.faq import SearchFaq
from socialdesk.engine.queries.templates import SuggestTemplates
from socialdesk.ui.compose.composer import Composer
from tests.ui.compose.looks import shoot
from tests.ui.fake_desk import FakeDesk, a_detail, a_row


def a_template(number: int, name: str, n_uses: int) -> TemplateRow:
    version = VersionRow(number, 1, "en", f"{name}.", "A", 0, TemplateState.APPROVED)
    return TemplateRow(number, name, "", n_uses, (version,))


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[q.ListTemplates] = [a_template(1, "Thanks", 90), a_template(2, "Late", 3)]
    made.answers[SuggestTemplates] = [Suggestion(2, 4.2, ("order", "late"), 3)]
    made.answers[SearchFaq] = [FaqEntry(1, "When do you open?", "At eight.", "en")]
    return made


@pytest.fixture
def composer(qtbot, desk, theme):
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(760, 480)
    made.show()
    made.show_detail(a_detail(a_row()))
    qtbot.waitUntil(lambda: len(made._writing.templates._choices) == 2)
    return made


def test_what_was_used_for_such_words_stands_first_and_says_why(qtbot, desk, composer, theme):
    composer.insert_template()
    picker = composer._writing.templates._picker
    qtbot.waitUntil(lambda: "suggested" in picker._list.item(0).text())
    shoot(theme, composer, "picker-suggested")
    assert picker._list.item(0).text().startswith("Late")
    assert "order, late" in picker._list.item(0).text()
    assert desk.asked(SuggestTemplates) == [SuggestTemplates(1)]


def test_a_line_does_not_go_away_under_the_finger(qtbot, desk, composer):
    desk.is_holding = True
    composer.insert_template()
    picker = composer._writing.templates._picker
    qtbot.keyClick(picker._typed, Qt.Key.Key_Down)
    before = picker._list.currentItem().text()
    desk.release()
    qtbot.waitUntil(lambda: composer._writing.templates._suggesting._n > 0)
    assert picker._list.currentItem().text() == before


def test_a_known_answer_goes_into_the_text_at_the_cursor(qtbot, desk, composer, theme):
    field = composer._writing.field
    field.load("We open. ")
    field.moveCursor(field.textCursor().MoveOperation.End)
    composer.turn_faq()
    panel = composer._writing._faq
    qtbot.waitUntil(lambda: panel._list.count() == 1)
    shoot(theme, composer, "composer-faq")
    qtbot.keyClick(panel._typed, Qt.Key.Key_Return)
    assert field.text == "We open. At eight."
    assert field.hasFocus()
    composer.turn_faq()
    assert not panel.isVisible()
