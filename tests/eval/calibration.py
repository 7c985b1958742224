"""How sure a table may say it is: fitted on texts that its training did not see."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from socialdesk.analysis.features import buckets_of, tidied, tokens
from socialdesk.analysis.mood_table import MoodTable
from socialdesk.analysis.reader import LISTS_FOR, n_cues
from socialdesk.analysis.vader import Vader
from socialdesk.analysis.words import Words
from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.places import resource
from tests.eval.labelled import Sample, folds
from tests.eval.moods import log_loss, train

N_FOLDS: Final = 5
HEATS: Final = tuple(0.3 + 0.05 * n for n in range(40))
# Of the moods that are told, this share shall be right: below it "unsure" is more use than a mood.
RIGHT: Final = {2: 0.85, 3: 0.7}
MAX_UNSURE: Final = 0.25  # nor may more than this share of the texts be left without one
LOWEST: Final = {2: 0.6, 3: 0.42}  # but never below this: a brand's stream is harder than the data

Shares = dict[Sentiment, float]


def held_out(table: MoodTable, samples: Sequence[Sample]) -> list[Shares]:
    """Per text what a table says that was learned from the other folds, with `table`'s settings."""
    answers: list[Shares] = [{} for _ in samples]
    for part in folds(samples, N_FOLDS):
        hidden = set(part)
        rest = [sample for n, sample in enumerate(samples) if n not in hidden]
        fresh = train(rest, table.lang)
        learned = replace(table, weights=fresh.weights, bias=fresh.bias, scale=fresh.scale)
        for n in part:
            answers[n] = answer(learned, samples[n].text)
    return answers


def answer(table: MoodTable, text: str) -> Shares:
    """What the table says about a text, with all that the program blends in."""
    words = tokens(tidied(text))
    compound = _vader.compound(text) if table.pull else 0.0
    found = _lists(table.lang).found_in(words) if table.cue else {}
    return table.probabilities(buckets_of(words), compound, *n_cues(found))


_vader: Final = Vader()


@cache
def _lists(lang: str) -> Words:
    return Words.read(
        resource("models", "words", f"{name}.toml") for name in LISTS_FOR.get(lang, (lang,))
    )


def calibrated(table: MoodTable, samples: Sequence[Sample]) -> MoodTable:
    """The table with the `heat` and the `least` that suit what it says about unseen texts."""
    truth = [sample.mood for sample in samples]
    cold = held_out(replace(table, heat=1.0), samples)
    heat = min(HEATS, key=lambda heat: log_loss([warmed(p, heat) for p in cold], truth))
    shares = [warmed(p, heat) for p in cold]
    return replace(table, heat=round(heat, 2), least=least_share(shares, truth))


def warmed(shares: Shares, heat: float) -> Shares:
    """The same probabilities at another heat."""
    powers = {mood: max(share, 1e-12) ** (1 / heat) for mood, share in shares.items()}
    total = sum(powers.values())
    return {mood: power / total for mood, power in powers.items()}


def least_share(shares: Sequence[Shares], truth: Sequence[Sentiment]) -> float:
    """The smallest share from which on RIGHT of the told moods are right; or the one that leaves
    MAX_UNSURE of the texts unsure, if that is less."""
    told = sorted(
        (
            (max(p.values()), max(p, key=p.__getitem__) is t)
            for p, t in zip(shares, truth, strict=True)
        ),
        reverse=True,
    )
    wanted = RIGHT[len(shares[0])]
    n_right, best = 0, told[0][0]
    for n, (share, is_right) in enumerate(told, 1):
        n_right += is_right
        if n_right / n >= wanted or n <= (1 - MAX_UNSURE) * len(told):
            best = share
    return round(max(best, LOWEST[len(shares[0])]), 2)
