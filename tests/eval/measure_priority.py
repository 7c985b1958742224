"""Which mention first: the score against newest first and against mood first by VADER.

There is no text here that says "operational trouble", so a negative text stands for one that wants
an answer first: that is all this data can decide. A stream is a source the table never saw, in a
random order of arrival; P@10 of 50 is the share of negatives among the ten that stand first of
each fifty that wait. Reach, age and what an operator sets are the same for all.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from socialdesk.analysis.priority import Around, parts
from socialdesk.analysis.reader import TableReader
from socialdesk.analysis.vader import Vader
from socialdesk.domain.mentions.insight import Insight, Sentiment
from socialdesk.places import resource
from tests.eval.labelled import Sample
from tests.eval.report import Report
from tests.eval.scores import average_precision
from tests.eval.unseen import stream

WAITING: Final = 50
FIRST: Final = 10
SEED: Final = 20261121
HEADS: Final = ("stream", "n", "score", "newest first", "VADER first", "mood first", "goal")


def measure(data: Path) -> Iterator[Report]:
    """A second beside the learning of the streams."""
    report = Report("priority: AP of negatives / P@10 of 50", HEADS)
    for source in ("en_tweets_rated", "tweets_8lang"):
        pairs = stream(data, source)
        negative = {s.text: p[Sentiment.NEGATIVE] for s, p in pairs}
        arrived = [sample for sample, _ in pairs]
        random.Random(SEED).shuffle(arrived)
        report.add(
            source, len(arrived), _marks(arrived, _by_score(negative)),
            _marks(arrived, _newest(arrived)), _marks(arrived, lambda s: -_vader.compound(s.text)),
            _marks(arrived, lambda s: negative[s.text]),  # noqa: B023 - used at once
            goal="T7 on brand tweets: P@10 of negatives .95" if source == "tweets_8lang" else "",
        )  # fmt: skip
    yield report


_vader: Final = Vader()


def _by_score(negative: dict[str, float]) -> Callable[[Sample], float]:
    """The score as the program makes it, with a mood that was not learned from the text."""
    reader = TableReader(resource("models"), ("en",))

    def score(sample: Sample) -> float:
        reading = replace(reader.read(sample.text, "en"), p_negative=negative[sample.text])
        return Insight(parts=parts(reading, Around(is_first=True))).score

    return score


def _newest(arrived: Sequence[Sample]) -> Callable[[Sample], float]:
    place = {sample.text: n for n, sample in enumerate(arrived)}
    return lambda sample: place[sample.text]


def _marks(arrived: Sequence[Sample], score: Callable[[Sample], float]) -> str:
    scores = [score(sample) for sample in arrived]
    wanted = [sample.mood is Sentiment.NEGATIVE for sample in arrived]
    firsts = []
    for start in range(0, len(arrived) - WAITING + 1, WAITING):
        part = range(start, start + WAITING)
        best = sorted(part, key=lambda n: (-scores[n], n))[:FIRST]
        firsts.append(sum(wanted[n] for n in best) / FIRST)
    return f"{average_precision(wanted, scores):.3f} / {sum(firsts) / len(firsts):.3f}"
