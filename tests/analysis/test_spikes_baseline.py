"""What is usual: shrunk at first, learned day by day, blind to gaps, not moved by a crisis."""

import pytest

from socialdesk.analysis.baseline import CURVE, HOURS, WEEK, Baseline, Day, cold_rate
from socialdesk.analysis.slow_burn import has_mood_turned, is_slow_burn, mood_tail


def learnt(days: int, per_hour: int = 2) -> Baseline:
    made = Baseline()
    for n in range(days):
        made.learn(Day(n % 7, [per_hour] * HOURS))
    return made


def total(baseline: Baseline) -> float:
    """Expected over a week."""
    return sum(baseline.expected(day, hour) for day in range(7) for hour in range(HOURS))


def test_before_anything_was_seen_two_a_day_are_expected():
    assert total(Baseline()) == pytest.approx(14)
    assert sum(CURVE) / HOURS == pytest.approx(1) == pytest.approx(sum(WEEK) / 7)


def test_after_a_month_the_level_is_the_brands_own():
    assert total(learnt(28)) == pytest.approx(2 * 24 * 7, rel=0.12)


def test_the_curve_becomes_the_brands_own():
    night = learnt(0).expected(0, 3) / learnt(0).expected(0, 13)
    assert night < 0.3
    flat = learnt(60, per_hour=20)
    assert flat.expected(0, 3) / flat.expected(0, 13) == pytest.approx(1, abs=0.2)


def test_hours_that_nobody_watched_are_no_zeros():
    half = Baseline()
    for n in range(28):
        half.learn(Day(n % 7, [2 if hour >= 12 else None for hour in range(HOURS)]))
    assert half.expected(0, 15) == pytest.approx(learnt(28).expected(0, 15), rel=0.25)
    assert half.expected(0, 3) > 0.3  # not learned to be silent


def test_a_day_without_a_watch_only_passes():
    made = learnt(28)
    before = total(made)
    for n in range(7):
        made.learn(Day(n, [None] * HOURS))
    assert made.n_days == 28
    assert total(made) == pytest.approx(before, rel=0.1)


def test_a_crisis_does_not_become_normal():
    made = learnt(28)
    before = total(made)
    made.learn(Day(0, [200] * HOURS))
    assert total(made) < 1.6 * before  # uncut it would be six times as much


def test_scattered_hours_make_a_smaller_shape():
    steady, wild = learnt(21), Baseline()
    for n in range(21):
        wild.learn(Day(n % 7, [14 if (hour + n) % 7 == 0 else 0 for hour in range(HOURS)]))
    assert wild.shape < steady.shape
    assert 1 <= wild.shape and steady.shape <= 12


def test_three_days_pass_before_a_shape_is_told():
    assert learnt(2).shape == 3 != learnt(4).shape


def test_the_first_days_follow_the_last_24_hours_but_not_a_burst():
    calm = cold_rate([1, 0, 1, 2, 1, 0], [1.0] * 6)
    burst = cold_rate([1, 0, 1, 2, 1, 90], [1.0] * 6)
    assert 0.3 < calm < burst < 2 * calm


def test_in_the_first_days_it_is_not_less_than_they_say():
    made = Baseline()
    assert made.expected_at_first(0, 13, 5.0) == pytest.approx(5 * 4 * CURVE[13])
    assert made.expected_at_first(0, 13, 0.0) == made.expected(0, 13)


@pytest.mark.parametrize(
    ("weeks", "rings"),
    [
        ([3, 5, 8, 12, 18], True),
        ([3, 5, 8, 12, 12], False),  # not up the fourth time
        ([0, 1, 2, 3, 4], False),  # small numbers climb by chance
        ([20, 21, 22, 23, 24], False),
        ([9, 12, 18], False),  # too short
        ([99, 3, 5, 8, 12, 18], True),  # older weeks do not count
    ],
)
def test_a_slow_burn_goes_up_four_times_and_far(weeks, rings):
    assert is_slow_burn(weeks) is rings


@pytest.mark.parametrize(
    ("now", "before", "turned"),
    [
        ((14, 20), (250, 1000), True),
        ((7, 20), (250, 1000), False),  # a bad day
        ((7, 7), (250, 1000), False),  # fewer than eight mentions
        ((0, 20), (250, 1000), False),  # better is no alarm
        ((10, 12), (0, 0), False),  # nothing to compare with
    ],
)
def test_the_mood_turns_when_the_share_is_beyond_chance(now, before, turned):
    assert has_mood_turned(*now, *before) is turned


def test_the_tail_of_the_shares_sums_to_one():
    assert mood_tail(0, 20, 0.25) == pytest.approx(1)
    assert mood_tail(15, 20, 0.25) < mood_tail(10, 20, 0.25)
