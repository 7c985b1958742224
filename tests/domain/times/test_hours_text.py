"""What a person types as business hours, and what is said of a slip."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.times.hours_text import (
    HoursError,
    HoursFault,
    HoursText,
    hours_of,
    parse_hours,
    read_day,
    read_off,
    read_text,
    write_day,
)

SHOP = ("9-18",) * 6 + ("",)


def fault_of(text: HoursText) -> HoursFault:
    with pytest.raises(HoursError) as found:
        hours_of(text)
    return found.value.fault


@pytest.mark.parametrize(("typed", "written"), [
    ("9-18", "09:00-18:00"),
    ("9.30 – 13; 14:00—18:15", "09:30-13:00, 14:00-18:15"),
    ("14-18, 9-13", "09:00-13:00, 14:00-18:00"),
    ("0-24", "00:00-24:00"),
    ("22-6", "22:00-06:00"),
    ("18-0", "18:00-24:00"),
    (" ", ""),
])  # fmt: skip
def test_hours_of_a_day_are_read_as_people_write_them(typed, written):
    assert write_day(read_day(typed)) == written
    assert read_day(written) == read_day(typed)


@pytest.mark.parametrize("typed", [
    "9", "9-", "25-26", "9-9", "9:61-10", "24-25", "nine-ten", "9-18-20", ",".join(["1-2"] * 9),
])  # fmt: skip
def test_what_is_no_time_is_named(typed):
    with pytest.raises(HoursError) as found:
        read_day(typed, 3)
    assert (found.value.fault, found.value.day) == (HoursFault.TIME, 3)
    assert found.value.word in typed


def test_intervals_may_touch_but_not_overlap_also_over_midnight_and_from_sunday_to_monday():
    assert read_day("9-12, 12-15") == ((540, 720), (720, 900))
    with pytest.raises(HoursError):
        read_day("9-12, 11-15")
    night = HoursText("UTC", ("20-4", "3-9", "", "", "", "", ""))
    assert fault_of(night) is HoursFault.OVERLAP
    assert fault_of(HoursText("UTC", ("3-9", "", "", "", "", "", "20-4"))) is HoursFault.OVERLAP
    hours_of(HoursText("UTC", ("4-9", "", "", "", "", "", "20-4")))


def test_a_week_that_never_opens_is_refused():
    assert fault_of(HoursText("Asia/Almaty", ("",) * 7)) is HoursFault.NEVER_OPEN


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "\0"])
def test_a_zone_that_is_none_is_refused(zone):
    assert fault_of(HoursText(zone, SHOP)) is HoursFault.ZONE


@pytest.mark.parametrize(("typed", "fault"), [
    ("31.12.2026", HoursFault.DAY_OFF), ("2026-02-30", HoursFault.DAY_OFF),
    ("2026-07-14/2026-07-01", HoursFault.DAY_OFF), ("2026-01-01/2027-12-31", HoursFault.TOO_LONG),
])  # fmt: skip
def test_a_day_off_that_is_none_is_refused(typed, fault):
    with pytest.raises(HoursError) as found:
        read_off(typed)
    assert (found.value.fault, found.value.word) == (fault, typed)


def test_days_off_are_days_and_ranges_of_days():
    assert read_off(" 2026-12-31 ") == (date(2026, 12, 31),) * 2
    assert read_off("2026-07-01/2026-07-14") == (date(2026, 7, 1), date(2026, 7, 14))


def test_what_was_kept_is_read_again():
    text = HoursText("Europe/Warsaw", SHOP, ("2026-12-24",), "PL", "")
    assert read_text(text.packed()) == text
    christmas = frozenset({date(2026, 12, 25)})
    assert parse_hours(text.packed(), christmas).holidays == christmas
    assert parse_hours("").is_always


KEPT = json.loads(HoursText("UTC", SHOP).packed())


@pytest.mark.parametrize("change", [
    {"week": ["9-18"] * 6}, {"week": None}, {"week": [9] * 7}, {"zone": 5}, {"off": "2026-12-24"},
    {"more": 1}, {"country": None},
])  # fmt: skip
def test_a_setting_of_another_shape_is_unreadable(change):
    with pytest.raises(HoursError) as found:
        read_text(json.dumps(KEPT | change))
    assert found.value.fault is HoursFault.UNREADABLE


@given(st.one_of(st.text(), st.recursive(
    st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
).map(json.dumps)))  # fmt: skip
def test_no_text_at_all_raises_anything_else(text):
    try:
        parse_hours(text)
    except HoursError:
        return
    assert text == ""
