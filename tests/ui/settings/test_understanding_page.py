"""The page about what was understood and learned, on a scripted desk."""

import pytest
from PySide6.QtWidgets import QLabel

from socialdesk.domain.learning import Learning, LessonReport, ReadingState, Why
from socialdesk.engine import queries as q
from socialdesk.engine.commands.insight import (
    ContinueReading,
    ResetLearning,
    StopReading,
    TakeUpLearning,
)
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.ui.settings import learning_words
from socialdesk.ui.settings.understanding_page import UnderstandingPage
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

GOOD = LessonReport("sentiment:en", 80, 10, 20, 18, 14, 84, 70, Why.USED,
                    (("negative", ("cold", "late")), ("positive", ("wicked",))))  # fmt: skip
RUSSIAN = LessonReport("sentiment:ru", 12, 60)


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ReadSettings] = {"alarm_words": "lawyer"}
    made.answers[ReadLearning] = Learning((GOOD, RUSSIAN), 0, ReadingState(12_000, 100_000))
    return made


@pytest.fixture
def page(qtbot, desk, theme):
    made = UnderstandingPage(desk, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(said(made)))
    return made


def said(page) -> str:
    return "\n".join(x.text() for x in page.findChildren(QLabel) if x.text() and x.isVisible())


def test_it_says_what_was_learned_how_well_and_by_which_words(qtbot, page):
    qtbot.waitUntil(lambda: "In use" in said(page))
    text = said(page)
    assert "Learned from 80 answers" in text
    assert "it would have given 18. Without it: 14." in text
    assert "Negative: \u2068cold\u2069, \u2068late\u2069" in text
    assert "Not used yet: 12 of the 60 answers it needs." in text
    assert "Reading older mentions again: 12,000 of 100,000" in text


def test_reading_is_stopped_and_continued(qtbot, desk, page):
    qtbot.waitUntil(page._stop.isVisible)
    page._stop.click()
    assert len(desk.did(StopReading)) == 1
    desk.answers[ReadLearning] = Learning((), 0, ReadingState(12_000, 100_000, True))
    page.read()
    qtbot.waitUntil(lambda: page._stop.text() == "Continue")
    page._stop.click()
    assert len(desk.did(ContinueReading)) == 1


def test_forgetting_can_be_taken_back(qtbot, desk, page):
    qtbot.waitUntil(page._reset.isVisible)
    page._reset.click()
    assert len(desk.did(ResetLearning)) == 1
    desk.answers[ReadLearning] = Learning(since=NOW)
    page.read()
    qtbot.waitUntil(lambda: page._reset.text() == "Learn from everything again")
    page._reset.click()
    assert len(desk.did(TakeUpLearning)) == 1


def test_every_control_has_a_name_and_no_label_guesses(page):
    assert unnamed(page) == []
    assert wrong_format(page) == []


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("key", ["sentiment:kk", "intent", "label:refund", "priority", "odd"])
def test_every_lesson_has_its_words(why, key):
    report = LessonReport(key, 70, 60, 17, 12, why=why, words=(("yes", ("a",)), ("odd", ())))
    assert learning_words.title(report)
    assert learning_words.state(report)
    assert learning_words.spoke_for(report) == ["Speak for it: \u2068a\u2069"]
