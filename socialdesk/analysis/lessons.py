"""What was learned from corrections, put to use on a reading: a better mood and kind, a label it
may want, how much it is like what people here raise by hand.

A lesson is used only when it did better on corrections it had not seen than the shipped table
(`is_used` in its report, see `engine/insight/learning.py`); others are not given to this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from socialdesk.analysis.learner import Learned, logit
from socialdesk.analysis.reading import Reading
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment

SURE: Final = 0.5  # of a mood, to be told
NEITHER: Final = 0.4  # below it on both sides a mention is neutral
LABEL_SURE: Final = 0.7  # a wrong suggestion is noise on the screen
INTENT_SURE: Final = 0.6


@frozen
class MoodLesson:
    """Of one language: is it negative, is it positive."""

    negative: Learned
    positive: Learned


@frozen
class Lessons:
    """`moods` per language; `labels` per label id. Buckets: see features.hashed."""

    moods: Mapping[str, MoodLesson] = field(default_factory=dict)
    intents: Mapping[Intent, Learned] = field(default_factory=dict)
    labels: Mapping[int, Learned] = field(default_factory=dict)
    raised: Learned | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.moods or self.intents or self.labels or self.raised)

    def applied(self, reading: Reading, buckets: Sequence[int]) -> Reading:
        """The reading with what was learned about its language and kind."""
        lesson = self.moods.get(reading.lang)
        if lesson is not None:
            reading = _with_mood(reading, lesson, buckets)
        return self._with_intent(reading, buckets)

    def label(self, buckets: Sequence[int]) -> int:
        """The label that fits best, 0 = none fits well."""
        odds = [(model.probability(buckets), id) for id, model in self.labels.items()]
        best, id = max(odds, default=(0.0, 0))
        return id if best >= LABEL_SURE else 0

    def likeness_to_raised(self, buckets: Sequence[int]) -> float:
        """-1 (like what is never raised) to 1; 0 when nothing was learned."""
        return 0.0 if self.raised is None else 2 * self.raised.probability(buckets) - 1

    def _with_intent(self, reading: Reading, buckets: Sequence[int]) -> Reading:
        if not self.intents:
            return reading
        odds = {
            intent: model.probability(buckets, prior_of_intent(reading, intent))
            for intent, model in self.intents.items()
        }
        best = max(odds, key=lambda intent: odds[intent])
        if odds[best] < INTENT_SURE or odds[best] < reading.intent_confidence:
            return reading
        return replace(reading, intent=best, intent_confidence=odds[best])


def prior_of_negative(reading: Reading) -> float:
    """What the shipped table says, as log-odds; 0 = it does not know the language."""
    return 0.0 if reading.p_negative is None else logit(reading.p_negative)


def prior_of_positive(reading: Reading) -> float:
    """The same of "positive": the table tells how sure it is of its best mood only."""
    if reading.p_negative is None:
        return 0.0
    rest = max(0.0, 1 - reading.p_negative)
    if reading.sentiment is Sentiment.POSITIVE:
        return logit(reading.confidence)
    if reading.sentiment is Sentiment.NEUTRAL:
        return logit(max(0.0, rest - reading.confidence))
    return logit(rest / 2)


def prior_of_intent(reading: Reading, intent: Intent) -> float:
    """What the shipped reading says of a kind, as log-odds; 0 when it was unsure."""
    if reading.intent is Intent.UNSURE:
        return 0.0
    sure = reading.intent_confidence
    return logit(sure if reading.intent is intent else (1 - sure) / (len(Intent) - 2))


def _with_mood(reading: Reading, lesson: MoodLesson, buckets: Sequence[int]) -> Reading:
    negative = lesson.negative.probability(buckets, prior_of_negative(reading))
    positive = lesson.positive.probability(buckets, prior_of_positive(reading))
    sentiment, sure = mood_of(negative, positive)
    return replace(reading, p_negative=negative, sentiment=sentiment, confidence=sure)


def mood_of(negative: float, positive: float) -> tuple[Sentiment, float]:
    """The mood that two probabilities speak for, and how surely."""
    if max(negative, positive) >= SURE:
        is_negative = negative >= positive
        mood = Sentiment.NEGATIVE if is_negative else Sentiment.POSITIVE
        return mood, max(negative, positive)
    if max(negative, positive) < NEITHER:
        return Sentiment.NEUTRAL, 1 - max(negative, positive)
    return Sentiment.UNSURE, max(negative, positive)
