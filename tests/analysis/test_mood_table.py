"""A language's table of moods: probabilities, and what pushes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.features import BUCKETS
from socialdesk.analysis.mood_table import ZERO, MoodTable, softmax
from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.places import resource

MOODS = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
EVEN = MoodTable("xx", MOODS, (bytes([ZERO]) * BUCKETS,) * 3, (0.0, 0.0, 0.0), 0.1, cue=1.0, pull=1)
SHIPPED = {path.stem[-2:]: MoodTable.read(path) for path in resource("models").glob("moods-*")}


@given(
    st.lists(st.integers(0, BUCKETS - 1), unique=True, max_size=300).map(sorted),
    st.floats(-1, 1),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(sorted(SHIPPED)),
)
def test_probabilities_are_some_and_sum_to_one(buckets, compound, n_bad, n_good, lang):
    shares = SHIPPED[lang].probabilities(buckets, compound, n_bad, n_good)
    assert math.isclose(sum(shares.values()), 1, abs_tol=1e-9)
    assert all(0 <= share <= 1 for share in shares.values())


def test_a_table_without_opinion_gives_even_shares():
    assert EVEN.probabilities([1, 2, 3]) == pytest.approx(dict.fromkeys(MOODS, 1 / 3))


@pytest.mark.parametrize("n", [0, 1, 2, 200])
def test_weights_count_the_same_for_any_number_of_buckets(n):
    bad = bytes([ZERO + 10]) * BUCKETS
    table = MoodTable("xx", MOODS, (bad, *EVEN.weights[1:]), EVEN.bias, 0.1)
    pushed = math.exp(10 * 0.1 * math.sqrt(n))
    wanted = pushed / (pushed + 2)
    assert table.probabilities(range(n))[Sentiment.NEGATIVE] == pytest.approx(wanted)


def test_words_of_failure_push_to_negative_and_only_three_count():
    shares = [EVEN.probabilities([1], n_bad=n)[Sentiment.NEGATIVE] for n in range(5)]
    assert shares[0] < shares[1] < shares[2] < shares[3] == shares[4]


def test_a_good_compound_pushes_from_negative_to_positive():
    shares = EVEN.probabilities([1], compound=0.8)
    assert shares[Sentiment.NEGATIVE] < shares[Sentiment.NEUTRAL] < shares[Sentiment.POSITIVE]


def test_large_sums_overflow_nothing():
    assert softmax([1e9, 0.0, -1e9]) == [1.0, 0.0, 0.0]


def test_russian_has_no_table_and_kazakh_knows_no_neutral():
    assert "ru" not in SHIPPED
    assert not SHIPPED["kk"].knows_neutral
    assert SHIPPED["en"].knows_neutral
