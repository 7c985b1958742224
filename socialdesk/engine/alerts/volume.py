"""Volume: more negative mentions, or more of unknown mood, than usual."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from socialdesk.analysis.spikes import (
    LEARNING_S,
    LONGEST_S,
    PER_AUTHOR,
    UNRATED_MORE,
    WINDOWS,
    Limits,
    Seen,
    Verdict,
    judge,
)
from socialdesk.domain.crisis.alert import AlertKind, Found, Level, Series
from socialdesk.domain.crisis.incident import Severity
from socialdesk.engine.alerts.usual import Usual
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import alert_counts
from socialdesk.store.insight.alert_counts import Post

SEV1_TIMES: Final = 10  # times usual
SEV2_TIMES: Final = 4
ALERT_MORE, CRISIS_MORE = 1.5, 3.5  # surprise beyond what a watch needs


def limits_of(watch: float, series: Series) -> Limits:
    """`watch`: the surprise a watch needs, as the operator set it; the others move with it."""
    limits = Limits(watch, watch + ALERT_MORE, watch + CRISIS_MORE)
    return limits.raised(UNRATED_MORE) if series is Series.NOT_RATED else limits


def is_learning(first_watched: int, now: int) -> bool:
    """The first hours of a workspace never alarm."""
    return not first_watched or now - first_watched < LEARNING_S * 1000


def find(conn: Connection, now: int, usual: Mapping[Series, Usual], watch: float) -> list[Found]:
    """One per series that is loud."""
    found = []
    for series, expected in usual.items():
        posts = alert_counts.posts(conn, series, now - LONGEST_S * 1000, now + 1000)
        if not posts:
            continue
        seen = [_seen(posts, now, window.length_s, expected) for window in WINDOWS]
        verdict = judge(seen, expected.shape, limits_of(watch, series))
        if verdict.level > Level.CALM:
            found.append(_found(series, verdict, posts, now, expected.shape))
    return found


def _seen(posts: Sequence[Post], now: int, length_s: int, usual: Usual) -> Seen:
    start = now - length_s * 1000
    per_author = Counter(post.author_id for post in posts if post.at > start)
    n = sum(min(count, PER_AUTHOR) for count in per_author.values())
    return Seen(n, usual.between(start, now), len(per_author))


def _found(
    series: Series, verdict: Verdict, posts: Sequence[Post], now: int, shape: float
) -> Found:
    start = now - verdict.window.length_s * 1000
    facts = {
        "n": verdict.seen.n,
        "expected": round(verdict.seen.expected, 2),
        "window_s": verdict.window.length_s,
        "surprise": round(verdict.surprise, 2),
        "n_authors": verdict.seen.n_authors,
        "shape": round(shape, 2),
        "severity": severity_of(verdict),
        "until": now,
    }
    return Found(
        AlertKind.VOLUME, verdict.level, tuple(p.id for p in posts if p.at > start), series,
        facts=facts, severity=severity_of(verdict),
    )  # fmt: skip


def severity_of(verdict: Verdict) -> int:
    """What is proposed at the level of a crisis; 0 below it."""
    if verdict.level < Level.CRISIS:
        return Severity.UNSAID
    if verdict.times_usual >= SEV1_TIMES:
        return Severity.SEV1
    return Severity.SEV2 if verdict.times_usual >= SEV2_TIMES else Severity.SEV3
