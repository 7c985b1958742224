"""What the program understood of a mention: language, sentiment, intent, priority, each with how
sure it is. "Not rated" (no table for the language) is never shown as neutral."""

from dataclasses import dataclass
from enum import Enum

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


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the priority score. `code`: see `analysis/priority.py`; `fact`: what it was
    about, for the sentence ("refund, late", "3")."""

    code: str
    points: float
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Insight:
    """Of one mention. Confidences in percent; `p_negative` -1 = not rated. `copy_of`: the first
    mention with nearly the same words, 0 = none. `own_*`: corrected by a person."""

    version: int = VERSION
    lang: str = ""  # "" = unsure
    sentiment: Sentiment = Sentiment.NOT_RATED
    confidence: int = 0
    p_negative: int = -1
    intent: Intent = Intent.UNSURE
    intent_confidence: int = 0
    copy_of: int = 0
    parts: tuple[Part, ...] = ()
    own_lang: str = ""
    own_sentiment: Sentiment = Sentiment.NOT_RATED
    own_intent: Intent = Intent.UNSURE

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)
