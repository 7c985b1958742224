"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.networks.feeds.dates import EARLIEST, read_date

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(("text", "time"), [
    ("Sat, 21 Nov 2026 10:00:00 GMT", (2026, 11, 21, 10)),
    ("Mon, 21 Nov 26 10:00 EST", (2026, 11, 21, 15)),  # wrong weekday, short year, no seconds
    ("21 Nov 2026 10:00:00 -0000", (2026, 11, 21, 10)),
    ("Fri, 20 Nov 2026 24:00:00 GMT", (2026, 11, 21, 0)),
    ("2026-11-21T10:00:00Z", (2026, 11, 21, 10)),
    ("2026-11-21T12:00:00+0200", (2026, 11, 21, 10)),
    ("2026-11-21 10:00:00", (2026, 11, 21, 10)),
    ("2026-11-21", (2026, 11, 21, 0)),
    ("1795255200", (2026, 11, 21, 10)),
    ("1795255200000", (2026, 11, 21, 10)),
    ("21 ноября 2026 г. 13:00 +0300", (2026, 11, 21, 10)),
    ("Сб, 21 ноя 2026 10:00:00 +0000", (2026, 11, 21, 10)),
    ("21 қараша 2026", (2026, 11, 21, 0)),
    ("12 août 2026 10:00", (2026, 8, 12, 10)),
    ("12. März 2026", (2026, 3, 12, 0)),
    ("1 de mayo de 2026", (2026, 5, 1, 0)),
])  # fmt: skip
def test_a_date_is_read_as_utc(text, time):
    assert read_date(text, NOW) == datetime(*time).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", [
    "", " ", "soon", "1970-01-01T00:00:00Z", "2026-11-23T00:00:00Z", "2099-01-01", "99999999999999",
    "31 Feb 2026", "2026-13-01", "0", "1 foo 2026", "9999-12-31T24:00:00Z", "٢٠٢٦-11-21",
])  # fmt: skip
def test_what_cannot_be_a_date_is_none(text):
    assert read_date(text, NOW) is None


def test_without_a_clock_the_future_is_believed():
    assert read_date("2099-01-01", None) == datetime(2099, 1, 1, tzinfo=UTC)


@given(st.text(max_size=120) | st.text("0123456789-:TZ+. /JanфевMai", max_size=40))
def test_any_text_gives_a_time_in_bounds_or_none(text):
    time = read_date(text, NOW)
    assert time is None or (EARLIEST <= time and time.utcoffset() is not None)
