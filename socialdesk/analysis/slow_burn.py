"""What grows too slowly for any window: complaints on one topic, week over week; a turn in mood."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from socialdesk.analysis.spikes import surprise

WEEKS: Final = 5  # of counts: up four times running
FEWEST_LAST: Final = 8  # complaints in the last week, our choice
TIMES_FIRST: Final = 2.0  # the last week against the first, our choice
SHAPE: Final = 6.0  # how weeks of one topic scatter, our choice
SURPRISE: Final = 1.25  # of the last week after the others, our choice

MOOD_CONCENTRATION: Final = 60.0  # how steady a share of negatives is
MOOD_P: Final = 0.001
MOOD_FEWEST: Final = 8  # mentions of the last 24 hours


def is_slow_burn(weeks: Sequence[int]) -> bool:
    """`weeks`: complaints on a topic per week, oldest first; the newest WEEKS count.

    Up every week is not enough: small numbers climb four times by chance, so the last week must
    also be unlikely after the others together.
    """
    last = list(weeks[-WEEKS:])
    if len(last) < WEEKS or any(b <= a for a, b in pairwise(last)):
        return False
    if last[-1] < FEWEST_LAST or last[-1] < TIMES_FIRST * last[0]:
        return False
    mean = (sum(last[:-1]) + 1) / (WEEKS - 1)
    return surprise(last[-1], mean, SHAPE) >= SURPRISE


def has_mood_turned(n_bad: int, n: int, bad_before: int, n_before: int) -> bool:
    """Whether the share of negatives in the last 24 hours is beyond that of 28 days.

    `n`, `n_before`: rated mentions. Beta-binomial tail below MOOD_P.
    """
    if n < MOOD_FEWEST or n_bad > n or n_before <= 0:
        return False
    share = (bad_before + 1) / (n_before + 2)
    if n_bad <= share * n:
        return False
    return mood_tail(n_bad, n, share) < MOOD_P


def mood_tail(n_bad: int, n: int, share: float) -> float:
    """The probability of `n_bad` or more of `n` where the share wanders round `share`."""
    a, b = share * MOOD_CONCENTRATION, (1 - share) * MOOD_CONCENTRATION
    return min(1.0, sum(math.exp(_log_share(k, n, a, b)) for k in range(n_bad, n + 1)))


def _log_share(k: int, n: int, a: float, b: float) -> float:
    choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return choose + _log_beta(k + a, n - k + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
