"""Periods: names, steps, and days that have 23 or 25 hours."""

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.times.period import (
    HOUR_MS,
    Period,
    PeriodKind,
    day_of,
    month_of,
    parse,
    slots_of,
    week_of,
)

TODAY = date(2026, 11, 22)
WARSAW, ALMATY, KOLKATA = map(ZoneInfo, ("Europe/Warsaw", "Asia/Almaty", "Asia/Kolkata"))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the clocks of Warsaw change
DAYS = st.dates(date(1996, 1, 1), date(2036, 12, 31))
KINDS = st.sampled_from([day_of, week_of, month_of])
ZONES = st.sampled_from([WARSAW, ALMATY, KOLKATA, ZoneInfo("America/New_York")])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("last-week", date(2026, 11, 9), date(2026, 11, 15)),
        ("Last-Month", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-11-05", date(2026, 11, 5), date(2026, 11, 5)),
        ("2026-11-01..2026-11-15", date(2026, 11, 1), date(2026, 11, 15)),
    ],
)
def test_a_period_is_understood_by_its_name(text: str, first: date, last: date) -> None:
    found = parse(text, TODAY)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", [
    "", "soon", "2026-13", "2026-W54", "2026-02-30", "2026-11-15..2026-11-01", "2026-11-01..",
    "1900-01-01..2026-01-01", "2026-11-01..2026-11-02..2026-11-03",
])  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text, TODAY)


@given(KINDS, DAYS)
def test_a_period_reads_back_as_it_is_written(kind: object, day: date) -> None:
    period = kind(day)  # type: ignore[operator]
    assert parse(period.spec, TODAY) == period


@given(KINDS, DAYS, ZONES)
def test_periods_touch_without_a_gap_and_their_parts_fill_them(
    kind: object, day: date, zone: ZoneInfo
) -> None:
    period = kind(day)  # type: ignore[operator]
    assert period.step(-1).span(zone)[1] == period.span(zone)[0]
    assert period.step(1).step(-1) == period
    edges = [part.span for part in period.bins(zone)]
    assert (edges[0][0], edges[-1][1]) == period.span(zone)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(edges))


def test_own_days_are_compared_with_as_many_before() -> None:
    period = parse("2026-11-11..2026-11-15", TODAY).step(-1)
    assert (period.first, period.last) == (date(2026, 11, 6), date(2026, 11, 10))


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (TODAY, 24)])
def test_a_day_is_as_long_as_its_clocks_make_it(day: date, hours: int) -> None:
    start, end = day_of(day).span(WARSAW)
    assert end - start == hours * HOUR_MS
    assert len(day_of(day).bins(WARSAW)) == hours


def test_the_hour_that_comes_twice_is_two_columns_and_one_hour_of_the_week() -> None:
    names = [f"{part.at:%H}" for part in day_of(AUTUMN).bins(WARSAW)]
    assert names[1:5] == ["01", "02", "02", "03"]
    slots = slots_of(day_of(AUTUMN).span(WARSAW), WARSAW)
    assert sum(end - start for start, end in slots[6, 2]) == 2 * HOUR_MS
    assert (6, 2) not in slots_of(day_of(SPRING).span(WARSAW), WARSAW)


@given(DAYS, ZONES)
def test_hours_of_the_week_fill_the_week_once(day: date, zone: ZoneInfo) -> None:
    span = week_of(day).span(zone)
    slots = slots_of(span, zone)
    assert sum(e - s for spans in slots.values() for s, e in spans) == span[1] - span[0]
    for (weekday, hour), spans in slots.items():
        at = datetime.fromtimestamp(spans[0][0] / 1000, zone)
        assert (at.weekday(), at.hour) == (weekday, hour)


def test_a_long_period_is_drawn_by_weeks() -> None:
    year = Period(PeriodKind.CUSTOM, date(2026, 1, 1), date(2026, 12, 31))
    assert len(year.bins(ALMATY)) == 53
    assert year.bins(ALMATY)[1].at.date() - year.first == timedelta(days=7)
