"""Alerts that need no baseline: words of a playbook, people who wait, copies, a slow burn."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from socialdesk.analysis.slow_burn import WEEKS, is_slow_burn
from socialdesk.analysis.spikes import surprise
from socialdesk.analysis.topics import Topic
from socialdesk.domain.crisis.alert import AlertKind, Found, Level
from socialdesk.domain.playbooks.playbook import Playbook
from socialdesk.domain.playbooks.playbook_words import which_watch
from socialdesk.engine.alerts.phrases import new_phrases
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import alert_counts
from socialdesk.store.insight.alert_counts import Words

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS
WEEK_MS: Final = 7 * DAY_MS

WORDS_MS: Final = 30 * MINUTE_MS
WORDS_AUTHORS: Final = 3  # different ones, on one playbook
WAITING_MS: Final = 60 * MINUTE_MS
WAITING_FEWEST: Final = 3  # complaints, by different authors
WAITING_BACK_MS: Final = DAY_MS  # older ones were passed over knowingly, our choice
NEWS_SURPRISE: Final = 2.0  # of a topic against the week before, our choice
NEWS_SHAPE: Final = 3.0
COPY_MS: Final = DAY_MS

MOST: Final = 2_000  # mentions looked at
MOST_CHARS: Final = 2_000  # of one
N_TOPICS: Final = 30


class WatchWords:
    """Which playbooks the words of a mention name. Each mention is read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, ...]] = {}
        self._playbooks: Sequence[Playbook] = ()

    def find(self, conn: Connection, now: int, playbooks: Sequence[Playbook]) -> list[Found]:
        """At least WORDS_AUTHORS authors within WORDS_MS on one playbook."""
        if playbooks != self._playbooks:
            self._known, self._playbooks = {}, playbooks
        recent = alert_counts.words_between(conn, now - WORDS_MS, now + MINUTE_MS, MOST)
        ids: dict[str, list[int]] = defaultdict(list)
        authors: dict[str, set[int]] = defaultdict(set)
        for words in recent:
            for playbook in self._of(words):
                ids[playbook].append(words.id)
                authors[playbook].add(words.author_id)
        self._forget({words.id for words in recent})
        return [
            _found(AlertKind.WATCH_WORDS, playbook, tuple(ids[playbook]), len(named),
                   minutes=WORDS_MS // MINUTE_MS)
            for playbook, named in sorted(authors.items())
            if len(named) >= WORDS_AUTHORS
        ]  # fmt: skip

    def _of(self, words: Words) -> tuple[str, ...]:
        if words.id not in self._known:
            self._known[words.id] = which_watch(words.text[:MOST_CHARS], self._playbooks)
        return self._known[words.id]

    def _forget(self, kept: Collection[int]) -> None:
        self._known = {id: named for id, named in self._known.items() if id in kept}


class Waiting:
    """Complaints on one topic that nobody answers. Topics are sought when other ones wait."""

    def __init__(self) -> None:
        self._last: tuple[tuple[int, ...], frozenset[str]] = ((), frozenset())
        self._found: list[Found] = []

    def find(
        self, conn: Connection, now: int, known: Collection[str], first_watched: int
    ) -> list[Found]:
        """`known`: topics of alerts that are open; they come before new ones. `first_watched`: ms
        UTC, for a workspace younger than the week before."""
        waiting = alert_counts.complaints(
            conn, now - WAITING_BACK_MS, now - WAITING_MS, only_unanswered=True, limit=MOST
        )
        state = tuple(words.id for words in waiting), frozenset(known)
        if state != self._last:
            days = min(WEEK_MS, max(DAY_MS, now - first_watched)) / DAY_MS
            self._last = state
            self._found = self._topics(conn, now, waiting, sorted(known), days)
        return self._found

    def _topics(
        self,
        conn: Connection,
        now: int,
        waiting: Sequence[Words],
        known: Sequence[str],
        days: float,
    ) -> list[Found]:
        found: list[Found] = []
        left = list(waiting)
        for topic in known:
            left = _take(AlertKind.WAITING, topic, left, found)
        if len(left) < WAITING_FEWEST:
            return found
        before = alert_counts.words_between(conn, now - WEEK_MS, now, MOST)
        ids = {words.id for words in waiting}
        others = [words.text for words in before if words.id not in ids]
        phrases = new_phrases(conn, [words.text for words in left], others, N_TOPICS)
        for phrase in phrases:
            if _is_news(phrase, days):
                left = _take(AlertKind.WAITING, phrase.phrase, left, found)
        return found


def _is_news(topic: Topic, days: float) -> bool:
    """What is said as often on any of the `days` before is no topic: what a shop sells."""
    per_day = (topic.n_before + 1) / days
    return surprise(topic.n, per_day, NEWS_SHAPE) >= NEWS_SURPRISE


def _take(kind: AlertKind, topic: str, left: list[Words], found: list[Found]) -> list[Words]:
    """Those that speak of `topic` become a finding when they are enough; the others are left."""
    held = [words for words in left if speaks_of(words.text, topic)]
    authors = {words.author_id for words in held}
    if len(authors) < WAITING_FEWEST:
        return left
    minutes = WAITING_MS // MINUTE_MS
    found.append(
        _found(kind, topic, tuple(w.id for w in held), len(authors), minutes=minutes)
    )  # fmt: skip
    return [words for words in left if words not in held]


def find_copies(conn: Connection, now: int, fewest: int) -> list[Found]:
    """Near-identical texts by at least `fewest` authors within a day."""
    since = now - COPY_MS
    return [
        _found(AlertKind.COPY, str(first), tuple(alert_counts.copies_of(conn, first, since)),
               n_authors, fewest=fewest)
        for first, n_authors in alert_counts.copied(conn, since, fewest)
    ]  # fmt: skip


def find_slow_burns(conn: Connection, now: int) -> list[Found]:
    """Topics whose weekly complaints went up four times running. For once a day: it reads five
    weeks of complaints."""
    weeks = [
        alert_counts.complaints(
            conn, now - (n + 1) * WEEK_MS, now - n * WEEK_MS, only_unanswered=False, limit=MOST
        )
        for n in reversed(range(WEEKS))
    ]
    if not all(weeks):
        return []
    texts = [[words.text[:MOST_CHARS].casefold() for words in week] for week in weeks]
    phrases = new_phrases(conn, texts[-1], (), N_TOPICS)
    found: list[Found] = []
    for phrase in phrases:
        counts = [sum(speaks_of(text, phrase.phrase) for text in week) for week in texts]
        held = [w for w in weeks[-1] if speaks_of(w.text, phrase.phrase)]
        is_told = any({w.id for w in held} <= set(one.mentions) for one in found)
        if is_slow_burn(counts) and not is_told:
            facts = {f"week_{n}": count for n, count in enumerate(counts, 1)}
            authors = {words.author_id for words in held}
            found.append(
                _found(AlertKind.SLOW_BURN, phrase.phrase, tuple(w.id for w in held),
                       len(authors), **facts)
            )  # fmt: skip
    return found


def speaks_of(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` (case-folded) stand in the text next to each other."""
    return phrase in text.casefold()


def _found(
    kind: AlertKind, topic: str, ids: tuple[int, ...], n_authors: int, **facts: int
) -> Found:
    return Found(
        kind, Level.ALERT, ids, topic=topic,
        facts={"n": len(ids), "n_authors": n_authors, **facts},
    )  # fmt: skip
