"""Business hours as they are kept in the settings and typed by a person.

A JSON object: `zone` (IANA name), `week` (Monday to Sunday, each "09:00-13:00, 14:00-18:00", ""
when closed), `off` (days "2026-12-31" and ranges "2026-07-01/2026-07-14"), `country` and
`subdivision` (of the public holidays; "" = none). Empty text: always open. 24:00 is the end of a
day; an end before its start lies on the next one.
"""

import json
import re
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.hours import DAY_MIN, BusinessHours, Interval, always_open

LONGEST_OFF_DAYS = 366
MAX_INTERVALS, MAX_OFF = 8, 200
WEEK_MIN = 7 * DAY_MIN
_INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_PLACE = re.compile(r"[A-Z0-9][A-Za-z0-9-]{0,9}")
_KEYS = {"zone", "week", "off", "country", "subdivision"}


class HoursFault(Enum):
    """What is wrong with typed hours."""

    UNREADABLE = "unreadable"
    ZONE = "zone"
    TIME = "time"  # word: what was typed
    OVERLAP = "overlap"
    NEVER_OPEN = "never_open"
    DAY_OFF = "day_off"
    TOO_LONG = "too_long"  # days off
    PLACE = "place"


class HoursError(ValueError):
    """`day`: 0 = Monday … 6, -1 = not about one day. `word`: as it was typed."""

    def __init__(self, fault: HoursFault, *, day: int = -1, word: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.day, self.word = fault, day, word


@frozen
class HoursText:
    """What a person typed, not looked at yet."""

    zone: str
    week: tuple[str, ...]
    off: tuple[str, ...] = ()
    country: str = ""
    subdivision: str = ""

    def packed(self) -> str:
        """The text kept in the settings."""
        return json.dumps(
            {"zone": self.zone, "week": list(self.week), "off": list(self.off),
             "country": self.country, "subdivision": self.subdivision}, ensure_ascii=False,
        )  # fmt: skip


def read_text(packed: str) -> HoursText:
    """What the settings hold; not for "". Raises HoursError UNREADABLE."""
    try:
        data: Any = json.loads(packed)
    except (ValueError, RecursionError) as e:
        raise HoursError(HoursFault.UNREADABLE) from e
    if not isinstance(data, dict) or not data.keys() <= _KEYS:
        raise HoursError(HoursFault.UNREADABLE)
    week, off = data.get("week"), data.get("off", [])
    words = [data.get(key, "") for key in ("zone", "country", "subdivision")]
    if not (_are_words(week) and len(week) == 7 and _are_words(off) and _are_words(words)):
        raise HoursError(HoursFault.UNREADABLE)
    return HoursText(words[0], tuple(week), tuple(off), words[1], words[2])


@lru_cache(16)
def parse_hours(packed: str, holidays: frozenset[date] = frozenset()) -> BusinessHours:
    """The hours of a setting; `holidays`: the days its country has. Raises HoursError."""
    return hours_of(read_text(packed), holidays) if packed else always_open()


def hours_of(text: HoursText, holidays: frozenset[date] = frozenset()) -> BusinessHours:
    """What was typed, checked. Raises HoursError."""
    try:
        zone = ZoneInfo(text.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:
        raise HoursError(HoursFault.ZONE, word=text.zone) from e
    week = tuple(read_day(words, day) for day, words in enumerate(text.week))
    _refuse_overlaps(week)
    if not any(week):
        raise HoursError(HoursFault.NEVER_OPEN)
    if len(text.off) > MAX_OFF:
        raise HoursError(HoursFault.TOO_LONG)
    for place in filter(None, (text.country, text.subdivision)):
        if not _PLACE.fullmatch(place):
            raise HoursError(HoursFault.PLACE, word=place)
    return BusinessHours(zone, week, tuple(map(read_off, text.off)), holidays)


def read_day(words: str, day: int = -1) -> tuple[Interval, ...]:
    """ "9-13, 14:00-18:00" as intervals, ascending. Raises HoursError TIME, OVERLAP."""
    parts = [part.strip() for part in re.split(r"[,;]", words) if part.strip()]
    if len(parts) > MAX_INTERVALS:
        raise HoursError(HoursFault.TIME, day=day, word=words)
    intervals = sorted(_interval(part, day) for part in parts)
    if any(end > start for (_, end), (start, _) in pairwise(intervals)):
        raise HoursError(HoursFault.OVERLAP, day=day, word=words)
    return tuple(intervals)


def write_day(intervals: tuple[Interval, ...]) -> str:
    """The same as text."""
    return ", ".join(f"{_clock(first)}-{_clock(last)}" for first, last in intervals)


def read_off(words: str) -> tuple[date, date]:
    """ "2026-12-31" or "2026-07-01/2026-07-14". Raises HoursError DAY_OFF, TOO_LONG."""
    first, slash, last = (part.strip() for part in words.partition("/"))
    try:
        days = date.fromisoformat(first), date.fromisoformat(last if slash else first)
    except ValueError as e:
        raise HoursError(HoursFault.DAY_OFF, word=words) from e
    if days[1] < days[0]:
        raise HoursError(HoursFault.DAY_OFF, word=words)
    if (days[1] - days[0]).days >= LONGEST_OFF_DAYS:
        raise HoursError(HoursFault.TOO_LONG, word=words)
    return days


def _interval(part: str, day: int) -> Interval:
    found = _INTERVAL.fullmatch(part)
    if found is None:
        raise HoursError(HoursFault.TIME, day=day, word=part)
    hours = [int(found[1]), int(found[3])]
    minutes = [int(found[2] or 0), int(found[4] or 0)]
    start, end = (h * 60 + m for h, m in zip(hours, minutes, strict=True))
    if start >= DAY_MIN or end > DAY_MIN or max(minutes) > 59 or start == end:
        raise HoursError(HoursFault.TIME, day=day, word=part)
    return start, end if end > start else end + DAY_MIN


def _refuse_overlaps(week: tuple[tuple[Interval, ...], ...]) -> None:
    """No night may reach into the next day's opening, Sunday's into Monday's included."""
    all_of_it = [(day * DAY_MIN + a, day * DAY_MIN + b, day)
                 for day, intervals in enumerate(week) for a, b in intervals]  # fmt: skip
    if not all_of_it:
        return
    first = all_of_it[0]
    around = [*all_of_it, (first[0] + WEEK_MIN, first[1] + WEEK_MIN, first[2])]
    for (_, end, day), (start, _, _) in pairwise(around):
        if end > start:
            raise HoursError(HoursFault.OVERLAP, day=day, word=write_day(week[day]))


def _clock(minute: int) -> str:
    if minute > DAY_MIN:
        minute -= DAY_MIN
    return f"{minute // 60:02}:{minute % 60:02}"


def _are_words(values: Any) -> TypeGuard[list[str]]:
    return isinstance(values, list) and all(isinstance(v, str) for v in values)
