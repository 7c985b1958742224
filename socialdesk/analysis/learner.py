"""What the program learns from corrections: one yes-or-no question, a linear model over hashes.

AdaGrad on weights that begin at 0, with what the shipped table says (its log-odds) as one more
input that begins at half its word. Source: Duchi, Hazan & Singer 2011; figures in text.md, section
2: F1 of negatives .834 / .845 / .856 after 50 / 200 / 1,000 corrections. Pure Python, half a
second for 1,000 texts; the same examples always give the same weights.
"""

import json
import math
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from socialdesk.analysis.features import BUCKETS

PASSES: Final = 10
RATE: Final = 0.15
BIAS_RATE: Final = 0.3
PRIOR_RATE: Final = 0.05
PRIOR_START: Final = 0.5
L2: Final = 1e-4
MOST_SURE: Final = 6.0  # log-odds of the table: 0.25 to 99.75 percent
HELD_OUT: Final = 4  # every fourth part, the newest, is kept back for the report
MOST_HELD_OUT: Final = 100


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    def accuracy(self) -> float:
        return (self.n_hits + self.n_rest) / self.n if self.n else 0.0

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


def learn(examples: Sequence[Example]) -> Learned:
    """Both answers weigh the same, however many there are of each. Without one of them nothing is
    learned: the weights stay 0."""
    model = Learned()
    n_yes = sum(e.is_yes for e in examples)
    if not n_yes or n_yes == len(examples):
        return model
    each = {True: len(examples) / (2 * n_yes), False: len(examples) / (2 * (len(examples) - n_yes))}
    weights, squares = [0.0] * BUCKETS, [1e-8] * BUCKETS
    bias_square = prior_square = 1e-8
    root = math.sqrt
    for _ in range(PASSES):
        for e in examples:
            value = 1 / root(len(e.buckets) or 1)
            prior = _within(e.prior)
            told = value * sum([weights[b] for b in e.buckets])
            wrong = each[e.is_yes] * (
                sigmoid(model.bias + model.prior_weight * prior + told) - e.is_yes
            )
            pull = wrong * value
            for b in e.buckets:  # as few look-ups as can be: it is where the time goes
                weight = weights[b]
                step = pull + L2 * weight
                square = squares[b] + step * step
                squares[b] = square
                weights[b] = weight - RATE * step * square**-0.5
            bias_square += wrong * wrong
            model.bias -= BIAS_RATE * wrong / root(bias_square)
            prior_square += (wrong * prior) ** 2
            model.prior_weight -= PRIOR_RATE * wrong * prior / root(prior_square)
    model.weights = array("f", weights)
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
