"""A stretch of whole days in a time zone, and the one before it that it is compared with.

Spans are (start, end) in ms UTC, the end excluded. A day may have 23 or 25 hours: every edge is a
local midnight or a full local hour, turned into UTC by the zone.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

from socialdesk.domain.frozen import frozen

Span = tuple[int, int]
HOUR_MS = 3_600_000
LONGEST_DAYS = 3_660  # ten years: what an owner may ask for at once
MOST_DAY_BINS = 62  # a longer period is drawn by weeks
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d\d)")


class PeriodKind(Enum):
    """What a period is called by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    CUSTOM = "custom"


@frozen
class Bin:
    """A part of a period as a chart shows it: an hour, a day or a week."""

    at: datetime
    span: Span


@frozen
class Period:
    """`first` and `last` are both within. Raises ValueError when they are the wrong way round or
    too far apart."""

    kind: PeriodKind
    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST_DAYS:
            raise ValueError(f"{self.first} to {self.last} is no period")

    @property
    def n_days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def spec(self) -> str:
        """As `parse` reads it: "2026-11-21", "2026-W47", "2026-11", "2026-11-01..2026-11-15"."""
        match self.kind:
            case PeriodKind.DAY:
                return self.first.isoformat()
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year:04}-W{week:02}"
            case PeriodKind.MONTH:
                return f"{self.first:%Y-%m}"
            case PeriodKind.CUSTOM:
                return f"{self.first}..{self.last}"

    def step(self, n: int) -> "Period":
        """The `n`-th period of this kind after it; -1 = the one before."""
        if self.kind is PeriodKind.MONTH:
            months = self.first.year * 12 + self.first.month - 1 + n
            return month_of(date(months // 12, months % 12 + 1, 1))
        moved = timedelta(days=n * self.n_days)
        return Period(self.kind, self.first + moved, self.last + moved)

    def span(self, zone: tzinfo) -> Span:
        """From its first midnight to the one after its last day."""
        return midnight(self.first, zone), midnight(self.last + timedelta(days=1), zone)

    def bins(self, zone: tzinfo) -> list[Bin]:
        """Its hours when it is a day, its weeks when it is long, else its days."""
        if self.n_days == 1:
            return list(hours_of(self.span(zone), zone))
        step = 1 if self.n_days <= MOST_DAY_BINS else 7
        end, found = self.last + timedelta(days=1), []
        day = self.first
        while day < end:
            until = min(day + timedelta(days=step), end)
            span = midnight(day, zone), midnight(until, zone)
            found.append(Bin(datetime.combine(day, time(), zone), span))
            day = until
        return found


def midnight(day: date, zone: tzinfo) -> int:
    """When `day` begins there, ms UTC. Where a clock change skips midnight: the first moment."""
    return round(datetime.combine(day, time(), zone).timestamp()) * 1000


def local(at: int, zone: tzinfo) -> datetime:
    """A moment (ms UTC) on the clocks of a zone."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


def hours_of(span: Span, zone: tzinfo) -> Iterator[Bin]:
    """Every hour of a span that begins on a full local hour, one after the other."""
    for start in range(span[0], span[1], HOUR_MS):
        yield Bin(local(start, zone), (start, min(start + HOUR_MS, span[1])))


def slots_of(span: Span, zone: tzinfo) -> dict[tuple[int, int], tuple[Span, ...]]:
    """The parts of a span that lie in each hour of the week, by (weekday, hour) of local clocks,
    Monday = 0. Walked in quarters of an hour: no zone is further from UTC by anything finer."""
    quarter = HOUR_MS // 4
    found: dict[tuple[int, int], list[Span]] = {}
    for start in range(span[0], span[1], quarter):
        at = local(start, zone)
        spans = found.setdefault((at.weekday(), at.hour), [])
        if spans and spans[-1][1] == start:
            spans[-1] = spans[-1][0], start + quarter
        else:
            spans.append((start, start + quarter))
    return {slot: tuple(spans) for slot, spans in found.items()}


def day_of(day: date) -> Period:
    return Period(PeriodKind.DAY, day, day)


def week_of(day: date) -> Period:
    """The week, from Monday, that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return Period(PeriodKind.WEEK, monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(PeriodKind.MONTH, first, following - timedelta(days=1))


def parse(text: str, today: date) -> Period:
    """A period as `Period.spec` writes it, or one of: today, yesterday, week, last-week, month,
    last-month. Raises ValueError."""
    word = text.strip().casefold()
    named = {
        "today": day_of(today),
        "yesterday": day_of(today - timedelta(days=1)),
        "week": week_of(today),
        "last-week": week_of(today).step(-1),
        "month": month_of(today),
        "last-month": month_of(today).step(-1),
    }
    if word in named:
        return named[word]
    first, dots, last = word.partition("..")
    if dots:
        return Period(PeriodKind.CUSTOM, _day(first), _day(last))
    if found := _WEEK.fullmatch(word):
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    if found := _MONTH.fullmatch(word):
        return month_of(date(int(found[1]), int(found[2]), 1))
    return day_of(_day(word))


def _day(text: str) -> date:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no day")
    return date(int(found[1]), int(found[2]), int(found[3]))
