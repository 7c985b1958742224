"""The usual number of mentions of a series per hour of the week, learned a day at a time.

Made for a shop with three mentions a day as for a brand with thousands: a level that shrinks to
two mentions a day, a day curve and weekday factors that begin as those of a typical brand, and
hours that nobody watched count for nothing. Times of day are local.
"""

import math
from collections import deque
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.frozen import frozen

HOURS: Final = 24
WEEKDAYS: Final = 7

PRIOR_PER_DAY: Final = 2.0  # mentions, before anything was seen
PRIOR_DAYS: Final = 2.0  # that the prior weighs
KEPT_PER_DAY: Final = 0.952  # of a past day's weight: a half-life of 14 days
CUT_TIMES: Final = 3.0  # an hour counts at most so many times the expected …
CUT_MORE: Final = 3.0  # … and so many more: a crisis must not become normal

CURVE_WEIGHT: Final = 200.0  # mentions that the generic day curve weighs
CURVE_KEPT: Final = 0.98  # of the hourly sums, per day
WEEKDAY_DAYS: Final = 7.0  # that the generic weekday factor weighs at first
WEEKDAY_KEPT: Final = 0.9  # per week

SHAPE_DAYS: Final = 21
SHAPE_FROM_DAY: Final = 3  # before, the shape is SHAPE_AT_FIRST
SHAPE_AT_FIRST: Final = 3.0
SHAPE_LEAST, SHAPE_MOST = 1.0, 12.0

# So long the last 24 hours speak too. With 14 days a busy brand rings half as often in its second
# week, but a shop with three mentions a day finds a tenth fewer of its first crises (measured).
COLD_DAYS: Final = 7
COLD_PRIOR: Final = 8.0  # buckets of the prior in them
COLD_CUT: Final = 3.0  # times the median busy bucket
BUCKETS_PER_DAY: Final = 96  # of 15 minutes


def _typical_curve() -> tuple[float, ...]:
    """Low at night, a broad noon and an evening: per hour, mean 1."""
    centres = [hour + 0.5 for hour in range(HOURS)]
    raw = [
        0.25 + math.exp(-(((h - 13) / 5) ** 2)) + 0.6 * math.exp(-(((h - 20) / 2.5) ** 2))
        for h in centres
    ]
    return tuple(value * HOURS / sum(raw) for value in raw)


def _with_mean_1(raw: Sequence[float]) -> tuple[float, ...]:
    return tuple(value * len(raw) / sum(raw) for value in raw)


CURVE: Final = _typical_curve()
WEEK: Final = _with_mean_1((1, 1, 1, 1, 1.05, 0.75, 0.7))  # Monday to Sunday


@frozen
class Day:
    """One local day. `weekday`: 0 = Monday; `counts`: per hour, None = nobody watched."""

    weekday: int
    counts: Sequence[int | None]


class Baseline:
    """What is usual, after the days it was given, oldest first. Cheap to make anew: 20 µs a day."""

    def __init__(self) -> None:
        self.n_days = 0  # of which at least one hour was watched
        self._sum, self._weight = 0.0, 0.0
        self._seen = [0.0] * HOURS  # mentions per hour of the day
        self._foreseen = [0.0] * HOURS  # by the generic curve, in the hours that were watched
        self._ratios = [WEEKDAY_DAYS * factor for factor in WEEK]
        self._n_ratios = [WEEKDAY_DAYS] * WEEKDAYS
        self._past: deque[tuple[float, float]] = deque()  # per day: sum m², sum (x-m)²-m
        self.shape = SHAPE_AT_FIRST
        self._curve = CURVE

    @property
    def level(self) -> float:
        """Mentions a day, over all weekdays."""
        prior = PRIOR_PER_DAY * PRIOR_DAYS
        return (self._sum + prior) / (self._weight + PRIOR_DAYS)

    def expected(self, weekday: int, hour: int) -> float:
        """Mentions in that hour; always above 0."""
        return self.level * self._factor(weekday) * self._curve[hour] / HOURS

    def expected_at_first(self, weekday: int, hour: int, rate: float) -> float:
        """The same while there are fewer than COLD_DAYS days: not less than the last 24 hours say.

        `rate`: see cold_rate. On the generic curve or on what was learned of the brand's own,
        whichever is higher: a brand of the evening would alarm every evening of its first week.
        """
        by_rate = rate * BUCKETS_PER_DAY / HOURS * max(CURVE[hour], self._curve[hour])
        return max(self.expected(weekday, hour), by_rate)

    def learn(self, day: Day) -> None:
        """The next day, which is over."""
        watched = [hour for hour, n in enumerate(day.counts) if n is not None]
        self._age()
        if not watched:
            return
        usual = [self.expected(day.weekday, hour) for hour in range(HOURS)]
        if self.n_days < COLD_DAYS:
            usual = _at_least(usual, day.counts)
        counted = {h: min(float(day.counts[h] or 0), CUT_TIMES * usual[h] + CUT_MORE)
                   for h in watched}  # fmt: skip
        # As they were, a crisis too: after one the hours are known to scatter, and fewer alarm.
        self._past.append(_spread({h: float(day.counts[h] or 0) for h in watched}, usual))
        self._take(day.weekday, counted)
        self.n_days += 1
        self._curve = self._new_curve()
        self.shape = self._new_shape()

    def _factor(self, weekday: int) -> float:
        factors = [r / n for r, n in zip(self._ratios, self._n_ratios, strict=True)]
        return factors[weekday] * WEEKDAYS / sum(factors)

    def _age(self) -> None:
        """A day passes, watched or not."""
        self._sum *= KEPT_PER_DAY
        self._weight *= KEPT_PER_DAY
        self._seen = [n * CURVE_KEPT for n in self._seen]
        self._foreseen = [n * CURVE_KEPT for n in self._foreseen]
        while len(self._past) >= SHAPE_DAYS:
            self._past.popleft()

    def _take(self, weekday: int, counted: dict[int, float]) -> None:
        """Each watched hour weighs its share of a usual day."""
        share = sum(self._curve[hour] for hour in counted) / HOURS
        total = sum(counted.values())
        self._sum += total / self._factor(weekday)  # a Sunday says as much as a Friday
        self._weight += share
        ratio = total / self.level  # a day in part counts in part
        self._ratios[weekday] = self._ratios[weekday] * WEEKDAY_KEPT + ratio
        self._n_ratios[weekday] = self._n_ratios[weekday] * WEEKDAY_KEPT + share
        for hour, n in counted.items():
            self._seen[hour] += n
            self._foreseen[hour] += CURVE[hour] * total / max(HOURS * share, 1e-9)

    def _new_curve(self) -> tuple[float, ...]:
        """The generic curve, corrected by what was seen against what it foresaw."""
        weight = CURVE_WEIGHT / HOURS
        raw = [
            CURVE[h] * (weight * CURVE[h] + self._seen[h])
            / (weight * CURVE[h] + self._foreseen[h])
            for h in range(HOURS)
        ]  # fmt: skip
        return _with_mean_1(raw)

    def _new_shape(self) -> float:
        """Of the negative binomial, by moments; small = the hours scatter widely."""
        if self.n_days < SHAPE_FROM_DAY:
            return SHAPE_AT_FIRST
        squares = sum(day[0] for day in self._past)
        excess = sum(day[1] for day in self._past)
        if excess <= 0:
            return SHAPE_MOST
        return min(SHAPE_MOST, max(SHAPE_LEAST, squares / excess))


def _at_least(usual: Sequence[float], counts: Sequence[int | None]) -> list[float]:
    """In the first days a day says itself what is usual."""
    known = [(n, CURVE[hour]) for hour, n in enumerate(counts) if n is not None]
    rate = cold_rate([n for n, _ in known], [weight for _, weight in known], HOURS)
    return [max(e, rate * CURVE[hour]) for hour, e in enumerate(usual)]


def _spread(counted: dict[int, float], usual: Sequence[float]) -> tuple[float, float]:
    squares = sum(usual[h] ** 2 for h in counted)
    excess = sum((x - usual[h]) ** 2 - usual[h] for h, x in counted.items())
    return squares, excess


def cold_rate(
    counts: Sequence[int], weights: Sequence[float], per_day: int = BUCKETS_PER_DAY
) -> float:
    """Mentions per bucket where the day curve is 1, from the buckets of the last 24 hours.

    `counts` and `weights` (the generic curve) per bucket; `per_day`: buckets in a day. A burst
    weighs no more than three times the median busy bucket.
    """
    busy = sorted(n for n in counts if n > 0)
    most = COLD_CUT * busy[len(busy) // 2] if busy else 0.0
    prior = COLD_PRIOR * per_day / BUCKETS_PER_DAY
    total = sum(min(n, most) for n in counts) + prior * PRIOR_PER_DAY / per_day
    return total / (sum(weights) + prior)
