"""The rule on a few generated streams: `make eval` plays many, with the goals beside."""

from dataclasses import replace

import pytest

from socialdesk.domain.crisis.alert import Level
from tests.eval.alert_run import episodes, levels, tally
from tests.eval.alert_streams import NO_WEEK, level, make, repost_storm
from tests.eval.measure_alerts import Sum, naive, run

SEEDS = range(100, 103)


def test_the_same_seed_makes_the_same_stream():
    one, other = make(100, 40), make(100, 40)
    assert list(one.negative) == list(other.negative) and one.crises == other.crises
    assert list(make(101, 40).negative) != list(one.negative)
    assert 25 * 56 < one.all.sum() < 70 * 56
    assert {crisis.times for crisis in one.crises} == {2, 4, 8}


def test_large_crises_are_found_and_little_else_rings():
    found = run(levels, SEEDS, 40, is_noisy=True)
    assert found.share(4, 8) >= 0.85
    assert found.delay(4, 8) <= 2.0
    assert found.a_week("false") <= 0.5


def test_it_rings_less_falsely_than_four_times_the_mean():
    ours, floor = run(levels, SEEDS, 40), run(naive, SEEDS, 40)
    assert ours.a_week("false") < floor.a_week("false")


@pytest.mark.parametrize("per_day", [3, 40])
def test_eight_weeks_of_nothing_ring_at_most_once(per_day):
    stream = make(100, per_day, curve=level(), week=NO_WEEK, warm=0, with_events=False)
    assert len(episodes(levels(stream), Level.ALERT)) <= 1


def test_one_author_rings_nothing():
    stream = make(102, 40)
    assert len(stream.bursts) == 4
    without = replace(stream, bursts=())
    assert episodes(levels(stream)) == episodes(levels(without))


def test_the_first_twelve_hours_only_learn():
    stream = make(300, 2000, weeks=2, warm=0)
    assert max(levels(stream)[:47]) is Level.CALM


def test_a_storm_of_copies_is_found_even_as_mere_volume():
    storm = repost_storm(100, 40)
    assert Sum([tally(storm, levels(storm))]).share(1) == 1.0
