"""Made-up streams of mentions with crises of known size, for judging alerts (numpy, tests only).

Source: the generator of the project's benchmark, in its order of draws: buckets of 15 minutes, a
day curve, a week, days that hang together, over-dispersed mentions, a share of negative ones that
wanders, crises of 2, 4 or 8 times the usual, waves of praise, one author who posts in a burst.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from socialdesk.analysis.slow_burn import is_slow_burn

PER_HOUR: Final = 4
PER_DAY: Final = 96
PER_WEEK: Final = 672
SIZES: Final = (2, 4, 8)
BURST: Final = 15  # negative mentions of one author in a bucket, two buckets long
CLEAR: Final = 2 * PER_DAY  # a wave of praise keeps so far from a crisis
RECALL, FALSE_POSITIVE = 0.78, 0.15  # of the noisy reading of moods

Counts = Any  # numpy array of int64 per bucket: numpy's own types tell mypy nothing here


@dataclass(frozen=True, slots=True)
class Crisis:
    """`at`: bucket of its beginning; `times`: peak against the mean hour of all mentions."""

    at: int
    times: float


@dataclass(frozen=True, slots=True)
class Stream:
    """`negative`: seen as negative, per bucket, each by another author; `bursts`: buckets at which
    one author begins BURST posts in each of two."""

    negative: Counts
    all: Counts
    n_warm: int  # buckets before anything is judged
    crises: Sequence[Crisis] = ()
    praise: Sequence[int] = ()
    bursts: Sequence[int] = ()
    name: str = ""
    weekday: int = 0  # of the first bucket, 0 = Monday

    @property
    def n_weeks(self) -> float:
        """That are judged."""
        return (len(self.negative) - self.n_warm) / PER_WEEK


def two_peaks() -> Counts:
    """The generator's first day curve, mean 1."""
    h = (np.arange(PER_DAY) + 0.5) / PER_HOUR
    curve = 0.25 + np.exp(-(((h - 13) / 5) ** 2)) + 0.6 * np.exp(-(((h - 20) / 2.5) ** 2))
    return curve / curve.mean()


def one_evening() -> Counts:
    """A brand of the evening: nothing at noon."""
    h = (np.arange(PER_DAY) + 0.5) / PER_HOUR
    curve = 0.25 + np.exp(-(((h - 20) / 3) ** 2))
    return curve / curve.mean()


def level() -> Counts:
    """No day and no night."""
    return np.ones(PER_DAY)


WEEK: Final = np.array([1, 1, 1, 1, 1.05, 0.75, 0.7]) / np.mean([1, 1, 1, 1, 1.05, 0.75, 0.7])
NO_WEEK: Final = np.ones(7)


def make(
    seed: int,
    per_day: float,
    *,
    weeks: int = 8,
    warm: int = 4,
    curve: Counts | None = None,
    week: Counts = WEEK,
    is_noisy: bool = False,
    sizes: Sequence[float] = SIZES,
    with_events: bool = True,
) -> Stream:
    """`per_day`: mentions a day. `warm`: weeks before the first crisis may come."""
    rng = np.random.default_rng(seed)
    curve = two_peaks() if curve is None else curve
    n_days = 7 * weeks
    mu = _mean(rng, n_days, per_day, curve, week)
    every = rng.poisson(mu * rng.gamma(5, 1 / 5, mu.size))
    negative = rng.binomial(every, rng.beta(5, 15, mu.size))
    crises: list[Crisis] = []
    praise: list[int] = []
    bursts: list[int] = []
    if with_events:
        for number in range(warm, weeks):
            _add_events(rng, number, seed, per_day, sizes, (every, negative), crises, praise)
        bursts = [PER_WEEK * w + int(rng.integers(0, 664)) for w in range(warm, weeks)]
    if is_noisy:
        false = rng.binomial(every - negative, FALSE_POSITIVE)
        negative = rng.binomial(negative, RECALL) + false
    return Stream(negative, every, PER_WEEK * warm, crises, praise, bursts)


def _mean(rng: Any, n_days: int, per_day: float, curve: Counts, week: Counts) -> Counts:
    mu = np.empty(n_days * PER_DAY)
    e = 0.0
    for day in range(n_days):
        e = 0.5 * e + rng.normal(0, 0.2)
        factor = week[day % 7] * np.exp(e - 0.027)
        mu[day * PER_DAY : (day + 1) * PER_DAY] = per_day / PER_DAY * curve * factor
    return mu


def _add_events(
    rng: Any,
    number: int,
    seed: int,
    per_day: float,
    sizes: Sequence[float],
    counts: tuple[Counts, Counts],
    crises: list[Crisis],
    praise: list[int],
) -> None:
    at = PER_WEEK * number + int(rng.integers(0, 480))
    times = sizes[(number + seed) % len(sizes)]
    _add_wave(rng, counts, at, max(times * per_day / 24, 3), 0.8)
    crises.append(Crisis(at, times))
    if (number + seed) % 2 == 0:
        wave = PER_WEEK * number + int(rng.integers(0, 664))
        if abs(wave - at) >= CLEAR:
            _add_wave(rng, counts, wave, max(3 * per_day / 24, 3), 0.1)
            praise.append(wave)


def _add_wave(
    rng: Any, counts: tuple[Counts, Counts], at: int, peak: float, negative: float
) -> None:
    """`peak`: mentions an hour, reached within the hour, halved every six."""
    every, bad = counts
    t = np.arange(48 * PER_HOUR) / PER_HOUR
    shape = np.where(t < 1, t + 0.25, 2.0 ** (-(t - 1) / 6))
    end = min(at + t.size, every.size)
    extra = rng.poisson(peak / PER_HOUR * shape)[: end - at]
    every[at:end] += extra
    bad[at:end] += rng.binomial(extra, negative)


def repost_storm(seed: int, per_day: float, *, authors: int = 40) -> Stream:
    """Five weeks; in the last one a text that so many authors repeat within three hours, all of
    it read as negative."""
    stream = make(seed, per_day, weeks=5, warm=4, with_events=False, is_noisy=True)
    rng = np.random.default_rng(seed + 10_000)
    at = PER_WEEK * 4 + int(rng.integers(0, 480))
    shape = np.exp(-np.arange(3 * PER_HOUR) / PER_HOUR)
    extra = rng.multinomial(authors, shape / shape.sum())
    negative, every = stream.negative.copy(), stream.all.copy()
    negative[at : at + extra.size] += extra
    every[at : at + extra.size] += extra
    return Stream(negative, every, stream.n_warm, [Crisis(at, 1)])


def slow_growth(seed: int, per_week: float, times: float, weeks: int = 5) -> bool:
    """Whether the slow burn rings for complaints on one topic that grow by `times` a week."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson([per_week * times**n * rng.gamma(20, 1 / 20) for n in range(weeks)])
    return is_slow_burn([int(n) for n in counts])
