"""What the board shows: the last twenty-four hours against what is usual, and what waits now.

Asked on a reader thread of the window, so all of it is counted by SQL; Python takes apart a few
hundred texts only, for the words.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from socialdesk.domain.figures import Figure, Figures, Ref
from socialdesk.domain.times.period import HOUR_MS, Span, hours_of, local
from socialdesk.engine.reports.counting import MOODS, Terms, gaps, new_topics, percentile
from socialdesk.store.figures import figure_groups as groups
from socialdesk.store.figures import figures
from socialdesk.store.file.sqlite import Connection

N_HOURS, N_WEEKS = 24, 4
DAY_MS: Final = 24 * HOUR_MS
N_AUTHORS, N_WORDS = 6, 6
MOST_TEXTS: Final = 200  # of now and of the week before: about 10 ms of Python


def count_board(conn: Connection, terms: Terms, now: int) -> Figures:
    """`now`: ms UTC. `part` figures have the usual number as `before`."""
    at = local(now, terms.zone)
    hour_start = now - (at.minute * 60 + at.second) * 1000 - at.microsecond // 1000
    span = (hour_start - (N_HOURS - 1) * HOUR_MS, hour_start + HOUR_MS)
    before = (span[0] - DAY_MS, span[0])
    numbers = [
        *_now(conn, span, now),
        *_answers(conn, span, before, terms, now),
        *_hours(conn, span, terms, now),
        *_groups(conn, span, now),
    ]
    week = (span[0] - 7 * DAY_MS, span[0])
    return Figures(
        spec="", zone=terms.zone_name, now=now, span=span, span_before=before,
        target_min=terms.target_min, numbers=tuple(numbers),
        gaps=tuple(gaps(conn, span, now)),
        quotes=tuple(new_topics(conn, span, week, now, N_WORDS, MOST_TEXTS)),
    )  # fmt: skip


def _now(conn: Connection, span: Span, now: int) -> Iterator[Figure]:
    for question in ("open", "overdue"):
        n = figures.count(conn, question, span, now=now)
        yield Figure(question, n, ref=Ref(question, spans=(span,), now=now))


def _answers(
    conn: Connection, span: Span, before: Span, terms: Terms, now: int
) -> Iterator[Figure]:
    for question in ("received", "in_target", "measured", "timed"):
        n = figures.count(conn, question, span, now=now)
        earlier = figures.count(conn, question, before, now=now)
        yield Figure(question, n, earlier, ref=Ref(question, spans=(span,), now=now))
    pairs = groups.list_response_times(conn, span)
    times = sorted(terms.between(came, max(came, first)) for came, first in pairs)
    yield Figure("first_reply_median", percentile(times, 0.5),
                 ref=Ref("timed", spans=(span,), now=now))  # fmt: skip


def _hours(conn: Connection, span: Span, terms: Terms, now: int) -> Iterator[Figure]:
    """Each hour with the mean of the same hour in the weeks before, as far as it was watched."""
    counts = groups.count_quarters(conn, span)
    usual = usual_hours(conn, span, terms)
    for part in hours_of(span, terms.zone):
        n = sum(counts.get(part.span[0] + q * groups.QUARTER_MS, 0) for q in range(4))
        yield Figure("part", n, usual.get(part.span[0]), part.at.isoformat(timespec="minutes"),
                     ref=Ref("part", spans=(part.span,), now=now))  # fmt: skip


def usual_hours(conn: Connection, span: Span, terms: Terms) -> dict[int, float]:
    """Mentions usual in each hour, by the hour's start (ms UTC); local clocks decide what the same
    hour of a week before was."""
    found: dict[int, list[int]] = {}
    since = groups.watched_since(conn)
    for week in range(1, N_WEEKS + 1):
        back = timedelta(weeks=week)
        starts = {
            part.span[0]: round((part.at.replace(fold=0) - back).timestamp()) * 1000
            for part in hours_of(span, terms.zone)
        }
        then = (min(starts.values()), max(starts.values()) + HOUR_MS)
        counts = groups.count_quarters(conn, then)
        watched = set(groups.list_watched_hours(conn, then))
        for start, was in starts.items():
            if was >= since and was - was % HOUR_MS in watched:
                n = sum(counts.get(was + q * groups.QUARTER_MS, 0) for q in range(4))
                found.setdefault(start, []).append(n)
    return {start: sum(counts) / len(counts) for start, counts in found.items()}


def _groups(conn: Connection, span: Span, now: int) -> Iterator[Figure]:
    moods = dict.fromkeys(MOODS, 0)
    for mood, _, _, n in groups.count_understood(conn, span):
        moods[str(mood)] += n
    for value, n in moods.items():
        yield Figure("sentiment", n, None, value, ref=Ref("sentiment", value, (span,), now))
    for value, label, n in groups.count_networks(conn, span):
        yield Figure("network", n, None, value, label, Ref("network", value, (span,), now))
    for author, name, n, reach in groups.list_reaching(conn, span, N_AUTHORS):
        ref = Ref("author", str(author), (span,), now)
        yield Figure("author", n, reach, str(author), name, ref)
