"""What corrections teach: F1 before and after 50, 200 and 1,000 of them, on texts that nobody
corrected, and how long a refit takes.

The stream is one source of texts that the table never saw, as a brand's is; a person corrects a
random sample of it. T5 (.84 / .85 / .86) is judged on unseen brand tweets of which 63 % are
negative, so each stream is also drawn with that share. Labels are simulated by the domain of a
Kazakh review, which is known and which no table helps with.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from socialdesk.analysis.features import hashed
from socialdesk.analysis.learner import Example, learn, logit
from socialdesk.analysis.reading import Reading
from socialdesk.analysis.teaching import Case, teach_moods
from socialdesk.analysis.vader import Vader
from socialdesk.domain.mentions.insight import Sentiment
from tests.eval.labelled import Sample, samples
from tests.eval.measure_moods import best
from tests.eval.report import Report
from tests.eval.scores import f1
from tests.eval.unseen import Pair, stream

SIZES: Final = (50, 200, 1_000)
GOALS: Final = (".84", ".85", ".86")
BRAND_SHARE: Final = 0.627  # of negatives in the stream that T5 is judged on
SEEDS: Final = (1, 2, 3, 4, 5)
REFIT_S: Final = 3.0
ALMOST_ALL: Final = "kk_reviews appstore"  # four of five reviews: no label
HEADS: Final = ("stream", "n", "after 50 / 200 / 1,000", "before", "VADER", "goal")


def measure(data: Path) -> Iterator[Report]:
    """About a minute."""
    yield _moods(data)
    yield _labels(data)
    yield _refit(data)


def _moods(data: Path) -> Report:
    report = Report("learning: F1 of negatives, mean of five random orders", HEADS)
    for source in ("en_tweets_rated", "tweets_8lang"):
        pairs = stream(data, source)
        for share in (None, BRAND_SHARE):
            runs = [_run(_drawn(pairs, share, seed)) for seed in SEEDS]
            n, after, before, vader = (list(column) for column in zip(*runs, strict=True))
            means = [sum(run[k] for run in after) / len(runs) for k in range(len(SIZES))]
            title = source if share is None else f"{source}, {share:.0%} negative"
            goal = "" if share is None else f"T5 {' / '.join(GOALS)} on brand tweets"
            report.add(title, n[0], _shown(means), f"{sum(before) / len(runs):.3f}",
                       f"{sum(vader) / len(runs):.3f}", goal=goal)  # fmt: skip
    return report


def _drawn(found: Sequence[Pair], share: float | None, seed: int) -> list[Pair]:
    """In a random order; with `share`, so many of the others left out that it holds."""
    chance = random.Random(seed)
    pairs = list(found)
    chance.shuffle(pairs)
    if share is None:
        return pairs
    negative = [p for p in pairs if _is_negative(p[0])]
    others = [p for p in pairs if not _is_negative(p[0])]
    n_others = min(len(others), round(len(negative) * (1 - share) / share))
    mixed = negative[: round(n_others * share / (1 - share))] + others[:n_others]
    chance.shuffle(mixed)
    return mixed


def _run(pairs: Sequence[Pair]) -> tuple[int, list[float], float, float]:
    """How many are judged; F1 after each size, before, and by VADER alone."""
    taught, judged = pairs[: SIZES[-1]], pairs[SIZES[-1] :]
    examples, test = _examples(taught), _examples(judged)
    truth = [e.is_yes for e in test]
    after = []
    for size in SIZES:
        model = learn(examples[:size])
        after.append(f1(truth, [model.log_odds(e.buckets, e.prior) > 0 for e in test], True))
    before = [best(shares) is Sentiment.NEGATIVE for _, shares in judged]
    vader = [Vader().compound(sample.text) <= -0.05 for sample, _ in judged]
    return len(judged), after, f1(truth, before, True), f1(truth, vader, True)


def _examples(pairs: Sequence[Pair]) -> list[Example]:
    return [
        Example(hashed(sample.text), _is_negative(sample), logit(shares[Sentiment.NEGATIVE]))
        for sample, shares in pairs
    ]


def _is_negative(sample: Sample) -> bool:
    return sample.mood is Sentiment.NEGATIVE


def _labels(data: Path) -> Report:
    heads = ("label", "n", "after 50 / 200 / 1,000", "all wear it", "", "goal")
    report = Report("learning a label: F1 of those that wear it, mean of five random orders", heads)
    texts = samples(data, "kk")
    for domain in sorted({sample.source for sample in texts} - {ALMOST_ALL}):
        runs = [_label_run(texts, lambda s, d=domain: s.source == d, seed) for seed in SEEDS]  # type: ignore[misc]
        means = [sum(run[0][k] for run in runs) / len(runs) for k in range(len(SIZES))]
        report.add(domain, runs[0][2], _shown(means), f"{runs[0][1]:.3f}")
    return report


def _label_run(
    texts: Sequence[Sample], wears: Callable[[Sample], bool], seed: int
) -> tuple[list[float], float, int]:
    mixed = list(texts)
    random.Random(seed).shuffle(mixed)
    examples = [Example(hashed(sample.text), wears(sample)) for sample in mixed[:3_000]]
    taught, judged = examples[: SIZES[-1]], examples[SIZES[-1] :]
    truth = [e.is_yes for e in judged]
    after = []
    for size in SIZES:
        model = learn(taught[:size])
        after.append(f1(truth, [model.log_odds(e.buckets) > 0 for e in judged], True))
    return after, f1(truth, [True] * len(truth), True), len(judged)


def _refit(data: Path) -> Report:
    """Everything that is done for a language when there is a new correction."""
    report = Report("learning anew from 1,000 corrections, with its own judging",
                    ("what", "n", "processor s", "", "", "goal"))  # fmt: skip
    cases = [
        Case(s.text, Reading("en", p_negative=0.5), s.mood)
        for s in samples(data, "en")[: SIZES[-1]]
    ]
    began = time.process_time()
    teach_moods("en", cases)
    took = time.process_time() - began
    report.add("moods of a language", len(cases), f"{took:.2f}", goal=f"T5 {REFIT_S:.0f}",
               is_met=took < REFIT_S)  # fmt: skip
    return report


def _shown(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.3f}" for value in values)
