"""What the program understood of a mention: language, sentiment, intent, priority, each with how
sure it is. "Not rated" (no table for the language) is never shown as neutral."""

from collections.abc import Sequence
from enum import Enum

from socialdesk.domain.frozen import frozen

# The languages a mention can be told to be in; `analysis/language.py` offers the same (tested).
READABLE = ("ar", "de", "en", "es", "fr", "hi", "it", "kk", "ky", "pt", "ru", "tr", "uk")
VERSION = 1  # of the analysis; a higher one reads stored mentions again, in the background


class Sentiment(Enum):
    """The mood of the words towards what they speak of."""

    NOT_RATED = 0  # there is no table for this language
    UNSURE = 1  # rated, but too close to call
    NEGATIVE = 2
    NEUTRAL = 3
    POSITIVE = 4


class Intent(Enum):
    """What somebody wants with it; on the screen it is called "kind". (`mention.Kind` says how a
    network handed the post to us.)"""

    UNSURE = 0
    COMPLAINT = 1
    QUESTION = 2
    PRAISE = 3
    IDEA = 4
    PRESS = 5
    SPAM = 6
    OTHER = 7  # talk that asks nothing of us


@frozen
class Part:
    """One part of the priority score. `code`: see `analysis/priority.py`; `fact`: what it was
    about, for the sentence ("refund, late", "3")."""

    code: str
    points: float
    fact: str = ""


NEGATIVE_POINTS = 25  # of a mention that is certainly negative
PRESS_POINTS = 10
_OF_MOOD = frozenset({"negative", "mood_words"})


@frozen
class Insight:
    """Of one mention. Confidences in percent; `p_negative` -1 = not rated. `copy_of`: the first
    mention with nearly the same words, 0 = none. `parts`: of the score, as read. `label_id`: a
    label it may want, learned, 0 = none. `own_*`: corrected by a person."""

    version: int = VERSION
    lang: str = ""  # "" = unsure
    sentiment: Sentiment = Sentiment.NOT_RATED
    confidence: int = 0
    p_negative: int = -1
    intent: Intent = Intent.UNSURE
    intent_confidence: int = 0
    copy_of: int = 0
    parts: tuple[Part, ...] = ()
    label_id: int = 0
    own_lang: str = ""
    own_sentiment: Sentiment = Sentiment.NOT_RATED
    own_intent: Intent = Intent.UNSURE

    @property
    def lang_held(self) -> str:
        """What holds everywhere: corrected, else read. So for the other two."""
        return self.own_lang or self.lang

    @property
    def sentiment_held(self) -> Sentiment:
        is_own = self.own_sentiment is not Sentiment.NOT_RATED
        return self.own_sentiment if is_own else self.sentiment

    @property
    def intent_held(self) -> Intent:
        return self.own_intent if self.own_intent is not Intent.UNSURE else self.intent

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts of the score, with what a person corrected in the place of what was read."""
        return tuple(sorted(self._counted(), key=lambda part: (-abs(part.points), part.code)))

    def _counted(self) -> Sequence[Part]:
        if self.own_sentiment is Sentiment.NOT_RATED and self.own_intent is Intent.UNSURE:
            return self.parts
        found = list(self.parts)
        if self.own_sentiment is not Sentiment.NOT_RATED:
            is_negative = self.own_sentiment is Sentiment.NEGATIVE
            found = [p for p in found if p.code not in _OF_MOOD]
            found += [Part("negative", NEGATIVE_POINTS)] if is_negative else []
        if self.own_intent is not Intent.UNSURE:
            found = [p for p in found if p.code != "press"]
            found += [Part("press", PRESS_POINTS)] if self.own_intent is Intent.PRESS else []
        return found

    @property
    def score(self) -> float:
        """The sum of the parts that count."""
        return sum([part.points for part in self._counted()])

    @property
    def is_alarming(self) -> bool:
        """Words of danger: before every due time."""
        return "alarm" in [part.code for part in self.parts]


@frozen
class Understood:
    """What a screen shows of one mention. `label`: the one it may want, "" = none; `n_alike`:
    mentions with nearly the same words, itself included; `first_alike`: the first of them;
    `target_min`: the response target in minutes. `version` 0 in the insight = not read yet."""

    id: int
    insight: Insight
    label: str = ""
    n_alike: int = 1
    first_alike: int = 0
    due_at: int = 0
    target_min: int = 60
    priority: int = 0
    is_vip: bool = False
