"""Questions we know the answer to: which entry fits what somebody asks, as it is typed.

Ranked by words, not by a model: the operator sees why an entry is there. A word counts by how rare
it is among the entries; a word that is only begun, or written with another ending, counts less.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from socialdesk.domain.frozen import frozen

WHOLE, BEGUN, STEM = 1.0, 0.8, 0.6  # how much a word counts by how it fits
STEM_CHARS = 5  # words that agree so far are one word with another ending (en, ru, kk)
QUESTION_WEIGHT = 2.0  # a word of the question against one of the answer
OTHER_LANGUAGE = 0.5
LEAST_SHARE = 0.3  # of what the typed words could score: less is chance, unless a long word fits
MAX_TYPED_WORDS = 40  # a mention has no more that matter


@frozen
class FaqEntry:
    """One known question with its answer, in one language. Times in ms UTC."""

    id: int
    question: str
    answer: str
    lang: str
    folder: str = ""
    person: str = ""  # who wrote it last
    changed_at: int = 0
    n_uses: int = 0
    is_archived: bool = False


@frozen
class FaqGap:
    """A question without an answer yet. `words`: as somebody asked or searched."""

    id: int
    mention_id: int
    words: str
    at: int
    faq_id: int = 0  # the entry that closed it, 0 = open


def words_of(text: str) -> list[str]:
    """Words in order, folded; a number is a word, one letter is none."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    kept = "".join(c if c.isalnum() else " " for c in folded)
    return [word for word in kept.split() if len(word) > 1 or word.isdigit()]


def find(entries: Sequence[FaqEntry], typed: str, lang: str = "", limit: int = 8) -> list[FaqEntry]:
    """The entries that fit best, best first; with nothing typed the most used ones. Entries in
    `lang` go before as good ones in another language."""
    live = [e for e in entries if not e.is_archived]
    wanted = list(dict.fromkeys(words_of(typed)))[:MAX_TYPED_WORDS]
    if not wanted:
        by_use = sorted(live, key=lambda e: (_is_other(e, lang), -e.n_uses, e.question.casefold()))
        return by_use[:limit]
    held = [(e, frozenset(words_of(e.question)), frozenset(words_of(e.answer))) for e in live]
    rarity = _rarity(wanted, [q | a for _, q, a in held])
    best = QUESTION_WEIGHT * sum(rarity.values())
    scored = []
    for entry, question, answer in held:
        score = sum(
            rarity[w] * max(QUESTION_WEIGHT * _fit(w, question), _fit(w, answer)) for w in wanted
        )
        is_near = any(len(w) >= STEM_CHARS and _fit(w, question) for w in wanted)
        if score >= LEAST_SHARE * best or is_near or _begins(entry, wanted):
            scored.append((score * (OTHER_LANGUAGE if _is_other(entry, lang) else 1.0), entry))
    scored.sort(key=lambda s: (-s[0], -s[1].n_uses, s[1].question.casefold()))
    return [entry for _, entry in scored[:limit]]


def _rarity(wanted: Iterable[str], held: Sequence[frozenset[str]]) -> dict[str, float]:
    """log(1 + n / n with the word); what no entry holds counts as the rarest does."""
    n = len(held)
    counts = Counter({w: sum(_fit(w, words) > 0 for words in held) for w in wanted})
    return {w: math.log(1 + n / max(1, found)) for w, found in counts.items()} if n else {}


def _fit(word: str, held: frozenset[str]) -> float:
    if word in held:
        return WHOLE
    if len(word) >= 3 and any(h.startswith(word) for h in held):
        return BEGUN
    stem = word[:STEM_CHARS]
    return STEM if len(stem) == STEM_CHARS and any(h.startswith(stem) for h in held) else 0.0


def _begins(entry: FaqEntry, wanted: Sequence[str]) -> bool:
    """What is typed is the beginning of the question: surely meant, however common its words."""
    question = words_of(entry.question)
    return question[: len(wanted) - 1] == list(wanted[:-1]) and (
        len(question) >= len(wanted) and question[len(wanted) - 1].startswith(wanted[-1])
    )


def _is_other(entry: FaqEntry, lang: str) -> bool:
    return bool(lang) and entry.lang.split("-")[0] != lang.split("-")[0]
