"""Learns from what people correct, label and raise: on this machine, in the background.

2026-11: a kind of lesson is learned anew from all its answers in the file whenever there are new
ones, so what is learned depends on the answers alone, undo included. The other kinds stay, and so
does a label whose answers are those it was learned from: all labels of a large file take seconds,
which a raised mention, or another label put on, need not cost. Nothing of it leaves the file: no
export, no report and no network code reads the table `learned`.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from socialdesk.analysis import learner, teaching
from socialdesk.analysis.lessons import Lessons, MoodLesson
from socialdesk.analysis.teaching import Case
from socialdesk.domain.changes import Area
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.engine.insight.analyst import Analyst, text_of
from socialdesk.engine.insight.reading_again import ReadingAgain
from socialdesk.engine.kit import Kit
from socialdesk.store.file.short_turns import SHORT_TURNS
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.insight import insights, learned
from socialdesk.store.insight.learned import Lesson
from socialdesk.store.triage import corrections
from socialdesk.store.triage.corrections import Answered

REST_MS: Final = 20_000  # between two lessons: corrections come in runs
CHECK_S: Final = 20.0
TURN: Final = -2  # no account has this number
LABELS: Final = 12  # that are learned, the commonest
MOST_WEARERS: Final = 500
READ_AGAIN: Final = 500  # newest undecided mentions, with what was learned
FORGETTING: Final = ("reset", "taken_up", "erased")
_SIDES: Final = ("negative", "positive")

log = logging.getLogger(__name__)


class Learning:
    """A part of the clockwork."""

    def __init__(self, kit: Kit, analyst: Analyst, again: ReadingAgain) -> None:
        self._kit, self._analyst, self._again = kit, analyst, again
        self._lock = threading.Lock()
        self._learned_from: Answered | None = None
        self._taught: Answered | None = None  # all that was learned here came from these
        self._of_labels: dict[bytes, Lesson] = {}  # by their answers; 0.3 MB each
        self._next_at = 0

    def after_jump(self) -> None:
        self._next_at = 0

    def step(self) -> float:
        """Learn when there is something new to learn from."""
        now = self._kit.clock.now_ms()
        if now < self._next_at:
            return (self._next_at - now) / 1000
        if self._learned_from is None:
            self._take_up()
        there = self._kit.readers.here(corrections.answered)
        if there != self._learned_from and self._kit.turns.take(TURN):
            self._next_at = now + REST_MS
            self._kit.pool.submit(self._run, there)
        return CHECK_S

    def _take_up(self) -> None:
        """At a start: what the file has. Learning again would give the same."""
        weights = self._kit.readers.here(learned.read_weights)
        self._analyst.lessons = lessons_of(weights)
        has_reports = bool(self._kit.readers.here(learned.reports))
        there = self._kit.readers.here(corrections.answered)
        self._learned_from = there if has_reports else Answered()

    def _run(self, there: Answered) -> None:
        try:
            self._learn(there)
            self._learned_from = self._taught = there
        except SocialDeskError as e:  # the file closes: the next start learns it
            log.info("learning pauses (%s)", e)
        except Exception:
            self._learned_from = there  # the same answers would fail again
            log.exception("nothing could be learned")
        finally:
            self._kit.turns.give_back(TURN)
            self._kit.done()

    def _learn(self, there: Answered) -> None:
        """What there are new answers to, kept and put to use; the other lessons stay as they are.
        After a start all of it: the last answers before may have come too late to be learned."""
        kinds: list[str] = []
        made: list[Lesson] = []
        if self._is_new(there, "corrected", "corrected_at"):
            kinds += ["sentiment", "intent"]
            made += self._moods_and_intents()
        if self._is_new(there, "labelled", "label_undone"):
            kinds += ["label"]
            made += self._labels()
        if self._is_new(there, "raised", "raise_undone"):
            kinds += ["priority"]
            made += self._priority()

        def write(tx: Transaction) -> None:
            learned.replace(tx, kinds, made)
            if any(one.weights for one in made):
                insights.forget_version(tx, READ_AGAIN)
            tx.touch(Area.INSIGHT)

        self._kit.writer.submit(write, priority=Priority.BACKGROUND).result()
        self._analyst.lessons = lessons_of(self._kit.readers.here(learned.read_weights))
        self._again.look_again()

    def _is_new(self, there: Answered, *names: str) -> bool:
        """Whether one of these parts is another than it was taught from, or all was forgotten."""
        taught = self._taught
        return taught is None or any(
            getattr(taught, name) != getattr(there, name) for name in (*names, *FORGETTING)
        )

    def _moods_and_intents(self) -> list[Lesson]:
        reader = self._analyst.reader()
        by_lang: dict[str, list[Case]] = defaultdict(list)
        intents = []
        for a in self._kit.readers.here(
            lambda conn: corrections.answers(conn, learned.since(conn))
        ):
            SHORT_TURNS.stand_aside()
            text = text_of(a.title, a.body)
            case = Case(text, reader.read(text, a.own_lang or a.lang), a.sentiment, a.intent)
            if a.sentiment is not Sentiment.NOT_RATED:
                by_lang[a.own_lang or case.reading.lang].append(case)
            if a.intent is not Intent.UNSURE:
                intents.append(case)
        made = [_of_moods(lang, cases) for lang, cases in sorted(by_lang.items()) if lang]
        return made + ([_of_intents(intents)] if intents else [])

    def _labels(self) -> list[Lesson]:
        least = teaching.MIN_SIDE
        labels = self._kit.readers.here(lambda c: corrections.labels_worn(c, least, LABELS))
        before, self._of_labels = self._of_labels, {}
        for id, name in labels:
            rows = self._kit.readers.here(lambda c, id=id: _rows_of_label(c, id))  # type: ignore[misc]
            answers = sha256(repr((id, name, rows)).encode()).digest()
            self._of_labels[answers] = before.get(answers) or _of_label(id, name, rows)
        return list(self._of_labels.values())

    def _priority(self) -> list[Lesson]:
        rows = self._kit.readers.here(
            lambda c: corrections.of_priority(c, MOST_WEARERS, learned.since(c))
        )
        if not rows:
            return []
        answers = [(text_of(t, b), y) for t, b, y in rows]
        model, report = teaching.teach_priority(answers, SHORT_TURNS.stand_aside)
        return [Lesson("priority", report, _weights({"yes": model} if model else {}))]


def _rows_of_label(conn: Connection, id: int) -> list[tuple[str, str, bool]]:
    return corrections.of_label(conn, id, MOST_WEARERS, learned.since(conn))


def _of_moods(lang: str, cases: list[Case]) -> Lesson:
    lesson, report = teaching.teach_moods(lang, cases, SHORT_TURNS.stand_aside)
    models = {"negative": lesson.negative, "positive": lesson.positive} if lesson else {}
    return Lesson(report.key, report, _weights(models))


def _of_intents(cases: list[Case]) -> Lesson:
    models, report = teaching.teach_intents(cases, SHORT_TURNS.stand_aside)
    named = {intent.name.lower(): model for intent, model in models.items()}
    return Lesson(report.key, report, _weights(named))


def _of_label(id: int, name: str, rows: Sequence[tuple[str, str, bool]]) -> Lesson:
    """`rows`: title, body, wears it; oldest first."""
    answers = [(text_of(title, body), is_worn) for title, body, is_worn in rows]
    model, report = teaching.teach_label(name, answers, SHORT_TURNS.stand_aside)
    return Lesson(f"label:{id}", report, _weights({"yes": model} if model else {}))


def _weights(models: dict[str, learner.Learned]) -> bytes:
    return learner.packed(models) if models else b""


def lessons_of(weights: dict[str, bytes]) -> Lessons:
    """Packed weights by key, ready for use; what is damaged is left out, and logged."""
    found = Lessons()
    for key, text in weights.items():
        try:
            found = _with(found, key, learner.unpacked(text))
        except (KeyError, TypeError, ValueError):
            log.warning("what was learned of %s is damaged; it is learned again", key)
    return found


def _with(found: Lessons, key: str, models: dict[str, learner.Learned]) -> Lessons:
    kind, _, name = key.partition(":")
    match kind:
        case "sentiment":
            lesson = MoodLesson(*(models[side] for side in _SIDES))
            return replace(found, moods={**found.moods, name: lesson})
        case "intent":
            intents = {Intent[intent.upper()]: model for intent, model in models.items()}
            return replace(found, intents=intents)
        case "label":
            return replace(found, labels={**found.labels, int(name): models["yes"]})
        case _:
            return replace(found, raised=models["yes"])
