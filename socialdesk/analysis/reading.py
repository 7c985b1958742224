"""What is read from the words of one mention, before anything about its author or time counts."""

from collections.abc import Collection
from dataclasses import field
from typing import Protocol

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment


@frozen
class Reading:
    """Probabilities and confidences 0 to 1. `lang`: ISO 639-1, "" = unsure. `p_negative` None =
    not rated: there is no table for the language. `negativity`: VADER's, 0 outside English."""

    lang: str = ""
    sentiment: Sentiment = Sentiment.NOT_RATED
    confidence: float = 0.0
    p_negative: float | None = None
    negativity: float = 0.0
    intent: Intent = Intent.UNSURE
    intent_confidence: float = 0.0
    failure_words: tuple[str, ...] = ()  # "late", "refund", "broken", distinct, as written
    danger_words: tuple[str, ...] = ()  # safety, legal, injury: always on top
    has_number: bool = False  # three digits or more: an order number, an amount
    has_question: bool = False
    asks_help: bool = False
    gives_thanks: bool = False
    n_words: int = 0
    is_link_only: bool = False
    # See features.buckets_of, for what was learned; empty when the reader had no use for them.
    buckets: Collection[int] = field(default=(), repr=False, compare=False)


class Reader(Protocol):
    """Reads words; loads its tables at the first text of a language. Safe on several threads."""

    def read(self, text: str, hint: str = "") -> Reading:
        """`hint`: the language as the network says it, "" = unknown. Never raises on any text."""
        ...
