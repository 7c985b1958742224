"""What the program learns from corrections: one yes-or-no question, a linear model over hashes.

AdaGrad on weights that begin at 0, with what the shipped table says (its log-odds) as one more
input that begins at half its word. Source: Duchi, Hazan & Singer 2011; figures in text.md, section
2: F1 of negatives .834 / .845 / .856 after 50 / 200 / 1,000 corrections. Pure Python, a
third of a second for 1,000 texts; the same examples always give the same weights.
"""

import json
import math
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from socialdesk.analysis.features import BUCKETS
from socialdesk.domain.frozen import frozen

PASSES: Final = 10
RATE: Final = 0.15
BIAS_RATE: Final = 0.3
PRIOR_RATE: Final = 0.05
PRIOR_START: Final = 0.5
L2: Final = 1e-4
MOST_SURE: Final = 6.0  # log-odds of the table: 0.25 to 99.75 percent
HELD_OUT: Final = 4  # every fourth part, the newest, is kept back for the report
MOST_HELD_OUT: Final = 100


@frozen
class Example:
    """One answer of a person. `buckets`: see features.hashed; `prior`: log-odds of "yes" before
    anything was learned, 0 = no opinion."""

    buckets: Sequence[int]
    is_yes: bool
    prior: float = 0.0


@dataclass(slots=True)
class Learned:
    """Weights per bucket. `prior_weight`: how far the shipped table is believed."""

    weights: "array[float]" = field(default_factory=lambda: array("f", bytes(4 * BUCKETS)))
    bias: float = 0.0
    prior_weight: float = PRIOR_START

    def log_odds(self, buckets: Sequence[int], prior: float = 0.0) -> float:
        """Of "yes"."""
        told = sum(map(self.weights.__getitem__, buckets)) / math.sqrt(len(buckets) or 1)
        return self.bias + self.prior_weight * _within(prior) + told

    def probability(self, buckets: Sequence[int], prior: float = 0.0) -> float:
        """Of "yes", 0 to 1."""
        return sigmoid(self.log_odds(buckets, prior))


@frozen
class Marks:
    """How answers given beforehand turned out: true and false, yes and no."""

    n_hits: int = 0  # said yes, was yes
    n_false: int = 0  # said yes, was no
    n_missed: int = 0  # said no, was yes
    n_rest: int = 0  # said no, was no

    @property
    def n(self) -> int:
        return self.n_hits + self.n_false + self.n_missed + self.n_rest

    @property
    def f1(self) -> float:
        """Of yes; 0 when there was nothing to find."""
        told = 2 * self.n_hits + self.n_false + self.n_missed
        return 2 * self.n_hits / told if told else 0.0

    @property
    def balanced(self) -> float:
        """The mean of how many yes and how many no were right: .5 = guessing."""
        yes, no = self.n_hits + self.n_missed, self.n_false + self.n_rest
        if not yes or not no:
            return 0.0
        return (self.n_hits / yes + self.n_rest / no) / 2


def sigmoid(odds: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def logit(p: float) -> float:
    """A probability as log-odds, at most MOST_SURE either way."""
    if p <= 0:
        return -MOST_SURE
    return MOST_SURE if p >= 1 else _within(math.log(p / (1 - p)))


Rest = Callable[[], None]
"""Called between two pieces of the work, some 50 µs each: whoever is in a hurry goes first."""


def at_once() -> None:
    """Learns without a rest."""


_Pick = Callable[[Sequence[float]], Sequence[float]]


class Rows:
    """The buckets of several texts, made ready to learn from, more than once.

    Buckets that stand in the very same texts (a rare word with its pieces and pairs) share one
    weight while they learn: what begins alike and is moved alike is alike in the end.
    """

    def __init__(self, texts: Sequence[Sequence[int]], rest: Rest = at_once) -> None:
        places: dict[int, list[int]] = {}
        for n, buckets in enumerate(texts):
            rest()
            for bucket in buckets:
                places.setdefault(bucket, []).append(n)
        numbers: dict[tuple[int, ...], int] = {}
        of = {b: numbers.setdefault(tuple(at), len(numbers)) for b, at in places.items()}
        self.weight_of: Final = of  # which weight a bucket has
        self.n: Final = len(numbers)
        own: list[list[int]] = [[] for _ in texts]
        for at, number in numbers.items():
            for n in at:
                own[n].append(number)
        self.rows: Final = [
            (row, _picker(row), _picker([of[b] for b in buckets]))
            for row, buckets in zip(own, texts, strict=True)
        ]  # per text: its weights, what gives them, what gives them once for each bucket


def _picker(numbers: Sequence[int]) -> _Pick:
    """The values at `numbers`; in one call, for a loop takes five times as long."""
    return itemgetter(*numbers) if len(numbers) > 1 else lambda of: [of[n] for n in numbers]


def learn(examples: Sequence[Example], rows: Rows | None = None, rest: Rest = at_once) -> Learned:
    """Both answers weigh the same, however many there are of each. Without one of them nothing is
    learned: the weights stay 0. `rows`: of these examples, when they were made already."""
    model = Learned()
    n_yes = sum(e.is_yes for e in examples)
    if not n_yes or n_yes == len(examples):
        return model
    rows = rows or Rows([e.buckets for e in examples], rest)
    each = {True: len(examples) / (2 * n_yes), False: len(examples) / (2 * (len(examples) - n_yes))}
    told = [(e.is_yes, each[e.is_yes], _within(e.prior), 1 / math.sqrt(len(e.buckets) or 1))
            for e in examples]  # fmt: skip
    weights, squares = [0.0] * rows.n, [1e-8] * rows.n  # the weights in units of RATE
    bias, prior_weight = model.bias, model.prior_weight
    bias_square = prior_square = 1e-8
    l2, root = L2 * RATE, math.sqrt
    for _ in range(PASSES):
        for (row, own, all_of), (is_yes, weighs, prior, value) in zip(rows.rows, told, strict=True):
            rest()
            odds = bias + prior_weight * prior + RATE * value * sum(all_of(weights))
            wrong = weighs * (sigmoid(odds) - is_yes)
            pull = wrong * value
            for n, weight, square in zip(row, own(weights), own(squares), strict=True):
                step = pull + l2 * weight  # here the time goes
                squares[n] = square = square + step * step
                weights[n] = weight - step / root(square)
            bias_square += wrong * wrong
            bias -= BIAS_RATE * wrong / root(bias_square)
            prior_square += (wrong * prior) ** 2
            prior_weight -= PRIOR_RATE * wrong * prior / root(prior_square)
    for bucket, n in rows.weight_of.items():
        model.weights[bucket] = RATE * weights[n]
    model.bias, model.prior_weight = bias, prior_weight
    return model


def held_out(examples: Sequence[Example]) -> tuple[Sequence[Example], Sequence[Example]]:
    """Those to learn from and the newest ones to be judged by. `examples`: oldest first."""
    n = min(MOST_HELD_OUT, len(examples) // HELD_OUT)
    return examples[: len(examples) - n], examples[len(examples) - n :]


def judge(answer: Callable[[Example], bool], examples: Sequence[Example]) -> Marks:
    """How many of `examples` would have been answered rightly."""
    pairs = [(answer(e), e.is_yes) for e in examples]
    return Marks(*(pairs.count(pair) for pair in
                   ((True, True), (True, False), (False, True), (False, False))))  # fmt: skip


def _within(odds: float) -> float:
    return min(MOST_SURE, max(-MOST_SURE, odds))


def packed(models: Mapping[str, Learned]) -> bytes:
    """Named models as bytes: a line of JSON, then their weights, four bytes each."""
    header = {name: [m.bias, m.prior_weight] for name, m in models.items()}
    return json.dumps(header).encode() + b"\n" + b"".join(_bytes(m) for m in models.values())


def unpacked(text: bytes) -> dict[str, Learned]:
    """The other way. Raises ValueError on anything else."""
    line, _, rest = text.partition(b"\n")
    header = json.loads(line)
    size = 4 * BUCKETS
    if not isinstance(header, dict) or len(rest) != size * len(header):
        raise ValueError("not as many weights as models")
    models = {}
    for n, (name, (bias, prior_weight)) in enumerate(header.items()):
        weights = array("f", rest[n * size : (n + 1) * size])
        if sys.byteorder == "big":
            weights.byteswap()
        models[name] = Learned(weights, float(bias), float(prior_weight))
    return models


def _bytes(model: Learned) -> bytes:
    weights = array("f", model.weights)
    if sys.byteorder == "big":
        weights.byteswap()
    return weights.tobytes()
