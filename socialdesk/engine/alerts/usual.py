"""What is usual: the baseline of a series, made from the hours that were counted in the file.

Alerts, the board, severities and the guard of standing down all mean this by "usual".
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from socialdesk.analysis.baseline import (
    BUCKETS_PER_DAY,
    COLD_DAYS,
    CURVE,
    HOURS,
    Baseline,
    Day,
    cold_rate,
)
from socialdesk.analysis.spikes import PER_AUTHOR
from socialdesk.domain.crisis.alert import Series
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import alert_counts
from socialdesk.store.insight.alert_counts import Post

HOUR_MS: Final = 3_600_000
DAY_MS: Final = HOURS * HOUR_MS
BUCKET_MS: Final = DAY_MS // BUCKETS_PER_DAY
LEARNT_MS: Final = 120 * DAY_MS  # a day of then weighs a quarter of a percent


class Usual:
    """Expected mentions of one series, at any time. `rate`: see cold_rate, 0 = past the first
    days. Hours are looked up once."""

    def __init__(self, baseline: Baseline, zone: tzinfo | None, rate: float = 0.0) -> None:
        self._baseline, self._zone, self._rate = baseline, zone, rate
        self._hours: dict[int, float] = {}

    @property
    def shape(self) -> float:
        return self._baseline.shape

    @property
    def n_days(self) -> int:
        """Watched days that it was made of."""
        return self._baseline.n_days

    def between(self, start: int, end: int) -> float:
        """Expected from `start` to `end`, ms UTC."""
        total, at = 0.0, start
        while at < end:
            hour = at - at % HOUR_MS
            until = min(end, hour + HOUR_MS)
            total += self._in_hour(hour) * (until - at) / HOUR_MS
            at = until
        return total

    def _in_hour(self, hour: int) -> float:
        found = self._hours.get(hour)
        if found is None:
            when = local(hour, self._zone)
            weekday = when.weekday()
            if self._rate:
                found = self._baseline.expected_at_first(weekday, when.hour, self._rate)
            else:
                found = self._baseline.expected(weekday, when.hour)
            self._hours[hour] = found
        return found


def read_usual(
    conn: Connection, series: Series, now: int, zone: tzinfo | None, first_watched: int
) -> Usual:
    """As of `now`; some milliseconds. `zone` None = the system's; `first_watched`: ms UTC."""
    baseline = learnt(alert_counts.hours(conn, series, now - LEARNT_MS, now), now, zone)
    if baseline.n_days >= COLD_DAYS:
        return Usual(baseline, zone)
    since = max(now - DAY_MS, first_watched)
    posts = alert_counts.posts(conn, series, since, now)
    return Usual(baseline, zone, rate_of(posts, since, now, zone))


def learnt(hours: Sequence[tuple[int, int]], now: int, zone: tzinfo | None) -> Baseline:
    """From (start ms, mentions) of watched hours, oldest first; today does not count yet."""
    baseline = Baseline()
    for day in days_of(hours, local(now, zone).date(), zone):
        baseline.learn(day)
    return baseline


def days_of(hours: Iterable[tuple[int, int]], today: date, zone: tzinfo | None) -> list[Day]:
    """Every day from the first watched one to yesterday, those nobody watched too."""
    days: dict[date, list[int | None]] = {}
    for hour, n in hours:
        when = local(hour, zone)
        counts = days.setdefault(when.date(), [None] * HOURS)
        counts[when.hour] = n + (counts[when.hour] or 0)  # an hour comes twice in autumn
    if not days:
        return []
    first = min(days)
    every = (first + timedelta(days=n) for n in range((today - first).days))
    return [Day(day.weekday(), days.get(day, [None] * HOURS)) for day in every]


def rate_of(posts: Sequence[Post], since: int, now: int, zone: tzinfo | None) -> float:
    """What the last hours say of a workspace that is days old."""
    counted = Counter((post.at // BUCKET_MS, post.author_id) for post in posts)
    per_bucket = Counter[int]()
    for (bucket, _), n in counted.items():
        per_bucket[bucket] += min(n, PER_AUTHOR)
    buckets = range(since // BUCKET_MS, now // BUCKET_MS + 1)
    weights = [CURVE[local(bucket * BUCKET_MS, zone).hour] for bucket in buckets]
    return cold_rate([per_bucket[bucket] for bucket in buckets], weights)


def local(at: int, zone: tzinfo | None) -> datetime:
    """That moment (ms UTC) by the clocks of the workspace."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
