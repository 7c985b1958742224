"""The score: each part as text.md says, and all of them together."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.priority import Around, own_alarms, parts
from socialdesk.analysis.reading import Reading
from socialdesk.domain.mentions.insight import Insight, Intent, Part, Sentiment

WORDY = Reading(n_words=9)


def points(reading: Reading, around: Around = Around()) -> dict[str, float]:  # noqa: B008
    return {part.code: part.points for part in parts(reading, around)}


@pytest.mark.parametrize(
    ("facts", "code", "expected"),
    [
        ({"p_negative": 0.8}, "negative", 20),
        ({"p_negative": 1.0}, "negative", 25),
        ({"negativity": 0.5}, "mood_words", 2.5),
        ({"failure_words": ("late",)}, "failure", 11.7),
        ({"failure_words": ("late", "refund", "broken", "lost")}, "failure", 35),
        ({"has_number": True}, "number", 10),
        ({"asks_help": True}, "help", 8),
        ({"has_question": True}, "question", 5),
        ({"gives_thanks": True}, "thanks", -25),
        ({"n_words": 3}, "short", -10),
        ({"is_link_only": True}, "link", -8),
        ({"danger_words": ("injury",)}, "alarm", 40),
    ],
)
def test_each_part_of_the_words(facts, code, expected):
    assert points(Reading(**{"n_words": 9} | facts)) == {code: pytest.approx(expected)}


@pytest.mark.parametrize(
    ("around", "code", "expected"),
    [
        (Around(n_earlier=1), "again", 4),
        (Around(n_earlier=7), "again", 8),
        (Around(reach=9_999), "reach", 8),
        (Around(reach=99), "reach", 4),
        (Around(is_first=True), "first", 15),
        (Around(is_press=True), "press", 10),
        (Around(own_alarms=("lawyer",)), "alarm", 40),
        (Around(learned=0.5), "learned", 10),
        (Around(learned=-3.0), "learned", -20),
    ],
)
def test_each_part_of_who_wrote_it(around, code, expected):
    assert points(WORDY, around) == {code: pytest.approx(expected, abs=0.05)}


def test_thanks_with_a_question_or_a_failure_is_no_thanks():
    assert "thanks" not in points(Reading(gives_thanks=True, has_question=True, n_words=9))
    assert "thanks" not in points(Reading(gives_thanks=True, failure_words=("late",), n_words=9))


def test_a_mention_that_is_not_rated_has_no_part_for_mood():
    assert points(Reading(p_negative=None, n_words=9)) == {}


def test_the_same_failure_twice_counts_once():
    assert points(Reading(failure_words=("late", "late"), n_words=9))["failure"] == 11.7


def test_parts_say_what_they_are_about():
    found = {p.code: p.fact for p in parts(
        Reading(failure_words=("refund", "late"), p_negative=0.814, n_words=9),
        Around(n_earlier=2, own_alarms=("fire",)),
    )}  # fmt: skip
    assert found == {"failure": "refund, late", "negative": "81", "again": "3", "alarm": "fire"}


def test_words_of_danger_are_on_top():
    assert Insight(parts=parts(Reading(danger_words=("poison",)), Around())).is_alarming
    assert not Insight(parts=parts(WORDY, Around())).is_alarming


readings = st.builds(
    Reading,
    p_negative=st.none() | st.floats(0, 1), negativity=st.floats(0, 1),
    failure_words=st.lists(st.text(max_size=9), max_size=5).map(tuple),
    danger_words=st.lists(st.text(max_size=9), max_size=2).map(tuple),
    has_number=st.booleans(), has_question=st.booleans(), asks_help=st.booleans(),
    gives_thanks=st.booleans(), n_words=st.integers(0, 500), is_link_only=st.booleans(),
)  # fmt: skip
arounds = st.builds(
    Around, reach=st.integers(-1, 10**9), n_earlier=st.integers(0, 99), is_first=st.booleans(),
    is_press=st.booleans(), learned=st.floats(-2, 2),
)  # fmt: skip


@given(readings, arounds)
def test_the_score_is_the_sum_of_its_parts_and_no_part_is_nothing(reading, around):
    found = parts(reading, around)
    insight = Insight(parts=found)
    assert insight.score == pytest.approx(math.fsum(p.points for p in found))
    assert all(p.points for p in found)
    assert len({p.code for p in found}) == len(found)
    assert -80 <= insight.score <= 200


@given(readings, arounds)
def test_a_correction_moves_only_what_it_is_about(reading, around):
    read = Insight(parts=parts(reading, around))
    others = {p for p in read.parts if p.code not in {"negative", "mood_words", "press"}}
    for mood in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE):
        own = Insight(parts=read.parts, own_sentiment=mood, own_intent=Intent.PRESS)
        assert others <= set(own.counted)
        assert (Part("negative", 25) in own.counted) == (mood is Sentiment.NEGATIVE)
        assert Part("press", 10) in own.counted


@pytest.mark.parametrize(
    ("text", "listed", "found"),
    [
        ("I will call my Lawyer!", "lawyer, fire", ("lawyer",)),
        ("lawyers everywhere", "lawyer", ()),
        ("lawyers everywhere", "lawyer*", ("lawyers",)),
        ("Мой адвокат звонит", "адвокат\nсуд", ("адвокат",)),
        ("food poisoning at the fair", "food poisoning; fire", ("food poisoning",)),
        ("anything", "", ()),
        ("anything", " , *,", ()),
    ],
)
def test_the_operators_own_words_are_whole_words(text, listed, found):
    assert own_alarms(text, listed) == found


@given(st.text(), st.text(max_size=40))
def test_any_list_of_words_is_safe(text, listed):
    own_alarms(text, listed)
