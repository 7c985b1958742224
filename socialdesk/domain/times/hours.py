"""Open time: when a business answers, and how its time runs between two moments.

Moments are ms UTC, as the store keeps them; lengths are ms of open time. Hours are wall-clock times
of one zone. A wall-clock time stands for the first moment at which the clocks there show it or
more, which settles both changes of the clocks: an hour that is skipped counts for nothing (who
opens or closes within it does so when it is skipped), and one that comes twice is as long as it is
on a stopwatch (who opens or closes within it does so the first time).
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from socialdesk.domain.frozen import frozen

DAY_MIN = 24 * 60
SEARCHED_DAYS = 3 * 366  # without an open moment in so many days, there is none
KEPT_DAYS = 4_000  # days worked out and kept

Interval = tuple[int, int]
"""Minutes after midnight, the end excluded; an end beyond 1440 lies on the next day."""
Span = tuple[int, int]
"""Moments, the end excluded."""

ALL_DAY: tuple[Interval, ...] = ((0, DAY_MIN),)
ALL_WEEK: tuple[tuple[Interval, ...], ...] = (ALL_DAY,) * 7


@frozen
class BusinessHours:
    """`week`: the intervals of Monday to Sunday, ascending; what lies between two is a break.
    `days_off`: first and last day of each; `holidays`: single days. An interval over midnight
    belongs to the day it begins on.

    `domain/times/hours_text.py` makes one of what was typed, and checks it.
    """

    zone: ZoneInfo
    week: tuple[tuple[Interval, ...], ...]
    days_off: tuple[tuple[date, date], ...] = ()
    holidays: frozenset[date] = frozenset()
    _spans: dict[date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def is_always(self) -> bool:
        """Open at every moment."""
        return not self.days_off and not self.holidays and self.week == ALL_WEEK

    def add(self, moment: int, length: int) -> int:
        """The first moment at which `length` ms of open time have passed since `moment`; for a
        negative one the last moment from which so many lead up to it. Far ahead (SEARCHED_DAYS)
        when there is no open time."""
        if self.is_always or length == 0:
            return moment + length
        return self._ahead(moment, length) if length > 0 else self._back(moment, -length)

    def between(self, start: int, end: int) -> int:
        """Open ms from `start` to `end`; negative when `end` is earlier."""
        if self.is_always:
            return end - start
        if end < start:
            return -self.between(end, start)
        passed = 0
        for first, last in self._from(start):
            if first >= end:
                break
            passed += max(0, min(last, end) - max(first, start))
        return passed

    def is_open(self, moment: int) -> bool:
        """Whether open time runs at this moment."""
        return self.next_open(moment) == moment

    def next_open(self, moment: int) -> int | None:
        """The moment itself when it is open, else the next opening; None when there is none."""
        if self.is_always:
            return moment
        first = next((span for span in self._from(moment) if span[1] > moment), None)
        return None if first is None else max(moment, first[0])

    def open_until(self, moment: int) -> int:
        """When it closes next: the moment itself when it is closed. Far ahead when it never does;
        intervals that touch are one."""
        if self.is_always:
            return moment + SEARCHED_DAYS * 86_400_000
        end = moment
        for first, last in self._from(moment):
            if first > end or end - moment > SEARCHED_DAYS * 86_400_000:
                break
            end = max(end, last)
        return end

    # --- days ---

    def _ahead(self, moment: int, length: int) -> int:
        left = length
        for first, last in self._from(moment):
            start = max(first, moment)
            if last - start >= left > 0:
                return start + left
            left -= max(0, last - start)
        return moment + SEARCHED_DAYS * 86_400_000

    def _back(self, moment: int, length: int) -> int:
        left, day = length, self._day(moment)
        for n in range(SEARCHED_DAYS):
            for first, last in reversed(self._on(day - timedelta(days=n))):
                end = min(last, moment)
                if end - first >= left:
                    return end - left
                left -= max(0, end - first)
        return moment - SEARCHED_DAYS * 86_400_000

    def _from(self, moment: int) -> Iterator[Span]:
        """The open spans that may hold `moment`, and all later ones until SEARCHED_DAYS pass
        without one."""
        day, n_empty = self._day(moment) - timedelta(days=1), 0  # the night before may last
        while n_empty < SEARCHED_DAYS:
            spans = self._on(day)
            yield from spans
            n_empty = 0 if spans else n_empty + 1
            day += timedelta(days=1)

    def _day(self, moment: int) -> date:
        return datetime.fromtimestamp(moment / 1000, self.zone).date()

    def _on(self, day: date) -> tuple[Span, ...]:
        spans = self._spans.get(day)
        if spans is None:
            if len(self._spans) >= KEPT_DAYS:
                self._spans.clear()
            spans = self._spans[day] = self._worked_out(day)
        return spans

    def _worked_out(self, day: date) -> tuple[Span, ...]:
        if day in self.holidays or any(first <= day <= last for first, last in self.days_off):
            return ()
        ends = (
            (wall_moment(self.zone, day, first), wall_moment(self.zone, day, last))
            for first, last in self.week[day.weekday()]
        )
        return tuple((first, last) for first, last in ends if first < last)


def always_open() -> BusinessHours:
    """What holds until somebody says otherwise: nobody is missed."""
    return BusinessHours(ZoneInfo("UTC"), ALL_WEEK)


def wall_moment(zone: ZoneInfo, day: date, minute: int) -> int:
    """The first moment at which the clocks show `minute` after midnight of `day`, or more."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        moment = _skipped(zone, wall)
    return int(moment.timestamp()) * 1000


def _skipped(zone: ZoneInfo, wall: datetime) -> datetime:
    """When the clocks jumped over `wall`: it lies between what the offsets before and after the
    jump make of it (PEP 495)."""
    low = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)
