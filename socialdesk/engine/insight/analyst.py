"""Understands mentions as they come: language, mood, kind, score; with the page, never before it.

2026-11: words are read on the thread that fetched (0.2 ms a mention), rows are written in the
page's own transaction, so a mention has its place in the order of need when it is first seen.
Whatever goes wrong here, or takes too long, costs the page nothing: it is stored without, and the
background reads it later (`engine/insight/reading_again.py`).
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Final, NamedTuple

from socialdesk.analysis.copies import KEPT, NONE, Copies, Shingles, shingles
from socialdesk.analysis.features import hashed
from socialdesk.analysis.lessons import Lessons
from socialdesk.analysis.priority import Around, own_alarms, parts_of_words, with_author
from socialdesk.analysis.reading import Reader, Reading
from socialdesk.domain.mentions.insight import Insight, Intent, Part, Sentiment
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.times.clock import Clock
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.savepoint import savepoint
from socialdesk.store.file.short_turns import SHORT_TURNS
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import insights
from socialdesk.store.insight.insights import Words
from socialdesk.store.mentions.pages import SavedPage

BUDGET_MS: Final = 2_000  # for the words of a page; the rest is read later
READ_CHARS: Final = 4_000  # of one mention

Key = tuple[str, str]  # title, body: whatever a page becomes, its words say which reading is whose
Looks = dict[Key, "Look"]

log = logging.getLogger(__name__)


class Look(NamedTuple):
    """What the words of one mention say, ready for its row: shares in percent, `p_negative` -1 =
    not rated, `parts` of its score. A `Reading` and its buckets would take 30 KB until then."""

    lang: str
    sentiment: Sentiment
    confidence: int
    p_negative: int
    intent: Intent
    intent_confidence: int
    parts: tuple[Part, ...]
    label_id: int = 0
    shingles: Shingles = NONE


class Analyst:
    """A step of the intake. `new_reader` makes the reader at the first words, `alarm_words` gives
    the operator's list. `misses` counts what has to be read later, `n_pages` the pages."""

    def __init__(
        self,
        readers: Readers,
        clock: Clock,
        new_reader: Callable[[], Reader],
        alarm_words: Callable[[], str],
    ) -> None:
        self._readers, self._clock = readers, clock
        self._new_reader, self._alarm_words = new_reader, alarm_words
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._copies: Copies | None = None
        self.lessons = Lessons()
        self.misses = self.n_pages = 0

    # --- with every page ---

    def prepare(
        self, network: str, mentions: Sequence[Mention]
    ) -> Callable[[Transaction, SavedPage], None]:
        """On the thread that fetched."""
        self.n_pages += 1
        looks = self.look_at((m.title, m.body, m.lang) for m in mentions)

        def finish(tx: Transaction, saved: SavedPage) -> None:
            ids = (*saved.new_ids, *saved.edited_ids)
            if ids:
                self.misses += len(ids) - self.save(tx, ids, looks)

        return finish

    def look_at(self, texts: Iterable[tuple[str, str, str]]) -> Looks:
        """(title, body, language told) of each, as far as the time goes. Never raises."""
        looks: Looks = {}
        end = self._clock.monotonic_ms() + BUDGET_MS
        try:
            reader, listed = self.reader(), self._alarm_words()
            self._fill_copies()
            for title, body, lang in texts:
                SHORT_TURNS.stand_aside()
                if self._clock.monotonic_ms() > end:
                    log.info("the words of a page take long: some are read later")
                    break
                looks[title, body] = self._look_safely(reader, title, body, lang, listed)
        except Exception:
            log.warning("mentions could not be read; they are stored without", exc_info=True)
        return looks

    def save(self, tx: Transaction, ids: Sequence[int], looks: Mapping[Key, Look]) -> int:
        """Insight of those whose words were looked at; how many. A failure takes back its own
        part of the transaction only."""
        try:
            with savepoint(tx):
                return self._save(tx, ids, looks)
        except Exception:
            if not tx.conn.in_transaction:  # a full disk took the page with it: it is not kept
                raise
            log.warning("what was read of mentions could not be stored", exc_info=True)
            return 0

    def reader(self) -> Reader:
        """Made once. Raises what its making raises."""
        with self._lock:
            if self._reader is None:
                self._reader = self._new_reader()
            return self._reader

    def forget_reader(self) -> None:
        """The languages it shall know were changed."""
        with self._lock:
            self._reader = None

    # --- one mention ---

    def _look_safely(self, reader: Reader, title: str, body: str, lang: str, listed: str) -> Look:
        """One text that breaks the analysis costs only itself."""
        try:
            return self._look(reader, title, body, lang, listed)
        except Exception:
            log.warning("the words of a mention could not be read", exc_info=True)
            return _look_from(Reading(), parts_of_words(Reading(), Around()))

    def _look(self, reader: Reader, title: str, body: str, lang: str, listed: str) -> Look:
        text = text_of(title, body)
        reading = reader.read(text, lang)
        label_id, raised = 0, 0.0
        if not self.lessons.is_empty:
            buckets = sorted(reading.buckets) or hashed(text)
            reading = self.lessons.applied(reading, buckets)
            label_id = self.lessons.label(buckets)
            raised = self.lessons.likeness_to_raised(buckets)
        around = Around(
            is_press=reading.intent is Intent.PRESS, own_alarms=own_alarms(text, listed),
            learned=raised,
        )  # fmt: skip
        return _look_from(reading, parts_of_words(reading, around), label_id, shingles(text))

    def _save(self, tx: Transaction, ids: Sequence[int], looks: Mapping[Key, Look]) -> int:
        found = []
        is_there = cache(partial(insights.exists, tx.conn))  # many copies have the same first
        for words in insights.words_of(tx.conn, ids):
            look = looks.get((words.title, words.body))
            if look is not None:
                copy_of = self._copy_of(words.id, look.shingles, is_there)
                found.append((words.id, insight_of(words, look, copy_of)))
        insights.save(tx, found)
        return len(found)

    # --- copies ---

    def _copy_of(self, id: int, found: Shingles, is_there: Callable[[int], bool]) -> int:
        if self._copies is None or not found:
            return 0
        first = self._copies.first_like(id, found)
        if first and not is_there(first):
            first = 0  # of a page that was rolled back, or erased since
        self._copies.add(id, found, first)
        return first

    def _fill_copies(self) -> None:
        """At the first words after a start: the newest mentions, 0.3 s for 5,000."""
        with self._lock:
            if self._copies is not None:
                return
            copies = Copies()
            for id, text, copy_of in self._readers.here(
                lambda conn: insights.recent_words(conn, KEPT)
            ):
                SHORT_TURNS.stand_aside()
                found = shingles(text[:READ_CHARS])
                copies.add(id, found, copy_of or copies.first_like(id, found))
            self._copies = copies


def text_of(title: str, body: str) -> str:
    """What is read of a mention."""
    return (f"{title}\n{body}" if title else body)[:READ_CHARS]


def _look_from(
    r: Reading, parts: tuple[Part, ...], label_id: int = 0, found: Shingles = NONE
) -> Look:
    p_negative = -1 if r.p_negative is None else _percent(r.p_negative)
    return Look(
        r.lang, r.sentiment, _percent(r.confidence), p_negative, r.intent,
        _percent(r.intent_confidence), parts, label_id, found,
    )  # fmt: skip


def insight_of(words: Words, look: Look, copy_of: int) -> Insight:
    """The row of a mention from its words and what stands around it."""
    around = Around(words.reach, words.n_earlier, words.is_first)
    return Insight(
        lang=look.lang, sentiment=look.sentiment, confidence=look.confidence,
        p_negative=look.p_negative, intent=look.intent, intent_confidence=look.intent_confidence,
        copy_of=copy_of, parts=with_author(look.parts, around), label_id=look.label_id,
    )  # fmt: skip


def _percent(share: float) -> int:
    return min(100, max(0, round(100 * share)))
