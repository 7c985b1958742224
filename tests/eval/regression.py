"""Logistic regression in pure Python: one class against the rest, by dual coordinate descent.

Minimises |w|^2 / 2 + C * sum(weight_i * log(1 + exp(-y_i w.x_i))) with every x_i made of ones on
its buckets over the root of their number; the bias is one more such weight. The same rows, labels
and seed always give the same weights. Source: Yu, Huang and Lin 2011, algorithm 5 (what LIBLINEAR
and scikit-learn's `liblinear` solver do).
"""

import math
import random
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Final

from socialdesk.analysis.features import BUCKETS

C: Final = 2.0
PASSES: Final = 60
ENOUGH: Final = 1e-3  # of a sample's dual variable, relative to its limit: less is standing still
SEED: Final = 20261121

Row = Sequence[int]  # the buckets of one text


def balanced(labels: Sequence[int]) -> list[float]:
    """Per sample how much it counts, so that all classes count alike in sum."""
    n_of = Counter(labels)
    return [len(labels) / (len(n_of) * n_of[label]) for label in labels]


def fit(
    rows: Sequence[Row], labels: Sequence[int], n_classes: int
) -> tuple[list["array[float]"], list[float]]:
    """Per class BUCKETS weights and a bias."""
    counts = [C * weight for weight in balanced(labels)]
    pairs = [
        _fit_one(rows, [1 if label == wanted else -1 for label in labels], counts)
        for wanted in range(n_classes)
    ]
    return [weights for weights, _ in pairs], [bias for _, bias in pairs]


def _fit_one(
    rows: Sequence[Row], signs: Sequence[int], limits: Sequence[float]
) -> tuple["array[float]", float]:
    """Weights and bias that part the samples of sign 1 from those of sign -1."""
    norms = [1 / math.sqrt(len(row) or 1) for row in rows]
    duals = [min(0.001 * limit, 1e-8) for limit in limits]
    weights, bias = array("d", bytes(8 * BUCKETS)), 0.0
    for row, sign, norm, dual in zip(rows, signs, norms, duals, strict=True):
        bias += sign * dual
        for bucket in row:
            weights[bucket] += sign * dual * norm
    order = list(range(len(rows)))
    shuffle = random.Random(SEED).shuffle
    for _ in range(PASSES):
        shuffle(order)
        largest = 0.0
        for n in order:
            row, sign, norm = rows[n], signs[n], norms[n]
            margin = sign * (bias + norm * sum(map(weights.__getitem__, row)))
            squared = 1.0 + len(row) * norm * norm
            dual = _best_dual(duals[n], limits[n], margin, squared)
            step = (dual - duals[n]) * sign
            largest = max(largest, abs(step) / limits[n])
            duals[n] = dual
            bias += step
            step *= norm
            for bucket in row:
                weights[bucket] += step
        if largest < ENOUGH:
            break
    return weights, bias


def _best_dual(old: float, limit: float, margin: float, squared: float) -> float:
    """The dual variable, within 0 to `limit`, that is best for one sample with the rest fixed.

    Newton's method on z log z + (limit - z) log(limit - z) + squared / 2 (z - old)^2 + margin z,
    kept inside the open interval.
    """
    low, high = 0.0, limit
    z = old
    for _ in range(50):
        slope = math.log(z / (limit - z)) + squared * (z - old) + margin
        if slope > 0:
            high = z
        else:
            low = z
        if abs(slope) < 1e-10:
            break
        after = z - slope / (limit / (z * (limit - z)) + squared)
        if not low < after < high:
            after = (low + high) / 2
        if abs(after - z) < 1e-13 * limit:
            break
        z = after
    return z
