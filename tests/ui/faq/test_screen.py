"""Known questions: found, written, and the open ones closed, on a scripted desk."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.faq import FaqEntry, FaqGap, find
from socialdesk.engine.commands.faq import (
    ArchiveFaq,
    CountFaqUse,
    DropFaqGap,
    NoteFaqGap,
    SaveFaq,
)
from socialdesk.engine.queries.faq import ListFaq, ListFaqGaps, SearchFaq
from socialdesk.ui.faq.panel import FaqPanel
from socialdesk.ui.faq.screen import GAPS, FaqScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

ENTRIES = [
    FaqEntry(1, "Are you open on Sunday?", "Yes, from 9 to 15.", "en", "Hours", "Aliya", NOW, 12),
    FaqEntry(2, "Do you deliver?", "Within 5 km, from 30 euro.", "en", "", "Aliya", NOW, 3),
    FaqEntry(3, "Есть ли доставка?", "Да, до 5 км.", "ru", "", "Aliya", NOW, 4),
]
GAP = FaqGap(7, 99, "Is there a place for bicycles?", NOW)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[ListFaq] = ENTRIES
    made.answers[SearchFaq] = lambda query: find(ENTRIES, query.typed, query.lang, query.limit)
    made.answers[ListFaqGaps] = [GAP]
    made.outcomes[SaveFaq] = {"faq_id": 4}
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = FaqScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitUntil(lambda: made._list.count() == 3)
    return made


def test_a_question_is_written_and_saved(qtbot, desk, screen, theme):
    shoot(theme, screen, "faq")
    screen._new.click()
    assert not screen._entry.save.isEnabled()
    qtbot.keyClicks(screen._entry._question, "Is there wifi?")
    qtbot.keyClicks(screen._entry._answer, "Yes, ask for the word.")
    screen._entry.save.click()
    assert desk.commands[-1] == SaveFaq("Is there wifi?", "Yes, ask for the word.", "en")


def test_an_answer_may_be_in_any_language_that_mentions_are_known_by(screen):
    screen._entry._lang.setCurrentIndex(screen._entry._lang.findData("tr"))
    assert screen._entry._lang.currentText() == "Türkçe (tr)"


def test_what_is_typed_finds_and_becomes_the_question_of_a_new_one(qtbot, desk, screen):
    screen._search.setText("deliver to me")
    qtbot.waitUntil(lambda: bool(desk.asked(SearchFaq)) and screen._list.count() == 1)
    screen.new_entry()
    assert screen._entry._question.text() == "deliver to me"


def test_an_open_question_is_answered_or_dropped(qtbot, desk, screen, theme):
    screen._tabs.setCurrentIndex(GAPS)
    qtbot.waitUntil(lambda: screen._list.count() == 1)
    shoot(theme, screen, "faq-gaps")
    assert screen._entry._question.text() == GAP.words
    with qtbot.waitSignal(screen.mention_asked) as shown:
        screen._show_mention.click()
    assert shown.args == [99]
    screen._entry._answer.setPlainText("Behind the house.")
    screen._entry.save.click()
    assert desk.commands[-1] == SaveFaq(GAP.words, "Behind the house.", "en", gap_id=7)
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    screen._choose(7)
    screen._drop.click()
    assert desk.commands[-1] == DropFaqGap(7)


def test_an_entry_is_archived(qtbot, desk, screen):
    screen._choose(2)
    screen._entry._archive.click()
    assert desk.commands[-1] == ArchiveFaq(2, True)


def test_what_is_typed_stays_when_the_list_is_read_again(qtbot, desk, screen):
    screen._choose(2)
    screen._entry._answer.setPlainText("Within 7 km")
    screen.refresh()
    qtbot.waitUntil(lambda: len(desk.asked(ListFaq)) == 2)
    qtbot.waitUntil(lambda: screen._entry._answer.toPlainText() == "Within 7 km")


def test_a_refusal_is_told_in_place(qtbot, desk, screen):
    desk.outcomes[SaveFaq] = CommandError(CommandFault.TOO_LONG, n=3)
    screen._choose(2)
    screen._entry._answer.setPlainText("longer")
    screen._entry.save.click()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert screen._entry._answer.toPlainText() == "longer"


def test_every_control_has_a_name_and_shows_no_html(qtbot, screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


@pytest.fixture
def panel(qtbot, desk, theme):
    made = FaqPanel(desk, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(360, 320)
    made.show_for(99, "do you deliver to Abay street?", "en")
    made.show()
    qtbot.waitUntil(lambda: made._list.count() > 0)
    return made


def test_the_panel_shows_what_fits_the_mention_and_enter_takes_it(qtbot, desk, panel, theme):
    shoot(theme, panel, "faq-panel")
    panel.begin()
    with qtbot.waitSignal(panel.chosen) as chosen:
        qtbot.keyClick(panel._typed, Qt.Key.Key_Return)
    assert chosen.args == ["Within 5 km, from 30 euro."]
    assert desk.commands == [CountFaqUse(2)]


def test_a_question_without_an_answer_is_noted_with_one_key(qtbot, desk, panel):
    panel._typed.setText("bicycle stand")
    qtbot.waitUntil(lambda: panel._list.count() == 0)
    with qtbot.waitSignal(panel.said):
        panel.note_gap()
    assert desk.commands == [NoteFaqGap(99, "bicycle stand")]
    assert unnamed(panel) == []
