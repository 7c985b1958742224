"""How often an alert would have rung over the user's own history, at each sensitivity.

The rule is played over the stored mentions as it would have run, a look per bucket of 15 minutes;
the surprise of a look does not depend on the sensitivity, so all of them are tried in one pass.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from socialdesk.analysis.baseline import COLD_DAYS, HOURS, Baseline
from socialdesk.analysis.spikes import (
    CLEAR_AFTER_S,
    FEWEST,
    LEARNING_S,
    PER_AUTHOR,
    TIMES_USUAL,
    WINDOWS,
    Seen,
    judge,
)
from socialdesk.domain.crisis.alert import BackTest, Level, Series, Trial
from socialdesk.engine.alerts.usual import (
    BUCKET_MS,
    DAY_MS,
    HOUR_MS,
    LEARNT_MS,
    Usual,
    days_of,
    local,
    rate_of,
)
from socialdesk.engine.alerts.volume import limits_of
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import alert_counts
from socialdesk.store.insight.alert_counts import Post

WEEK_MS: Final = 7 * DAY_MS


@dataclass(slots=True)
class _Bell:
    """One sensitivity while it is tried. An episode ends after six quiet hours."""

    limit: float
    watches: list[int] = field(default_factory=list)
    rings: list[int] = field(default_factory=list)
    loud_at: int = -CLEAR_AFTER_S * 1000 - 1
    level: Level = Level.CALM

    def hear(self, level: Level, at: int) -> None:
        if level is Level.CALM:
            return
        if at - self.loud_at > CLEAR_AFTER_S * 1000:
            self.level = Level.CALM
            self.watches.append(at)
        if level >= Level.ALERT > self.level:
            self.rings.append(at)
        self.level, self.loud_at = max(self.level, level), at


def back_test(
    conn: Connection, limits: Sequence[int], weeks: int, now: int, zone: tzinfo | None
) -> BackTest:
    """`limits`: tenths of surprise that a watch needs. Negative mentions only."""
    first = alert_counts.first_watched(conn)
    since = max(now - weeks * WEEK_MS, first)
    hours = alert_counts.hours(conn, Series.NEGATIVE, since - LEARNT_MS, now)
    n_days = sum(hour >= since for hour, _ in hours) / HOURS
    bells = [_Bell(limit / 10) for limit in limits]
    if first:
        posts = alert_counts.posts(conn, Series.NEGATIVE, since - DAY_MS, now)
        for at, seen, shape in _looks(posts, hours, (max(since, first), now), first, zone):
            for bell in bells:
                level = judge(seen, shape, limits_of(bell.limit, Series.NEGATIVE)).level
                bell.hear(level, at)
    trials = tuple(Trial(b.limit, tuple(b.watches), tuple(b.rings)) for b in bells)
    return BackTest(since if first else now, n_days, trials)


def _looks(
    posts: Sequence[Post],
    hours: Sequence[tuple[int, int]],
    span: tuple[int, int],
    first: int,
    zone: tzinfo | None,
) -> Iterator[tuple[int, list[Seen], float]]:
    """(ms UTC, what the windows hold, shape) of each look at which something could ring."""
    windows = [_Sliding(posts, window.length_s * 1000) for window in WINDOWS]
    learner = _Learner(posts, hours, first, zone)
    start = span[0] - span[0] % BUCKET_MS + BUCKET_MS
    for at in range(start, span[1] + 1, BUCKET_MS):
        counts = [window.until(at) for window in windows]
        if at - first < LEARNING_S * 1000 or max(n for n, _ in counts) < FEWEST:
            continue
        usual = learner.at(at)
        seen = [
            Seen(n, usual.between(at - window.length_s * 1000, at), authors)
            for (n, authors), window in zip(counts, WINDOWS, strict=True)
        ]
        if any(s.n >= max(FEWEST, TIMES_USUAL * s.expected) for s in seen):
            yield at, seen, usual.shape


class _Sliding:
    """What the last `length_ms` hold, as time goes on."""

    def __init__(self, posts: Sequence[Post], length_ms: int) -> None:
        self._posts, self._length = posts, length_ms
        self._first = self._next = self._n = 0
        self._authors = Counter[int]()

    def until(self, at: int) -> tuple[int, int]:
        """(mentions, at most two an author; authors) from at - length to at."""
        while self._next < len(self._posts) and self._posts[self._next].at <= at:
            author = self._posts[self._next].author_id
            self._n += self._authors[author] < PER_AUTHOR
            self._authors[author] += 1
            self._next += 1
        while self._first < self._next and self._posts[self._first].at <= at - self._length:
            author = self._posts[self._first].author_id
            self._authors[author] -= 1
            self._n -= self._authors[author] < PER_AUTHOR
            if not self._authors[author]:
                del self._authors[author]
            self._first += 1
        return self._n, len(self._authors)


class _Learner:
    """The baseline as it was on each day."""

    def __init__(
        self,
        posts: Sequence[Post],
        hours: Sequence[tuple[int, int]],
        first: int,
        zone: tzinfo | None,
    ) -> None:
        self._posts, self._zone, self._first = posts, zone, first
        self._start = local(hours[0][0], zone).date() if hours else None
        end = hours[-1][0] + DAY_MS + HOUR_MS if hours else 0
        self._days = days_of(hours, local(end, zone).date(), zone)
        self._baseline, self._n = Baseline(), 0
        self._usual = Usual(self._baseline, zone)

    def at(self, at: int) -> Usual:
        """What was usual then."""
        today = local(at, self._zone).date()
        n = (today - self._start).days if self._start else 0
        if n > self._n:
            for day in self._days[self._n : n]:
                self._baseline.learn(day)
            self._n = n
            self._usual = Usual(self._baseline, self._zone)
        if self._baseline.n_days >= COLD_DAYS:
            return self._usual
        since = max(at - DAY_MS, self._first)
        recent = [post for post in self._posts if since < post.at <= at]
        return Usual(self._baseline, self._zone, rate_of(recent, since, at, self._zone))
