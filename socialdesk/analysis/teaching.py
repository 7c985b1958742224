"""Lessons from corrections, each judged on the newest corrections it had not seen before it is
used.

A lesson for something the shipped tables answer is used when it is no worse than they are. One for
which there is no table (Russian moods, labels, priority) has to show more: without the table's help
the figures of text.md begin at an F1 of .44, so it needs MIN_NEW corrections with MIN_SIDE of each
answer, and must tell both answers apart in GOOD of the held-out cases (.5 is guessing).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from socialdesk.analysis.features import bucket, grams, hashed, tidied, tokens
from socialdesk.analysis.learner import (
    Example,
    Learned,
    Marks,
    Rest,
    Rows,
    at_once,
    held_out,
    judge,
    learn,
)
from socialdesk.analysis.lessons import (
    LABEL_SURE,
    MoodLesson,
    mood_of,
    prior_of_intent,
    prior_of_negative,
    prior_of_positive,
)
from socialdesk.analysis.reading import Reading
from socialdesk.analysis.stop_words import STOP_WORDS
from socialdesk.domain.frozen import frozen
from socialdesk.domain.learning import LessonReport, Why
from socialdesk.domain.mentions.insight import Intent, Sentiment

MIN_KNOWN: Final = 10  # corrections beside a shipped table; text.md: .834 after 50, .600 before
MIN_NEW: Final = 60
MIN_SIDE: Final = 15
GOOD: Final = 0.65  # balanced accuracy
GOOD_LABEL: Final = 0.6  # of what is suggested, rightly
SHOWN_WORDS: Final = 8
LEAST_TEXTS: Final = 2  # that a shown word stands in


@frozen
class Case:
    """One answer of a person: the words, what the shipped tables read in them, the answer."""

    text: str
    reading: Reading
    sentiment: Sentiment = Sentiment.NOT_RATED
    intent: Intent = Intent.UNSURE

    @property
    def buckets(self) -> Sequence[int]:
        """See features.hashed."""
        return sorted(self.reading.buckets) or hashed(self.text)


def teach_moods(
    lang: str, cases: Sequence[Case], rest: Rest = at_once
) -> tuple[MoodLesson | None, LessonReport]:
    """Of one language. `cases`: with a sentiment each, oldest first. `rest`: see learner."""
    has_table = any(c.reading.p_negative is not None for c in cases)
    needed = MIN_KNOWN if has_table else MIN_NEW
    key = f"sentiment:{lang}"
    if why := _too_few(cases, needed, lambda c: c.sentiment is Sentiment.NEGATIVE, has_table):
        return None, LessonReport(key, len(cases), needed, why=why)
    before, after = _split(cases)
    report = _judged_moods(key, _moods(before, rest), after, len(cases), needed, has_table)
    lesson = _moods(cases, rest)
    report = _with_words(report, cases, {"negative": lesson.negative, "positive": lesson.positive})
    return (lesson if report.is_used else None), report


def teach_intents(
    cases: Sequence[Case], rest: Rest = at_once
) -> tuple[dict[Intent, Learned], LessonReport]:
    """Every kind that was corrected to often enough. `cases`: with an intent each, oldest first."""
    if len(cases) < MIN_KNOWN:
        return {}, LessonReport("intent", len(cases), MIN_KNOWN)
    before, after = _split(cases)
    early = _intents(before, rest)
    if not early:
        return {}, LessonReport("intent", len(cases), MIN_KNOWN, why=Why.ONE_SIDED)

    def answer(case: Case) -> Intent:
        buckets = case.buckets
        odds = {i: m.probability(buckets, prior_of_intent(case.reading, i))
                for i, m in early.items()}  # fmt: skip
        return max(odds, key=lambda intent: odds[intent])

    n_right = sum(answer(c) is c.intent for c in after)
    n_before = sum(c.reading.intent is c.intent for c in after)
    why = Why.USED if n_right >= n_before else Why.NO_BETTER
    models = _intents(cases, rest)
    report = LessonReport("intent", len(cases), MIN_KNOWN, len(after), n_right, n_before,
                          why=why)  # fmt: skip
    report = _with_words(report, cases, {i.name.lower(): m for i, m in models.items()})
    return (models if report.is_used else {}), report


def teach_label(
    name: str, answers: Sequence[tuple[str, bool]], rest: Rest = at_once
) -> tuple[Learned | None, LessonReport]:
    """`answers`: (text, wears the label), oldest first."""
    return _taught(f"label:{name}", answers, rest, is_good=_is_good_label, sure=LABEL_SURE)


def teach_priority(
    answers: Sequence[tuple[str, bool]], rest: Rest = at_once
) -> tuple[Learned | None, LessonReport]:
    """`answers`: (text, was raised by hand), oldest first."""
    return _taught(
        "priority", answers, rest, is_good=lambda marks: marks.balanced >= GOOD, sure=0.5
    )


def _taught(
    key: str,
    answers: Sequence[tuple[str, bool]],
    rest: Rest,
    *,
    is_good: Callable[[Marks], bool],
    sure: float,
) -> tuple[Learned | None, LessonReport]:
    if why := _too_few(answers, MIN_NEW, lambda one: one[1], has_table=False):
        return None, LessonReport(key, len(answers), MIN_NEW, why=why)
    examples = [Example(hashed(text), is_yes) for text, is_yes in answers]
    before, after = held_out(examples)
    early = learn(before, rest=rest)
    marks = judge(lambda e: early.probability(e.buckets) >= sure, after)
    report = LessonReport(
        key, len(answers), MIN_NEW, marks.n, marks.n_hits + marks.n_rest, f1=round(100 * marks.f1),
        why=Why.USED if is_good(marks) else Why.WEAK,
    )  # fmt: skip
    model = learn(examples, rest=rest)
    words = top_words([text for text, _ in answers], model)
    return (model if report.is_used else None), replace(report, words=(("yes", words),))


def _is_good_label(marks: Marks) -> bool:
    told = marks.n_hits + marks.n_false
    return marks.n_hits > 0 and marks.n_hits / told >= GOOD_LABEL


def _too_few(
    cases: Sequence[object], needed: int, is_yes: Callable[..., bool], has_table: bool
) -> Why | None:
    if len(cases) < needed:
        return Why.FEW
    n_yes = sum(is_yes(case) for case in cases)
    least = 1 if has_table else MIN_SIDE
    return Why.ONE_SIDED if min(n_yes, len(cases) - n_yes) < least else None


def _split(cases: Sequence[Case]) -> tuple[Sequence[Case], Sequence[Case]]:
    n = len(held_out([Example((), True)] * len(cases))[1])
    return cases[: len(cases) - n], cases[len(cases) - n :]


def _moods(cases: Sequence[Case], rest: Rest) -> MoodLesson:
    buckets = [c.buckets for c in cases]
    rows = Rows(buckets, rest)
    negative = [
        Example(b, c.sentiment is Sentiment.NEGATIVE, prior_of_negative(c.reading))
        for b, c in zip(buckets, cases, strict=True)
    ]
    positive = [
        Example(b, c.sentiment is Sentiment.POSITIVE, prior_of_positive(c.reading))
        for b, c in zip(buckets, cases, strict=True)
    ]
    return MoodLesson(learn(negative, rows, rest), learn(positive, rows, rest))


def _judged_moods(
    key: str, lesson: MoodLesson, after: Sequence[Case], n: int, needed: int, has_table: bool
) -> LessonReport:
    told = [_mood(lesson, case) for case in after]
    truth = [case.sentiment for case in after]
    read = [case.reading.sentiment for case in after]
    marks, marks_before = _of_negative(told, truth), _of_negative(read, truth)
    n_right = sum(map(_same, told, truth))
    n_before = sum(map(_same, read, truth)) if has_table else -1
    if has_table:
        is_good = marks.f1 >= marks_before.f1 or n_right > n_before
        why = Why.USED if is_good else Why.NO_BETTER
    else:
        why = Why.USED if marks.balanced >= GOOD else Why.WEAK
    f1_before = round(100 * marks_before.f1) if has_table else -1
    return LessonReport(key, n, needed, len(after), n_right, n_before, round(100 * marks.f1),
                        f1_before, why)  # fmt: skip


def _same(one: Sentiment, other: Sentiment) -> bool:
    return one is other


def _mood(lesson: MoodLesson, case: Case) -> Sentiment:
    buckets = case.buckets
    return mood_of(
        lesson.negative.probability(buckets, prior_of_negative(case.reading)),
        lesson.positive.probability(buckets, prior_of_positive(case.reading)),
    )[0]


def _of_negative(told: Sequence[Sentiment], truth: Sequence[Sentiment]) -> Marks:
    pairs = Counter(
        (a is Sentiment.NEGATIVE, b is Sentiment.NEGATIVE) for a, b in zip(told, truth, strict=True)
    )
    return Marks(pairs[True, True], pairs[True, False], pairs[False, True], pairs[False, False])


def _intents(cases: Sequence[Case], rest: Rest) -> dict[Intent, Learned]:
    n_of = Counter(case.intent for case in cases)
    buckets = [case.buckets for case in cases]
    rows = Rows(buckets, rest)
    return {
        intent: learn(
            [Example(b, c.intent is intent, prior_of_intent(c.reading, intent))
             for b, c in zip(buckets, cases, strict=True)],
            rows,
            rest,
        )
        for intent, n in sorted(n_of.items(), key=lambda one: one[0].value)
        if n >= 3 and n < len(cases)
    }  # fmt: skip


def _with_words(
    report: LessonReport, cases: Sequence[Case], models: dict[str, Learned]
) -> LessonReport:
    texts = [case.text for case in cases]
    words = tuple((name, top_words(texts, model)) for name, model in models.items())
    return replace(report, words=words)


def top_words(texts: Iterable[str], model: Learned, limit: int = SHOWN_WORDS) -> tuple[str, ...]:
    """The words and pairs of `texts` that speak most for "yes", with the pieces inside them; words
    without content of their own are not named."""
    n_of: Counter[str] = Counter()
    for text in texts:
        words = tokens(tidied(text))
        n_of.update({w for w in words if w[0].isalpha() and len(w) > 1})
        n_of.update(f"{a} {b}" for a, b in pairwise(words)
                    if a[0].isalpha() and b[0].isalpha())  # fmt: skip
    weights = {
        word: sum(model.weights[bucket(gram)] for gram in set(grams(word.split(" "))))
        for word, n in n_of.items()
        if n >= LEAST_TEXTS and STOP_WORDS.isdisjoint(word.split(" "))
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))
    return tuple(word for word in best[:limit] if weights[word] > 0)
