"""What was understood of a mention, on the screen: chips, hints, corrections by key."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip

from socialdesk.domain.mentions.insight import Insight, Intent, Part, Sentiment, Understood
from socialdesk.engine.commands import AddLabel
from socialdesk.engine.commands.insight import CorrectInsight
from socialdesk.engine.queries.insight import ReadInsight
from socialdesk.ui.insight_words import facts, kind_word, mood_word, part_words, reasons, why
from socialdesk.ui.palette import Picker
from tests.ui.fake_desk import MINUTE, NOW

CODES = ("negative", "mood_words", "failure", "number", "help", "question", "again", "reach",
         "first", "press", "thanks", "short", "link", "alarm", "learned")  # fmt: skip
READ = Insight(
    lang="en", sentiment=Sentiment.NEGATIVE, confidence=91, p_negative=88,
    intent=Intent.COMPLAINT, intent_confidence=77,
    parts=(Part("failure", 23.3, "late, <b>refund</b>"), Part("again", 8, "3"),
           Part("thanks", -25)),
)  # fmt: skip


def understood(id: int = 1, **facts) -> Understood:
    values: dict[str, Any] = {"insight": READ, "due_at": NOW + 45 * MINUTE, "label": "refund"}
    values |= {"n_alike": 5, "first_alike": 7}
    return Understood(id, **(values | facts))


@pytest.fixture
def shown(qtbot, desk, window):
    """The window with its first mention open and read."""
    desk.answers[ReadInsight] = lambda query: understood(query.mention_id)
    window.resize(1366, 768)
    window.inbox.pane.list.go_to(1)
    window.inbox.pane.list.go_to(0)
    qtbot.waitUntil(lambda: window.inbox.thread_pane.insight.isVisible())
    return window


def texts(window) -> list[str]:
    line = window.inbox.thread_pane.insight
    kinds = (QLabel, QPushButton)
    return [x.text() for kind in kinds for x in line.findChildren(kind) if x.isVisible()]


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.inbox.pane.list, key, modifier)


def open_picker(window) -> Picker:
    """The question that was asked last."""
    found: Picker = window.findChildren(Picker)[-1]
    return found


# --- words ---


def test_parts_are_told_with_their_points_and_what_time_adds_now():
    chips = [chip.text for chip in reasons(understood(), NOW)]
    assert chips[0] == "thanks only: −25"
    assert "post no. 3 in 24 hours: +8" in chips
    assert "waiting for 15 min: +5" in chips
    later = [chip.text for chip in reasons(understood(), NOW + 60 * MINUTE)]
    assert "waiting for 1 h: +25" in later


def test_what_a_person_said_counts_beside_the_score():
    chips = [c.text for c in reasons(understood(is_vip=True, priority=1), NOW)]
    assert "VIP: 1 h earlier" in chips and "priority 1: 4 h earlier" in chips


def test_a_language_without_a_table_is_not_rated_and_never_neutral():
    assert facts(Insight(lang="ru"))[0].text == "Mood not rated"
    assert mood_word(Sentiment.NOT_RATED) != mood_word(Sentiment.NEUTRAL)


def test_a_correction_is_marked_as_one():
    own = Insight(lang="en", sentiment=Sentiment.POSITIVE, confidence=60,
                  own_sentiment=Sentiment.NEGATIVE, own_intent=Intent.PRESS)  # fmt: skip
    assert [c.text for c in facts(own)] == ["Negative, corrected", "Press, corrected", "English"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("fact", ["", "3", "a\u202e<b>"])
def test_every_part_has_words(code, fact):
    text = part_words(Part(code, 5, fact))
    assert text and (text != code or code == "press")
    assert "\u202e" not in text


def test_every_kind_and_mood_has_a_word():
    words = [*map(kind_word, Intent), *map(mood_word, Sentiment)]
    assert all(words) and len(set(words)) == len(words)


# --- on the screen ---


def test_the_open_mention_shows_what_was_understood_and_why_it_is_here(shown):
    found = texts(shown)
    assert "Negative 91 %" in found and "Complaint 77 %" in found
    assert "One of 5 nearly the same" in found
    assert any("words of trouble" in text for text in found)
    line = shown.inbox.thread_pane.insight
    assert "waiting for 15 min" in line.accessibleDescription()


def test_a_strangers_words_are_plain_text_in_the_hint(shown):
    tip = shown.inbox.thread_pane.insight.toolTip()
    assert "&lt;b>refund" in tip and "<b>" not in tip


@pytest.mark.qt_log_ignore("raise", "propagateSizeHints")
def test_resting_on_a_card_shows_why_it_is_there(qtbot, shown, desk):
    cards = shown.inbox.pane.list
    spot = cards.visualRect(shown.inbox.pane.model.index(0, 0)).center()
    asked = len(desk.asked(ReadInsight))
    event = QHelpEvent(QEvent.Type.ToolTip, spot, cards.viewport().mapToGlobal(spot))
    QApplication.sendEvent(cards.viewport(), event)
    qtbot.waitUntil(lambda: len(desk.asked(ReadInsight)) == asked + 1)
    qtbot.waitUntil(lambda: "thanks only" in QToolTip.text())
    QToolTip.hideText()


@pytest.mark.qt_log_ignore("raise", "propagateSizeHints")
def test_resting_on_the_number_of_chips_names_those_without_room(qtbot, shown, desk):
    pane, names = shown.inbox.pane, tuple(f"<b>label {n}" for n in range(30))
    desk.rows_by_id[1] = replace(desk.rows_by_id[1], labels=names)
    pane.model.refresh([1])
    pane.list.viewport().grab()
    card = pane.list._cards._layout.card(pane.model.row(0), NOW)
    asked, spot = len(desk.asked(ReadInsight)), card.count.center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, pane.list.viewport().mapToGlobal(spot))
    QApplication.sendEvent(pane.list.viewport(), event)
    assert "&lt;b>label 29" in QToolTip.text() and "<b>" not in QToolTip.text()
    assert len(desk.asked(ReadInsight)) == asked
    QToolTip.hideText()


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_S, ""), (Qt.Key.Key_D, "neutral"), (Qt.Key.Key_W, "positive")]
)
def test_one_key_corrects_the_mood_and_the_same_again_takes_it_back(qtbot, shown, desk, key, value):
    own = Insight(sentiment=Sentiment.POSITIVE, own_sentiment=Sentiment.NEGATIVE)
    desk.answers[ReadInsight] = lambda query: understood(query.mention_id, insight=own)
    line = shown.inbox.thread_pane.insight
    line.read(1)
    qtbot.waitUntil(lambda: line.found.insight == own)
    press(qtbot, shown, key)
    assert desk.did(CorrectInsight) == [CorrectInsight((1,), "sentiment", value)]


def test_kind_and_language_are_chosen_by_letters(qtbot, shown, desk):
    cases = (
        (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, "pra", ("intent", "praise")),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier, "Қаз", ("lang", "kk")),
    )
    for n, (key, modifier, typed, expected) in enumerate(cases, 1):
        press(qtbot, shown, key, modifier)
        field = open_picker(shown)._field
        field.setText(typed)  # keyClicks knows Latin letters only
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda n=n: len(desk.did(CorrectInsight)) == n)
        done = desk.did(CorrectInsight)[-1]
        assert (done.field, done.value) == expected


def test_the_suggested_label_is_put_on_by_one_key(qtbot, shown, desk):
    press(qtbot, shown, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert desk.did(AddLabel) == [AddLabel((1,), "refund")]


def test_what_is_nearly_the_same_is_searched_for(qtbot, shown):
    press(qtbot, shown, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert shown.inbox.pane.search == "copies:7"


def test_why_is_read_by_keyboard(qtbot, shown):
    press(qtbot, shown, Qt.Key.Key_Y)
    picker = open_picker(shown)
    items = [picker._list.topLevelItem(n) for n in range(picker._list.topLevelItemCount())]
    shown_lines = [item.text(0) for item in items if item]
    assert any("thanks only" in line for line in shown_lines)
    picker.close()


def test_chips_that_do_not_fit_are_counted(qtbot, shown):
    line = shown.inbox.thread_pane.insight
    line.resize(260, line.height())
    line._reasons.resize(260, 20)
    assert any(text.startswith("+") and text[1:].isdecimal() for text in texts(shown))


def test_without_a_mention_nothing_is_shown(shown):
    shown.inbox.thread_pane.show_row(None)
    assert not shown.inbox.thread_pane.insight.isVisible()
    assert why(understood(insight=Insight(version=0), due_at=0, label="", n_alike=1), NOW)


def test_point_of_a_hint_outside_the_cards_is_nothing(shown, desk):
    cards = shown.inbox.pane.list
    asked = len(desk.asked(ReadInsight))
    spot = QPoint(5, cards.viewport().height() - 2)
    cards.resize(cards.width(), 3000)
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 2900), cards.viewport().mapToGlobal(spot))
    QApplication.sendEvent(cards.viewport(), event)
    assert len(desk.asked(ReadInsight)) == asked
