"""Our VADER beside the package's own analyzer: the same number for every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from socialdesk.analysis.features import MAX_CHARS
from socialdesk.analysis.vader import Vader
from tests.eval.measure_kinds import kinds

ORIGINAL = SentimentIntensityAnalyzer()
OURS = Vader()

# What the rules speak of stands close together far more often here than in anybody's texts.
TELLING = [
    "good", "great", "bad", "worst", "love", "hate", "kind", "no", "cut", "beating", "ass",
    "never", "without", "doubt", "so", "this", "least", "at", "very", "but", "or", "nor", "of",
    "the", "bus", "stop", "bread", "isn't", "cake", ":)", ":(", ":D", "😍", "😡", "👍🏽", "❤️", "Σ",
]  # fmt: skip
WORDS = st.sampled_from([*TELLING, *BOOSTER_DICT, *NEGATE, *SPECIAL_CASES])
CASED = st.builds(lambda word, case: case(word), WORDS, st.sampled_from([str, str.upper]))
MARKED = st.builds(
    lambda word, mark: word + mark, CASED, st.sampled_from(["", "", "", "!", "?", "!!", "???", ","])
)
TEXTS = st.lists(MARKED, max_size=14).flatmap(
    lambda words: st.sampled_from([" ", " ", "\n", ""]).map(lambda gap: gap.join(words))
)


def original(text: str) -> float:
    return float(ORIGINAL.polarity_scores(text)["compound"])


@settings(max_examples=1_000, deadline=None)
@given(TEXTS)
def test_texts_of_telling_words_get_the_originals_number(text):
    assert OURS.compound(text) == original(text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_the_originals_number(text):
    assert OURS.compound(text) == original(text)


def test_invented_mentions_get_the_originals_number():
    texts = [kind.text for kind in kinds()]
    assert [OURS.compound(text) for text in texts] == [original(text) for text in texts]
    assert any(OURS.compound(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("", 0, 0), ("bread", 0, 0), ("not good", -1, -0.1), ("VERY good!!!", 0.5, 1)],
)
def test_the_sign_is_that_of_the_words(text, least, most):
    assert least <= OURS.compound(text) <= most


def test_reading_stops_after_the_first_letters():
    assert OURS.compound("a " * MAX_CHARS + "good") == 0
