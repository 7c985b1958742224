"""Every figure of a report, counted on one connection and so as of one commit.

Numbers are counts of what a question of `store/figures/figures.py` lists; only first-response times
need Python, because business hours are no SQL.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import accumulate
from typing import Final

from socialdesk.analysis.stop_words import STOP_WORDS
from socialdesk.analysis.topics import FEWEST, topics
from socialdesk.domain.figures import Figure, Figures, Quote, Ref
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.period import HOUR_MS, Period, Span, slots_of
from socialdesk.store.figures import figure_groups as groups
from socialdesk.store.figures import figures
from socialdesk.store.file.sqlite import Connection

Between = Callable[[int, int], int]
"""Milliseconds of business time from one moment to a later one (both ms UTC)."""

SINGLE: Final = ("received", "spam", "muted", "backfilled", "answerable", "answered",
                 "answered_elsewhere", "timed", "no_reply", "measured", "in_target", "late",
                 "no_label", "replied", "free_text", "promise_kept", "promise_late",
                 "promise_open", "promise_dropped")  # fmt: skip
# As `domain.mentions.insight.Sentiment`: bad to good, then unknown.
MOODS: Final = ("2", "3", "4", "1", "0")
N_TOPICS, N_ASKED = 8, 3
MOST_TEXTS: Final = 8_000  # 15 µs each to take apart; a busier period is sampled by second
WEEKS_BEFORE: Final = 4  # that topics are compared with
QUOTE_CHARS: Final = 240


@frozen
class Terms:
    """What figures are counted by. `zone_name`: as the report names it; `between`: business
    time."""

    zone: tzinfo
    zone_name: str
    target_min: int
    between: Between


def count_report(
    conn: Connection, period: Period, terms: Terms, now: int, unquoted: Collection[str] = ()
) -> Figures:
    """Everything a report of `period` says. `now`: ms UTC; a period that still runs is counted
    until now and compared with the whole one before. `unquoted`: networks whose words it must not
    hold."""
    span = period.span(terms.zone)
    before = period.step(-1).span(terms.zone)
    counting = _Counting(conn, span, before, terms, now, unquoted)
    numbers = [
        *counting.singles(),
        *counting.response_times(),
        *counting.parts(period),
        *counting.slots(),
        *counting.understood(),
        *counting.grouped("network", groups.count_networks),
        *counting.grouped("label", groups.count_labels),
        *counting.grouped("person", groups.count_people),
        *counting.grouped("template", groups.count_templates),
        counting.edits(),
    ]
    return Figures(
        spec=period.spec, zone=terms.zone_name, now=now, span=span, span_before=before,
        target_min=terms.target_min, numbers=tuple(numbers),
        gaps=tuple(gaps(conn, span, now)), quotes=tuple(counting.quotes()),
        asked=tuple(counting.asked()),
    )  # fmt: skip


@frozen
class _Counting:
    conn: Connection
    span: Span
    before: Span
    terms: Terms
    now: int
    unquoted: Collection[str] = ()

    def singles(self) -> Iterator[Figure]:
        for question in SINGLE:
            yield self._counted(question)
        end = min(self.span[1], self.now)
        for name, at in (("backlog_start", self.span[0]), ("backlog_end", end)):
            # mention ids are whole seconds: at a moment within one, that second counts as over
            edge = (at, -(-at // 1000) * 1000)
            n = figures.count(self.conn, "backlog", edge)
            yield Figure(name, n, ref=Ref("backlog", spans=(edge,), now=self.now))

    def _counted(self, question: str, value: str = "", label: str = "") -> Figure:
        now_before = min(self.now, self.before[1])
        n = figures.count(self.conn, question, self.span, value=value, now=self.now)
        earlier = figures.count(self.conn, question, self.before, value=value, now=now_before)
        return Figure(question, n, earlier, value, label, self._ref(question, value))

    def _ref(self, question: str, value: str = "") -> Ref:
        return Ref(question, value, (self.span,), self.now)

    def response_times(self) -> Iterator[Figure]:
        """Median and nine of ten, in ms of business time."""
        now, before = self._durations(self.span), self._durations(self.before)
        for name, share in (("first_reply_median", 0.5), ("first_reply_p90", 0.9)):
            yield Figure(
                name, percentile(now, share), percentile(before, share), ref=self._ref("timed")
            )

    def _durations(self, span: Span) -> list[int]:
        pairs = groups.list_response_times(self.conn, span)
        return sorted(self.terms.between(came, max(came, first)) for came, first in pairs)

    def parts(self, period: Period) -> Iterator[Figure]:
        """Hours of a day, days, or weeks; the period before beside it, place by place."""
        quarters = _Quarters(groups.count_quarters(self.conn, self.span))
        earlier = _Quarters(groups.count_quarters(self.conn, self.before))
        bins = period.bins(self.terms.zone)
        bins_before = period.step(-1).bins(self.terms.zone)
        for place, part in enumerate(bins):
            is_future = part.span[0] >= self.now
            was = bins_before[place].span if place < len(bins_before) else None
            yield Figure(
                "part", None if is_future else quarters.within(part.span),
                None if was is None else earlier.within(was),
                value=part.at.isoformat(timespec="minutes"),
                ref=Ref("part", spans=(part.span,), now=self.now),
            )  # fmt: skip

    def slots(self) -> Iterator[Figure]:
        """Hours of the week: value "weekday-hour", Monday = 0; those that held something."""
        quarters = _Quarters(groups.count_quarters(self.conn, self.span))
        slots = slots_of(self.span, self.terms.zone)
        for (weekday, hour), spans in sorted(slots.items()):
            if n := sum(map(quarters.within, spans)):
                yield Figure("slot", n, value=f"{weekday}-{hour}",
                             ref=Ref("slot", spans=spans, now=self.now))  # fmt: skip

    def understood(self) -> Iterator[Figure]:
        """Moods always all, so that "not rated" is seen; kinds and languages those there are."""
        now, before = self._understood(self.span), self._understood(self.before)
        for question, n_of, n_before in zip(("sentiment", "intent", "language"), now, before,
                                            strict=True):  # fmt: skip
            values: Iterable[str] = n_of
            if question == "sentiment":
                values = MOODS
            for value in values:
                yield Figure(question, n_of[value], n_before[value], value,
                             ref=self._ref(question, value))  # fmt: skip

    def _understood(self, span: Span) -> tuple[Counter[str], ...]:
        """Mentions by mood, kind and language, the most frequent first."""
        counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        for mood, intent, lang, n in groups.count_understood(self.conn, span):
            for counter, value in zip(counts, (str(mood), str(intent), lang), strict=True):
                counter[value] += n
        return tuple(Counter(dict(c.most_common())) for c in counts)

    def grouped(
        self, question: str, count: Callable[[Connection, Span], groups.Counted]
    ) -> Iterator[Figure]:
        earlier = {value: n for value, _, n in count(self.conn, self.before)}
        for value, label, n in count(self.conn, self.span):
            yield Figure(question, n, earlier.get(value, 0), value, label,
                         self._ref(question, value))  # fmt: skip

    def edits(self) -> Figure:
        """The median of characters changed in a reply made of a template."""
        now = groups.list_edits(self.conn, self.span)
        before = groups.list_edits(self.conn, self.before)
        return Figure("edit_median", percentile(now, 0.5), percentile(before, 0.5))

    def quotes(self) -> list[Quote]:
        """What is new in the period."""
        weeks = (self.span[0] - WEEKS_BEFORE * 7 * 24 * HOUR_MS, self.span[0])
        return new_topics(
            self.conn, self.span, weeks, self.now, N_TOPICS, MOST_TEXTS, self.unquoted
        )

    def asked(self) -> list[Quote]:
        """What sets questions apart from all that was said."""
        texts = groups.list_asked(self.conn, self.span, MOST_TEXTS, self.unquoted)
        if len(texts) < FEWEST:
            return []
        others = _sample(self.conn, self.span, MOST_TEXTS, self.unquoted)
        return _quoted(self.conn, "asked", texts, others, self.span, None, self.now, N_ASKED)


def new_topics(
    conn: Connection,
    span: Span,
    before: Span,
    now: int,
    limit: int,
    most_texts: int,
    unquoted: Collection[str] = (),
) -> list[Quote]:
    """Phrases that set `span` apart from `before`. Which they are may come from a sample; how often
    they are said is counted in the file."""
    texts = _sample(conn, span, most_texts, unquoted)
    earlier = _sample(conn, before, most_texts, unquoted)
    return _quoted(conn, "phrase", texts, earlier, span, before, now, limit)


def _quoted(
    conn: Connection,
    question: str,
    texts: Sequence[tuple[int, str]],
    others: Sequence[tuple[int, str]],
    span: Span,
    before: Span | None,
    now: int,
    limit: int,
) -> list[Quote]:
    words, other_words = [text for _, text in texts], [text for _, text in others]
    found = topics(words, other_words, STOP_WORDS, groups.brand_names(conn), limit)
    quotes = []
    for topic in found:
        mention_id, text = texts[topic.typical]
        match = figures.phrase_match(topic.phrase)
        n = figures.count(conn, question, span, value=match)
        n_before = 0 if before is None else figures.count(conn, question, before, value=match)
        shown = " ".join(text.split())[:QUOTE_CHARS]
        ref = Ref(question, match, (span,), now)
        quotes.append(Quote(topic.phrase, n, n_before, mention_id, shown, ref))
    return quotes


def gaps(conn: Connection, span: Span, now: int) -> Iterator[Span]:
    """Stretches of whole hours in which no fetch worked, from the first account on until now."""
    start = max(span[0], groups.watched_since(conn) or now)
    watched = set(groups.list_watched_hours(conn, span))
    first = -(-start // HOUR_MS) * HOUR_MS  # the hour it was connected in is watched from then on
    begun = 0
    end = min(span[1], now) // HOUR_MS * HOUR_MS  # the hour that runs may still be watched
    for hour in range(first, end, HOUR_MS):
        if hour in watched and begun:
            yield begun, hour
            begun = 0
        elif hour not in watched and not begun:
            begun = hour
    if begun:
        yield begun, end


def percentile(values: Sequence[int], share: float) -> float | None:
    """Of sorted values the one at or below which `share` of them lie (nearest rank); the median of
    an even number is the mean of the middle two. None of nothing."""
    if not values:
        return None
    if share == 0.5 and len(values) % 2 == 0:
        return (values[len(values) // 2 - 1] + values[len(values) // 2]) / 2
    return float(values[max(0, -(-int(share * 100) * len(values) // 100) - 1)])


def _sample(
    conn: Connection, span: Span, most: int, unquoted: Collection[str] = ()
) -> list[tuple[int, str]]:
    n = figures.count(conn, "received", span)
    return groups.list_texts(conn, span, most, max(1, -(-n // most)), unquoted)


class _Quarters:
    """Counts by quarter of an hour, summed over any span of whole quarters."""

    def __init__(self, counts: dict[int, int]) -> None:
        self._starts = sorted(counts)
        self._sums = [0, *accumulate(counts[start] for start in self._starts)]

    def within(self, span: Span) -> int:
        first, last = (bisect_left(self._starts, edge) for edge in span)
        return self._sums[last] - self._sums[first]
