"""Open time against a slow oracle: every minute of a few days, looked at one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from socialdesk.domain.times.hours import (
    ALL_DAY,
    DAY_MIN,
    SEARCHED_DAYS,
    BusinessHours,
    always_open,
    wall_moment,
)

MIN, HOUR, DAY = 60_000, 3_600_000, 86_400_000
ZONES = [ZoneInfo(name) for name in ("Asia/Almaty", "Europe/Warsaw", "America/New_York", "UTC")]
# Days around changes of the clocks: Warsaw and New York both ways in 2026, Almaty's last one.
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1),
           date(2024, 3, 1), date(2026, 1, 1)]  # fmt: skip
NINE_TO_SIX = ((9 * 60, 18 * 60),)
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))


def ms(zone: ZoneInfo, *when: int, fold: int = 0) -> int:
    return int(datetime(*when, tzinfo=zone, fold=fold).timestamp() * 1000)  # type: ignore[arg-type, misc]


def workdays(zone: str, day: tuple[tuple[int, int], ...] = NINE_TO_SIX, **more: object):
    return BusinessHours(ZoneInfo(zone), (day,) * 5 + ((), ()), **more)  # type: ignore[arg-type]


# --- an oracle that knows nothing of spans ---


def open_minutes(hours: BusinessHours, start: int, n: int) -> list[bool]:
    """Of `n` minutes from `start`, which are open: the clocks of each minute are read."""
    zone, first = hours.zone, start - 2 * DAY
    walls = [datetime.fromtimestamp((first + m * MIN) / 1000, zone).replace(tzinfo=None)
             for m in range(n + 2 * DAY // MIN + 1)]  # fmt: skip

    def first_showing(wall: datetime) -> int:
        """The minute at which the clocks first show `wall` or more."""
        return next((m for m, shown in enumerate(walls) if shown >= wall), len(walls))

    flags = [False] * len(walls)
    day, last = walls[0].date() - timedelta(days=1), walls[-1].date()
    while day <= last:
        is_off = day in hours.holidays or any(a <= day <= b for a, b in hours.days_off)
        for begin, end in () if is_off else hours.week[day.weekday()]:
            midnight = datetime.combine(day, datetime.min.time())
            edges = [first_showing(midnight + timedelta(minutes=m)) for m in (begin, end)]
            flags[edges[0] : edges[1]] = [True] * (edges[1] - edges[0])
        day += timedelta(days=1)
    return flags[2 * DAY // MIN :][:n]


@st.composite
def intervals(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Up to three a day; the last may reach into the night."""
    edges = sorted(draw(st.sets(st.integers(0, DAY_MIN), max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return tuple(pairs)


@st.composite
def some_hours(draw: st.DrawFn) -> BusinessHours:
    week = list(draw(st.lists(intervals(), min_size=7, max_size=7)))
    day = draw(st.integers(0, 6))
    night = draw(st.integers(1, 300))
    nights_end = week[(day + 1) % 7][0][0] if week[(day + 1) % 7] else DAY_MIN
    if week[day] and night <= nights_end:  # an evening that goes on after midnight
        week[day] = (*week[day][:-1], (week[day][-1][0], DAY_MIN + night))
    off = tuple(
        (d, d + timedelta(days=1)) for d in draw(st.sets(st.sampled_from(CHANGES), max_size=1))
    )
    holidays = frozenset(draw(st.sets(st.sampled_from(CHANGES), max_size=1)))
    return BusinessHours(draw(st.sampled_from(ZONES)), tuple(week), off, holidays)


@st.composite
def moments(draw: st.DrawFn) -> int:
    """Whole minutes within two days of a change of the clocks."""
    day = datetime.combine(draw(st.sampled_from(CHANGES)), datetime.min.time(), UTC)
    return int(day.timestamp()) * 1000 + draw(st.integers(-2 * 1440, 2 * 1440)) * MIN


@given(some_hours(), moments(), st.integers(0, 2 * 1440))
@settings(max_examples=60, deadline=None)
def test_open_time_is_what_counting_minutes_gives(hours, start, n):
    flags = open_minutes(hours, start, n)
    assert hours.between(start, start + n * MIN) == sum(flags) * MIN
    assert hours.between(start + n * MIN, start) == -sum(flags) * MIN
    if flags:
        assert hours.is_open(start) is flags[0]
        opening = hours.next_open(start)
        first = next((m for m, is_open in enumerate(flags) if is_open), None)
        if first is not None:
            assert opening == start + first * MIN
        else:
            assert opening is None or opening >= start + n * MIN


@given(some_hours(), moments(), st.integers(-3 * 1440, 3 * 1440))
@settings(max_examples=150, deadline=None)
def test_as_much_lies_between_as_was_added(hours, start, minutes):
    assume(any(hours.week))
    assert hours.between(start, hours.add(start, minutes * MIN)) == minutes * MIN


@given(some_hours(), moments(), st.integers(0, 1440), st.integers(0, 1440))
@settings(max_examples=150, deadline=None)
def test_adding_twice_is_adding_the_sum(hours, start, first, second):
    assume(any(hours.week))
    twice = hours.add(hours.add(start, first * MIN), second * MIN)
    assert twice == hours.add(start, (first + second) * MIN)


@given(some_hours(), moments(), st.integers(0, 600), st.integers(0, 1440))
@settings(max_examples=150, deadline=None)
def test_who_comes_later_is_due_no_earlier(hours, start, later, minutes):
    assume(any(hours.week))
    due = hours.add(start, minutes * MIN)
    assert due <= hours.add(start + later * MIN, minutes * MIN)
    assert due <= hours.add(start, (minutes + 1) * MIN)


@given(some_hours(), moments(), st.integers(1, 1440))
@settings(max_examples=100, deadline=None)
def test_closed_time_adds_nothing(hours, start, minutes):
    opening = hours.next_open(start)
    assume(opening is not None)
    assert hours.between(start, opening) == 0
    assert hours.add(start, minutes * MIN) == hours.add(opening, minutes * MIN)


@given(moments(), st.integers(-(10**9), 10**9))
@example(0, 0)
def test_always_open_is_plain_time(start, length):
    assert always_open().add(start, length) == start + length
    assert always_open().between(start, start + length) == length
    assert always_open().is_open(start)


# --- days a person can check on a calendar ---


def test_a_weekend_is_jumped_over():
    hours, zone = workdays("Asia/Almaty"), ZoneInfo("Asia/Almaty")
    friday = ms(zone, 2026, 11, 20, 17, 45)
    assert hours.add(friday, HOUR) == ms(zone, 2026, 11, 23, 9, 45)
    assert hours.next_open(ms(zone, 2026, 11, 21, 12)) == ms(zone, 2026, 11, 23, 9)


def test_a_lunch_break_is_a_gap_and_closing_time_is_still_in_time():
    hours, zone = workdays("Europe/Warsaw", OFFICE), ZoneInfo("Europe/Warsaw")
    assert hours.add(ms(zone, 2026, 11, 20, 12, 30), HOUR) == ms(zone, 2026, 11, 20, 14, 30)
    assert hours.add(ms(zone, 2026, 11, 20, 12), HOUR) == ms(zone, 2026, 11, 20, 13)
    assert not hours.is_open(ms(zone, 2026, 11, 20, 13))


@pytest.mark.parametrize(("zone", "spring", "autumn"), [
    ("Europe/Warsaw", (2026, 3, 29), (2026, 10, 25)),
    ("America/New_York", (2026, 3, 8), (2026, 11, 1)),
])  # fmt: skip
def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn(zone, spring, autumn):
    where = ZoneInfo(zone)
    hours = BusinessHours(where, (((22 * 60, 30 * 60),),) * 7)
    for day, length in ((spring, 7), (autumn, 9), ((2026, 6, 10), 8)):
        noon = ms(where, *day, 12)
        assert hours.between(noon - DAY, noon) == length * HOUR


def test_the_hour_that_comes_twice_counts_twice_and_a_closing_in_it_is_the_first():
    zone = ZoneInfo("Europe/Warsaw")
    until_half_past_two = BusinessHours(zone, (((0, 150),),) * 7)
    midnight = ms(zone, 2026, 10, 25)
    assert until_half_past_two.between(midnight, midnight + DAY) == 150 * MIN
    until_four = BusinessHours(zone, (((0, 240),),) * 7)
    assert until_four.between(midnight, midnight + DAY) == 5 * HOUR


def test_an_opening_in_the_hour_that_is_skipped_is_at_its_end():
    zone = ZoneInfo("Europe/Warsaw")
    hours = BusinessHours(zone, (((150, 180), (210, 240)),) * 7)
    midnight = ms(zone, 2026, 3, 29)
    assert wall_moment(zone, date(2026, 3, 29), 150) == ms(zone, 2026, 3, 29, 3)
    assert hours.between(midnight, midnight + DAY) == 30 * MIN


def test_the_last_midnight_of_almaty_came_an_hour_late():
    zone = ZoneInfo("Asia/Almaty")  # on 1 March 2024 clocks went from 00:00 back to 23:00
    hours = BusinessHours(zone, (ALL_DAY,) * 7, holidays=frozenset({date(2024, 3, 1)}))
    noon = ms(zone, 2024, 2, 29, 12)
    assert hours.between(noon, noon + DAY) == 13 * HOUR


def test_days_off_and_holidays_are_closed_from_midnight_to_midnight():
    zone = ZoneInfo("America/New_York")
    hours = workdays("America/New_York", days_off=((date(2026, 12, 24), date(2026, 12, 28)),),
                     holidays=frozenset({date(2026, 12, 29)}))  # fmt: skip
    assert hours.add(ms(zone, 2026, 12, 23, 17), 2 * HOUR) == ms(zone, 2026, 12, 30, 10)


def test_a_night_belongs_to_the_day_it_begins_on():
    zone = ZoneInfo("Asia/Almaty")
    hours = BusinessHours(
        zone, (((20 * 60, 26 * 60),),) * 7, holidays=frozenset({date(2026, 1, 1)})
    )
    assert hours.is_open(ms(zone, 2026, 1, 1, 1))  # of New Year's Eve
    assert not hours.is_open(ms(zone, 2026, 1, 1, 21))
    assert not hours.is_open(ms(zone, 2026, 1, 2, 1))


def test_without_an_opening_the_due_time_is_far_ahead_and_nothing_hangs():
    hours = BusinessHours(ZoneInfo("UTC"), ((),) * 7)
    assert hours.next_open(0) is None
    assert hours.add(0, MIN) == SEARCHED_DAYS * DAY
    assert hours.add(0, -MIN) == -SEARCHED_DAYS * DAY
    assert hours.between(0, DAY) == 0


def test_closing_time_is_the_end_of_all_that_touches():
    zone = ZoneInfo("Asia/Almaty")
    hours = BusinessHours(zone, (((0, 480), (22 * 60, DAY_MIN)),) * 7)  # one night in two pieces
    ten = ms(zone, 2026, 11, 20, 22, 30)
    assert hours.open_until(ten) == ms(zone, 2026, 11, 21, 8)
    assert hours.open_until(ms(zone, 2026, 11, 20, 12)) == ms(zone, 2026, 11, 20, 12)
    assert always_open().open_until(ten) == ten + SEARCHED_DAYS * DAY
