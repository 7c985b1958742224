"""What somebody wants with a mention, from cues that anybody can check; unsure rather than guess.

No labelled texts exist for this, so nothing is learned here: each cue gives points, the points
become shares, and the best kind is told only if its share is LEAST or more. The points were set by
hand on part `tune` of tests/fixtures/understanding/kinds.tsv; `make eval` shows the other part.
"""

from collections.abc import Mapping
from typing import Final

from socialdesk.analysis.mood_table import softmax
from socialdesk.analysis.words import Cue, Found
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment

LEAST: Final = 0.5
MANY_TAGS: Final = 5
_CUES: Final = tuple(Cue)  # walking through an Enum takes ten times as long
_ORDER: Final = (
    Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE, Intent.IDEA, Intent.PRESS, Intent.SPAM,
    Intent.OTHER,
)  # fmt: skip


@frozen
class Signs:
    """What a text shows besides its words. `moods`: None = there is no table for its language."""

    found: Found
    moods: Mapping[Sentiment, float] | None
    n_words: int
    n_links: int
    n_tags: int
    has_question_mark: bool
    first_word_asks: bool


def intent_of(signs: Signs) -> tuple[Intent, float]:
    """The kind and its share, 0 to 1; UNSURE with the share of the best when that is too little."""
    if not signs.n_words and not signs.n_links:
        return Intent.UNSURE, 0.0
    shares = softmax(_points(signs))
    best = max(shares)
    return (_ORDER[shares.index(best)] if best >= LEAST else Intent.UNSURE), best


def _points(signs: Signs) -> list[float]:
    """In the order of _ORDER."""
    n = {cue: len(signs.found.get(cue, ())) for cue in _CUES}
    bad, good, even = _leanings(signs.moods)
    trouble = _first_counts(n[Cue.FAILURE]) + _first_counts(n[Cue.DANGER]) + 2.0 * bad
    delight = _first_counts(n[Cue.PRAISE]) + 2.0 * min(n[Cue.THANKS], 1) + 2.0 * good
    asking = _asking(signs, n) - 0.4 * trouble
    praising = delight - trouble - (1.5 if signs.has_question_mark else 0.0)
    wishing = 4.0 * min(n[Cue.IDEA], 2)
    writing = 4.0 * min(n[Cue.PRESS], 2) - 0.5 * trouble
    selling = _selling(signs, n) - 0.3 * trouble
    talking = 1.0 + 1.5 * even + (1.0 if signs.n_words < 3 else 0.0)
    return [trouble - 0.5 * delight, asking, praising, wishing, writing, selling, talking]


def _first_counts(n: int) -> float:
    """The first word of a cue says most of it."""
    return 2.0 + 0.8 * (min(n, 3) - 1) if n else 0.0


def _leanings(moods: Mapping[Sentiment, float] | None) -> tuple[float, float, float]:
    """How far the table leans to bad, to good and to neutral, 0 to 1 each."""
    if not moods:
        return 0.0, 0.0, 0.0
    blind = 1 / len(moods)
    bad, neutral, good = (
        max(0.0, moods.get(mood, 0.0) - blind) / (1 - blind)
        for mood in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
    )
    return bad, good, neutral


def _asking(signs: Signs, n: Mapping[Cue, int]) -> float:
    points = 2.5 if signs.has_question_mark else 0.0
    points += 1.0 if signs.first_word_asks else 0.0
    return points + 1.5 * min(n[Cue.QUESTION], 2) + 0.8 * min(n[Cue.HELP], 2)


def _selling(signs: Signs, n: Mapping[Cue, int]) -> float:
    points = 1.5 * min(n[Cue.SPAM], 3)
    if signs.n_links:
        points += 1.5 if n[Cue.SPAM] else 0.5
    return points + (1.0 if signs.n_tags > MANY_TAGS else 0.0)
