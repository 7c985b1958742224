"""Which template was used before for words like these. Transparent: the words that speak for it are
named, and nothing is suggested on chance alone."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.faq import STEM_CHARS, words_of

LEAST_USES = 2  # a template used once is no habit
LEAST_SCORE = 1.0  # nats for the template against all the others
MAX_WORDS = 60  # of a mention
SMOOTHING = 0.5
SHOWN_WORDS, LEAST_CHARS = 3, 4


@frozen
class PastUse:
    """A reply that was sent, from a template or (0) free. `words`: of the mention it answered;
    `intent`: what the mention wanted (value of `Intent`, 0 = unsure)."""

    template_id: int
    words: str
    intent: int = 0


@frozen
class Suggestion:
    """`because`: the words that speak for it most, as the new mention has them."""

    template_id: int
    score: float
    because: tuple[str, ...]
    n_uses: int


def suggest(
    uses: Sequence[PastUse], text: str, intent: int = 0, limit: int = 3
) -> list[Suggestion]:
    """The templates that answered mentions like this one, best first; [] when none stands out.

    Score: sum over the mention's words of log P(word | template) / P(word | other templates), the
    intent as one more word. Counted per mention, so that a long one weighs no more.
    """
    wanted = {**{_stem(w): w for w in reversed(words_of(text)[:MAX_WORDS])}, **_intent_word(intent)}
    held: dict[int, Counter[str]] = defaultdict(Counter)
    n_of: Counter[int] = Counter()
    for use in uses:
        n_of[use.template_id] += 1
        held[use.template_id].update({_stem(w) for w in words_of(use.words)[:MAX_WORDS]})
        held[use.template_id].update(_intent_word(use.intent).keys())
    everywhere = sum((held[t] for t in held), Counter())
    found = (
        _score(t, n, wanted, held[t], everywhere, len(uses))
        for t, n in n_of.items()
        if t and n >= LEAST_USES
    )
    fitting = [s for s in found if s.score >= LEAST_SCORE and s.because]
    return sorted(fitting, key=lambda s: (-s.score, -s.n_uses, s.template_id))[:limit]


def _score(
    template: int,
    n: int,
    wanted: dict[str, str],
    held: "Counter[str]",
    everywhere: "Counter[str]",
    n_all: int,
) -> Suggestion:
    parts: list[tuple[float, str]] = []
    for stem, word in wanted.items():
        if stem in everywhere:
            here = (held[stem] + SMOOTHING) / (n + 1)
            there = (everywhere[stem] - held[stem] + SMOOTHING) / (n_all - n + 1)
            parts.append((math.log(here / there), word))
    parts.sort(reverse=True)
    because = tuple(word for points, word in _shown(parts))
    return Suggestion(template, sum(points for points, _ in parts), because, n)


def _shown(parts: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    """Short words hold a sentence together; they are no reason that anybody would give."""
    named = [(points, word) for points, word in parts if points > 0 and len(word) >= LEAST_CHARS]
    return named[:SHOWN_WORDS]


def _stem(word: str) -> str:
    return word[:STEM_CHARS]


def _intent_word(intent: int) -> dict[str, str]:
    """As a word that no text holds, and that is shown nowhere."""
    return {f"\0{intent}": ""} if intent else {}
