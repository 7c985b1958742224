"""One language's table of moods: a linear model over hashed features with weights of one byte."""

import math
from collections.abc import Collection, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, Self

from socialdesk.analysis.features import BUCKETS
from socialdesk.analysis.packed import ModelError, read_packed
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Sentiment

FORMAT: Final = "socialdesk-moods"
ZERO: Final = 128  # the byte of a weight of 0
MOST_CUES: Final = 3  # words of one cue that count
_RATED: Final = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
_MOODS: Final = {mood.name.lower(): mood for mood in _RATED}


@frozen
class MoodTable:
    """`weights`: per mood BUCKETS bytes, (byte - ZERO) * scale is the weight; `bias` per mood.

    `heat` divides what the sums say before they become probabilities, and below `least` the best
    mood is not told: both from cross-validation, see tests/eval. `pull`: how far VADER's compound
    moves the sums (English only, else 0); `cue`: how far each word of failure or praise does.
    """

    lang: str
    moods: tuple[Sentiment, ...]
    weights: tuple[bytes, ...]
    bias: tuple[float, ...]
    scale: float
    heat: float = 1.0
    least: float = 0.0
    pull: float = 0.0
    cue: float = 0.0

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ModelError."""
        header, body = read_packed(path, FORMAT)
        try:
            return cls._unpacked(header, body)
        except (KeyError, TypeError, ValueError) as e:
            raise ModelError(path, "has a header that makes no sense") from e

    @classmethod
    def _unpacked(cls, header: dict[str, Any], body: bytes) -> Self:
        moods = tuple(_MOODS[name] for name in header["moods"])
        bias = tuple(float(value) for value in header["bias"])
        if header["buckets"] != BUCKETS or len(body) != BUCKETS * len(moods) != 0:
            raise ValueError("not one weight per bucket and mood")
        if len(bias) != len(moods) or not {Sentiment.NEGATIVE, Sentiment.POSITIVE} <= {*moods}:
            raise ValueError("not one bias per mood")
        rows = (body[start : start + BUCKETS] for start in range(0, len(body), BUCKETS))
        numbers = {name: float(header[name]) for name in ("scale", "heat", "least", "pull", "cue")}
        if not all(map(math.isfinite, (*bias, *numbers.values()))) or numbers["heat"] <= 0:
            raise ValueError("numbers out of range")
        return cls(str(header["lang"]), moods, tuple(rows), bias,
                   **numbers)  # fmt: skip

    @property
    def knows_neutral(self) -> bool:
        return Sentiment.NEUTRAL in self.moods

    def probabilities(
        self, buckets: Collection[int], compound: float = 0.0, n_bad: int = 0, n_good: int = 0
    ) -> dict[Sentiment, float]:
        """Per mood, together 1. `buckets`: see features.buckets_of; `compound`: VADER's, -1 to 1;
        `n_bad`, `n_good`: words of failure and of praise, three of each count."""
        n = len(buckets)
        norm = self.scale / math.sqrt(n or 1)
        # One call for all buckets of a row: 10 us, where a loop takes 36 (bytes, not array).
        picked = itemgetter(*buckets) if n > 1 else lambda row: [row[k] for k in buckets]
        push = {
            Sentiment.NEGATIVE: self.cue * min(n_bad, MOST_CUES) - self.pull * compound,
            Sentiment.POSITIVE: self.cue * min(n_good, MOST_CUES) + self.pull * compound,
        }
        sums = [
            bias + norm * (sum(picked(row)) - ZERO * n) + push.get(mood, 0.0)
            for mood, bias, row in zip(self.moods, self.bias, self.weights, strict=True)
        ]
        return dict(zip(self.moods, softmax([s / self.heat for s in sums]), strict=True))


def softmax(sums: Sequence[float]) -> list[float]:
    """Sums as probabilities."""
    top = max(sums)
    shares = [math.exp(s - top) for s in sums]
    total = sum(shares)
    return [share / total for share in shares]
