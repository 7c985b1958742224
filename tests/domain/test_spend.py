"""Amounts, months and what a month will have cost."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.price import DOLLAR, dollars
from socialdesk.domain.spend import (
    MOST_CAP,
    Spend,
    cap_text,
    forecast,
    month_of,
    next_month,
    read_cap,
)


@pytest.mark.parametrize(
    ("typed", "micros"),
    [("5", 5_000_000), ("$2.50", 2_500_000), (" 2,5 ", 2_500_000), ("0", 0), ("0.001", 1_000),
     ("7 $", 7_000_000)],
)  # fmt: skip
def test_a_cap_as_people_type_it(typed: str, micros: int) -> None:
    assert read_cap(typed) == micros


@pytest.mark.parametrize("typed", ["", "five", "-1", "nan", "inf", "1e9", "1.2.3"])
def test_what_is_no_cap(typed: str) -> None:
    with pytest.raises(ValueError):
        read_cap(typed)


@given(st.integers(0, MOST_CAP))
def test_a_cap_is_kept_exactly(micros: int) -> None:
    assert read_cap(cap_text(micros)) == micros
    assert len(cap_text(micros).partition(".")[2]) >= 2


def test_amounts_for_people() -> None:
    assert [dollars(n) for n in (0, 1_000, 4_130_000, 1_234_500_000)] == [
        "$0.00", "$0.001", "$4.13", "$1,234.50"
    ]  # fmt: skip


def test_months_are_utc_as_networks_bill() -> None:
    east = timezone(timedelta(hours=5))
    first_hours = datetime(2026, 12, 1, 3, tzinfo=east)  # still November in UTC
    assert month_of(first_hours) == "2026-11"
    assert next_month(first_hours) == date(2026, 12, 1)
    assert next_month(datetime(2026, 12, 31, tzinfo=UTC)) == date(2027, 1, 1)
    assert next_month(datetime(2027, 1, 30, tzinfo=UTC)) == date(2027, 2, 1)


def test_the_pace_of_half_a_month_doubles_by_its_end() -> None:
    assert forecast(2 * DOLLAR, datetime(2026, 11, 16, tzinfo=UTC)) == 4 * DOLLAR
    assert forecast(0, datetime(2026, 11, 16, tzinfo=UTC)) == 0


@given(st.integers(0, MOST_CAP), st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_a_month_never_costs_less_than_it_did(micros: int, when: datetime) -> None:
    assert forecast(micros, when.replace(tzinfo=UTC)) >= micros


def test_searches_leave_a_tenth_to_mentions_and_replies() -> None:
    month = Spend("2026-11", cap=5 * DOLLAR, micros=4_400_000)
    assert month.left() == 600_000
    assert month.left(percent=90) == 100_000
    assert Spend("2026-11", cap=DOLLAR, micros=2 * DOLLAR).left() == 0  # the cap was lowered
