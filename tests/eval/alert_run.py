"""Plays a stream through the rule as the program does: a look per bucket, a lesson per day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from socialdesk.analysis.baseline import (
    BUCKETS_PER_DAY,
    COLD_DAYS,
    CURVE,
    Baseline,
    Day,
    cold_rate,
)
from socialdesk.analysis.spikes import (
    LEARNING_S,
    LONGEST_S,
    PER_AUTHOR,
    WINDOWS,
    Limits,
    Seen,
    judge,
)
from socialdesk.domain.crisis.alert import Level
from tests.eval.alert_streams import BURST, PER_DAY, PER_HOUR, PER_WEEK, Stream

BUCKET_S: Final = 900
QUIET: Final = 24  # buckets of calm between two episodes
LENGTHS: Final = tuple(window.length_s // BUCKET_S for window in WINDOWS)
HIT: Final = PER_DAY  # buckets after the onset
AFTER: Final = 2 * PER_DAY  # an episode so soon after an onset is not false


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one stream. `delays`: of found crises, hours; `missed`: the others; by times the usual.
    `false`: episodes at no crisis, of which `burst` and `praise` have a known cause."""

    n_weeks: float
    delays: dict[float, list[float]]
    missed: dict[float, int]
    false: int
    burst: int
    praise: int
    before_first: int


def levels(stream: Stream, limits: Limits = Limits()) -> list[Level]:  # noqa: B008 - frozen
    """The level that was measured at the end of each bucket, from the first one on."""
    negative = [int(n) for n in stream.negative]
    bursts = {at + step for at in stream.bursts for step in (0, 1)}
    hours = _hours(negative, bursts)
    baseline, usual, found = Baseline(), [], []
    for at in range(len(negative)):
        day, bucket = divmod(at, PER_DAY)
        weekday = (stream.weekday + day) % 7
        if bucket == 0 and day:
            yesterday = hours[(day - 1) * 24 : day * 24]
            baseline.learn(Day((weekday - 1) % 7, yesterday))
        usual.append(baseline.expected(weekday, bucket // PER_HOUR) / PER_HOUR)
        seen = [_seen(negative, bursts, usual, at, length) for length in LENGTHS]
        if (at + 1) * BUCKET_S <= LEARNING_S:
            found.append(Level.CALM)
            continue
        if baseline.n_days < COLD_DAYS:
            rate = _cold(negative, bursts, at)
            seen = [_warmed(baseline, stream.weekday, at, rate, one, length)
                    for one, length in zip(seen, LENGTHS, strict=True)]  # fmt: skip
        found.append(judge(seen, baseline.shape, limits).level)
    return found


def _hours(negative: Sequence[int], bursts: set[int]) -> list[int]:
    """What the baseline is told: each author at most twice an hour."""
    starts = range(0, len(negative), PER_HOUR)
    return [
        sum(negative[s : s + PER_HOUR])
        + (PER_AUTHOR if bursts & set(range(s, s + PER_HOUR)) else 0)
        for s in starts
    ]


def _cold(negative: Sequence[int], bursts: set[int], at: int) -> float:
    start = max(0, at + 1 - BUCKETS_PER_DAY)
    counts = [negative[b] + (PER_AUTHOR if b in bursts else 0) for b in range(start, at + 1)]
    return cold_rate(counts, [CURVE[b % PER_DAY // PER_HOUR] for b in range(start, at + 1)])


def _seen(
    negative: Sequence[int], bursts: set[int], usual: Sequence[float], at: int, length: int
) -> Seen:
    start = max(0, at + 1 - length)
    n = sum(negative[start : at + 1])
    n_burst = BURST * sum(b in bursts for b in range(start, at + 1)) if bursts else 0
    return Seen(n + min(PER_AUTHOR, n_burst), sum(usual[start:]), n + (n_burst > 0))


def _warmed(
    baseline: Baseline, first_weekday: int, at: int, rate: float, seen: Seen, length: int
) -> Seen:
    """With what the last 24 hours say is usual."""
    expected = 0.0
    for b in range(max(0, at + 1 - length), at + 1):
        day, bucket = divmod(b, PER_DAY)
        weekday, hour = (first_weekday + day) % 7, bucket // PER_HOUR
        expected += baseline.expected_at_first(weekday, hour, rate) / PER_HOUR
    return replace(seen, expected=expected)


def episodes(found: Sequence[Level], least: Level = Level.WATCH) -> list[int]:
    """Buckets at which an alarm began after six quiet hours."""
    began, last = [], -QUIET - 1
    for at, level in enumerate(found):
        if level >= least:
            if at - last > QUIET:
                began.append(at)
            last = at
    return began


def tally(stream: Stream, found: Sequence[Level], least: Level = Level.WATCH) -> Tally:
    """Hits within a day of an onset; episodes that no crisis explains."""
    delays: dict[float, list[float]] = {}
    missed: dict[float, int] = {}
    for crisis in stream.crises:
        loud = next(
            (b for b in range(crisis.at, min(crisis.at + HIT, len(found))) if found[b] >= least),
            None,
        )
        if loud is None:
            missed[crisis.times] = missed.get(crisis.times, 0) + 1
        else:
            delays.setdefault(crisis.times, []).append((loud - crisis.at) / PER_HOUR)
    false = [
        at for at in episodes(found, least)
        if at >= stream.n_warm and not any(0 <= at - c.at < AFTER for c in stream.crises)
    ]  # fmt: skip
    first = min((c.at for c in stream.crises), default=len(found))
    return Tally(
        stream.n_weeks, delays, missed, len(false),
        sum(_follows(at, stream.bursts, LONGEST_S // BUCKET_S) for at in false),
        sum(_follows(at, stream.praise, AFTER) for at in false),
        sum(1 for at in false if at < first),
    )  # fmt: skip


def _follows(at: int, onsets: Sequence[int], within: int) -> bool:
    return any(0 <= at - onset < within for onset in onsets)


__all__ = ["PER_WEEK", "Tally", "episodes", "levels", "tally"]
