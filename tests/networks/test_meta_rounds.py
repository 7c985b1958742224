"""The cursor of Meta's networks: what a round remembers, and that it ends."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.ids import Cursor
from socialdesk.networks.meta.gathering import Below, Part
from socialdesk.networks.meta.rounds import (
    MAX_COUNTS,
    MAX_STEPS,
    MAX_TODO,
    Round,
    after_below,
    after_list,
    begin_round,
)

SINCE = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def finished(now: datetime = NOW) -> Round:
    return after_list(begin_round(None, SINCE), Part(), now, n_stages=1)


def test_the_first_round_goes_back_to_since() -> None:
    walk = begin_round(None, SINCE)
    assert walk.floor == walk.start == SINCE
    assert walk.is_first


def test_the_next_round_begins_ten_minutes_before_the_last_one_did() -> None:
    again = begin_round(finished().saved(), NOW)
    assert again.floor == NOW - timedelta(minutes=10)
    assert again.start == SINCE
    assert not again.is_first


def test_what_came_while_a_round_was_under_way_lies_above_the_next_floor() -> None:
    walk = after_list(begin_round(None, SINCE), Part(after="x"), NOW, n_stages=1)
    late = after_list(walk, Part(), NOW + timedelta(hours=5), n_stages=1)
    assert begin_round(late.saved(), NOW).floor == NOW - timedelta(minutes=10)


def test_once_a_day_a_round_sweeps_and_looks_as_far_back_as_the_last_sweep() -> None:
    walk = finished()
    assert walk.swept == walk.seen
    for hours in (1, 23):
        now = NOW + timedelta(hours=hours)
        begun = after_list(walk, Part(after="x"), now, n_stages=1)
        assert not begun.is_sweep
        walk = after_list(begun, Part(), now, n_stages=1)
    begun = after_list(walk, Part(after="x"), NOW + timedelta(hours=24), n_stages=1)
    assert begun.is_sweep
    assert begun.floor == NOW - timedelta(minutes=10)
    assert after_list(begun, Part(), None, n_stages=1).swept == begun.began


def test_a_killed_round_goes_on_where_its_last_page_was_saved() -> None:
    part = Part(after="x", n_posts=25, todo=(Below("p1", "c"), Below("p2")), counts={"p1": 3})
    walk = after_list(begin_round(None, SINCE), part, NOW, n_stages=2)
    assert begin_round(walk.saved(), NOW) == walk
    done = after_below(walk, Part(todo=(Below("p1", "d"),)), NOW, n_stages=2)
    assert done.todo == (Below("p1", "d"), Below("p2"))


def test_a_page_below_that_comes_again_is_left() -> None:
    part = Part(todo=(Below("p1", "c"),))
    walk = after_list(begin_round(None, SINCE), part, NOW, n_stages=2)
    assert after_below(walk, part, NOW, n_stages=2).todo == ()


def test_a_list_whose_page_comes_again_is_left() -> None:
    walk = after_list(begin_round(None, SINCE), Part(after="x"), NOW, n_stages=2)
    again = after_list(walk, Part(after="x"), NOW, n_stages=2)
    assert (again.stage, again.at) == (1, "")


def test_a_list_without_end_ends() -> None:
    walk, n = begin_round(None, SINCE), 0
    while not walk.seen:
        n += 1
        part = Part(after=str(n), todo=(Below(str(n), "x"),))
        step = after_below if walk.todo else after_list
        walk = step(walk, part, NOW, n_stages=2)
    assert n == MAX_STEPS


def test_a_cursor_stays_small() -> None:
    walk = begin_round(None, SINCE)
    for n in range(20):
        part = Part(
            after=str(n),
            todo=tuple(Below(f"{n}/{m}") for m in range(100)),
            counts={f"{n}/{m}": m for m in range(100)},
        )
        walk = after_list(walk, part, NOW, n_stages=2)
    assert (len(walk.todo), len(walk.counts)) == (MAX_TODO, MAX_COUNTS)
    assert "19/99" in walk.counts


def test_without_a_time_of_the_server_the_newest_post_tells_it() -> None:
    newest = NOW - timedelta(hours=2)
    walk = after_list(begin_round(None, SINCE), Part(times=(SINCE, newest)), None, n_stages=1)
    assert begin_round(walk.saved(), NOW).floor == newest - timedelta(minutes=10)


def test_a_servers_clock_that_was_set_back_moves_nothing_back() -> None:
    walk = begin_round(finished().saved(), NOW)
    again = after_list(walk, Part(), NOW - timedelta(days=400), n_stages=1)
    assert again.seen == finished().seen


@pytest.mark.parametrize(
    "cursor", ["", "{", "[]", "7", "null", '{"seen":7}', '{"origin":"x"}', '{"todo":[{}]}']
)
def test_a_cursor_that_cannot_be_read_starts_anew(cursor: str) -> None:
    assert begin_round(Cursor(cursor), SINCE) == Round(origin=begin_round(None, SINCE).origin)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner:
       st.lists(inner, max_size=3)
       | st.dictionaries(st.sampled_from([f.name for f in fields(Round)]), inner),
       max_leaves=8))  # fmt: skip
def test_any_cursor_gives_a_round_that_can_be_saved(saved: object) -> None:
    walk = begin_round(Cursor(json.dumps(saved)), SINCE)
    assert begin_round(walk.saved(), SINCE) == walk


def test_a_post_whose_list_finds_no_room_counts_as_changed_in_the_next_round() -> None:
    n_posts = MAX_TODO + 5
    posts = [str(n) for n in range(n_posts)]
    todo = tuple(Below(f"c/{n}/{n}" if int(n) % 2 else n) for n in posts)
    part = Part(todo=todo, counts={n: 7 for n in posts[-20:]})
    walk = after_list(begin_round(None, SINCE), part, NOW, n_stages=1)
    assert len(walk.todo) == MAX_TODO
    assert set(walk.counts) == set(posts[-20:MAX_TODO])
    below = after_below(walk, Part(todo=tuple(Below(f"x{n}") for n in range(3))), NOW, n_stages=1)
    assert [one.id for one in below.todo][:3] == ["x0", "x1", "x2"]
    dropped = {one.id.rpartition("/")[2] for one in walk.todo[-2:]}
    assert not dropped & set(below.counts)
