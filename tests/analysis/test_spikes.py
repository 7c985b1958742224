"""More than usual: the tail, the limits, the windows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.spikes import WINDOWS, Limits, Seen, judge, surprise
from socialdesk.domain.crisis.alert import Level

QUIET = Seen(0, 1.0, 0)


def probability(n: int, mean: float, shape: float) -> float:
    """Of exactly n, by the textbook's product."""
    p = shape / (shape + mean)
    value: float = p**shape
    for i in range(n):
        value *= (shape + i) / (i + 1) * (1 - p)
    return value


@pytest.mark.parametrize(
    ("n", "mean", "shape"), [(4, 1.0, 3.0), (9, 2.5, 1.0), (23, 2.0, 6.0), (3, 5.0, 12.0)]
)
def test_the_surprise_is_the_tail_of_the_negative_binomial(n, mean, shape):
    tail = 1 - sum(probability(i, mean, shape) for i in range(n))
    assert surprise(n, mean, shape) == pytest.approx(-math.log10(tail), rel=1e-6)


def test_it_stays_finite_where_a_sum_from_below_has_lost_every_digit():
    found = surprise(400, 2.0, 3.0)
    assert 60 < found < 200
    assert surprise(401, 2.0, 3.0) > found


@given(
    n=st.integers(1, 300),
    mean=st.floats(0.01, 200),
    shape=st.floats(1, 36),
    more=st.integers(1, 20),
)
def test_more_is_never_less_surprising(n, mean, shape, more):
    assert surprise(n + more, mean, shape) >= surprise(n, mean, shape) - 1e-6


@pytest.mark.parametrize(("mean", "shape"), [(0.0, 3.0), (-1.0, 3.0), (1.0, 0.0)])
def test_a_mean_or_shape_of_nothing_is_refused(mean, shape):
    with pytest.raises(ValueError, match="above 0"):
        surprise(3, mean, shape)


def test_nothing_at_all_surprises_nobody():
    assert surprise(0, 1.0, 3.0) == 0.0


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        (Seen(3, 0.05, 3), Level.CALM),  # fewer than four, however unusual
        (Seen(9, 4.0, 9), Level.CALM),  # less than 2.5 times the usual
        (Seen(6, 0.3, 6), Level.ALERT),
        (Seen(6, 0.3, 4), Level.WATCH),  # so many, but by four people
        (Seen(23, 2.0, 20), Level.CRISIS),
        (Seen(14, 0.3, 14), Level.CRISIS),
        (Seen(14, 0.3, 9), Level.ALERT),  # by nine
    ],
)
def test_the_levels(seen, level):
    verdict = judge([seen, QUIET, QUIET], 3.0, Limits())
    assert verdict.level is level


def test_the_loudest_window_speaks():
    verdict = judge([QUIET, QUIET, Seen(30, 2.0, 30)], 3.0, Limits())
    assert verdict.window is WINDOWS[2] and verdict.level is Level.CRISIS
    assert verdict.times_usual == pytest.approx(15)


def test_mentions_of_unknown_mood_need_more():
    seen = [Seen(6, 0.3, 6), QUIET, QUIET]
    assert judge(seen, 3.0, Limits()).level is Level.ALERT
    assert judge(seen, 3.0, Limits().raised(1.0)).level is Level.WATCH


def test_a_shop_with_three_mentions_a_day_hears_five_in_an_hour():
    assert judge([Seen(5, 0.06, 5), QUIET, QUIET], 3.0, Limits()).level >= Level.ALERT


def test_a_busy_brand_does_not_ring_for_five_more():
    assert judge([Seen(25, 20.0, 25), QUIET, QUIET], 6.0, Limits()).level is Level.CALM
