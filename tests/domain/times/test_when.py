"""Times as people type them into the snooze field."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.times.when import LONGEST, parse_when

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 11, 21, 15, 30, tzinfo=ALMATY)  # a Saturday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h", "11-21 17:30"), ("in 2 hours", "11-21 17:30"), ("1.5h", "11-21 17:00"),
        ("30m", "11-21 16:00"), ("90 min", "11-21 17:00"), ("1h 15m", "11-21 16:45"),
        ("3d", "11-24 15:30"), ("1 week", "11-28 15:30"),
        ("через 2 часа", "11-21 17:30"), ("30 мин", "11-21 16:00"), ("2 дня", "11-23 15:30"),
        ("2 сағат", "11-21 17:30"), ("3 күннен кейін", "11-24 15:30"),
        ("tomorrow", "11-22 09:00"), ("tomorrow 9", "11-22 09:00"), ("tom 14:30", "11-22 14:30"),
        ("завтра", "11-22 09:00"), ("завтра в 9", "11-22 09:00"), ("ертең 10", "11-22 10:00"),
        ("послезавтра", "11-23 09:00"), ("завтра утром", "11-22 09:00"),
        ("ертең кешке", "11-22 18:00"), ("tonight", "11-21 20:00"),
        ("fri", "11-27 09:00"), ("fri 8am", "11-27 08:00"), ("friday 3 pm", "11-27 15:00"),
        ("пт", "11-27 09:00"), ("в пятницу 18:00", "11-27 18:00"), ("жұма", "11-27 09:00"),
        ("sat", "11-28 09:00"), ("сенбі 12", "11-28 12:00"),
        ("18", "11-21 18:00"), ("at 9", "11-22 09:00"), ("5pm", "11-21 17:00"),
        ("сағат 9", "11-22 09:00"), ("24.12", "12-24 09:00"), ("24.12 10:15", "12-24 10:15"),
        ("in 2 hours", "11-21 17:30"), ("in an hour", "11-21 16:30"),
        ("half an hour", "11-21 16:00"), ("next week", "11-23 09:00"),
        ("1 December", "12-01 09:00"), ("Dec 1st 14:00", "12-01 14:00"),
        ("December 24 at 5pm", "12-24 17:00"), ("15 nov", "11-15 09:00"),
        ("через час", "11-21 16:30"), ("полчаса", "11-21 16:00"),
        ("через неделю", "11-28 15:30"), ("на следующей неделе", "11-23 09:00"),
        ("пт 15:00", "11-27 15:00"), ("1 декабря", "12-01 09:00"),
        ("1 декабря в 18:30", "12-01 18:30"), ("3-го января", "01-03 09:00"),
        ("завтра вечером", "11-22 18:00"), ("к 18:00", "11-21 18:00"),
        ("ертең 9-да", "11-22 09:00"), ("ертең 15:00-де", "11-22 15:00"),
        ("2 сағаттан кейін", "11-21 17:30"), ("бір сағаттан кейін", "11-21 16:30"),
        ("жарты сағаттан кейін", "11-21 16:00"), ("бүгін кешке", "11-21 18:00"),
        ("1 желтоқсан", "12-01 09:00"), ("1 желтоқсанда 10:00", "12-01 10:00"),
        ("келесі апта", "11-23 09:00"), ("жұма 15:00", "11-27 15:00"),
        ("дүйсенбі 9-да", "11-23 09:00"), ("30 минуттан кейін", "11-21 16:00"),
        ("2026-12-24 10", "12-24 10:00"), ("Evening", "11-21 18:00"),
    ],
)  # fmt: skip
def test_a_typed_time_is_understood(text: str, expected: str):
    found = parse_when(text, NOW)
    assert found is not None
    assert found.strftime("%m-%d %H:%M") == expected
    assert found.tzinfo is ALMATY


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25", "9:75", "today 9", "0h", "13pm", "fri sat", "9 9", "99999999d", "500d",
     "2026-02-31", "31.02", "2020-01-01", "h", "-", "31 feb", "december", "40 декабря",
     "1 dec 2 jan", "9-да-да 9"],
)  # fmt: skip
def test_what_is_no_time_ahead_is_refused(text: str):
    assert parse_when(text, NOW) is None


def test_two_hours_stay_two_hours_when_the_clock_changes():
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 25, 1, 30, tzinfo=berlin)
    found = parse_when("2h", now)
    assert found is not None
    assert found.timestamp() - now.timestamp() == 2 * 3600


@given(st.text(max_size=40))
def test_any_text_gives_a_time_ahead_or_none(text: str):
    found = parse_when(text, NOW)
    assert found is None or NOW < found <= NOW + LONGEST


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Europe/Warsaw", "America/New_York"])
@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    text=st.sampled_from(["tomorrow 9", "завтра в 9", "ертең 9-да"]),
)
def test_tomorrow_at_nine_is_nine_by_the_clock_on_the_wall(zone, at, text):
    now = at.replace(tzinfo=ZoneInfo(zone))
    found = parse_when(text, now)
    assert found is not None
    assert (found.date() - now.date()).days == 1
    assert (found.hour, found.minute) == (9, 0)


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Europe/Warsaw", "America/New_York"])
@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), n=st.integers(1, 48))
def test_so_many_hours_are_so_many_hours_across_any_change_of_the_clock(zone, at, n):
    now = at.replace(tzinfo=ZoneInfo(zone))
    for text in (f"in {n} hours", f"через {n} ч", f"{n} сағаттан кейін"):
        found = parse_when(text, now)
        assert found is not None
        assert found.timestamp() - now.timestamp() == n * 3600
