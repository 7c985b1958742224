"""Whether more is said than usual: three windows against a negative binomial.

Measured against naive multiples of the mean, z-scores, EWMA, Poisson, CUSUM and seasonal ESD on
generated and real streams (tests/eval/measure_alerts.py): fewer false alarms for the same finds,
and right for three mentions a day as for thousands. Pure functions over counts.
"""

import math
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.alert import Level
from socialdesk.domain.frozen import frozen

CLEAR_AFTER_S: Final = 6 * 3600  # below every limit so long: it is over
LEARNING_S: Final = 12 * 3600  # a new workspace never alarms so long
PER_AUTHOR: Final = 2  # mentions of one author that count in a window
FEWEST: Final = 4  # mentions
TIMES_USUAL: Final = 2.5
UNRATED_MORE: Final = 1.0  # surprise that mentions of unknown mood need beyond the others


@frozen
class Window:
    """The last `length_s` seconds. `steadiness`: times the shape; the longer, the steadier.
    `off`: taken from the surprise."""

    length_s: int
    steadiness: float
    off: float = 0.0


WINDOWS: Final = (Window(3600, 1.0), Window(3 * 3600, 1.5), Window(12 * 3600, 2.5, 0.3))
LONGEST_S: Final = max(window.length_s for window in WINDOWS)


@frozen
class Limits:
    """From which surprise on. `alert` and `crisis` need several authors as well."""

    watch: float = 2.5
    alert: float = 4.0
    crisis: float = 6.0
    alert_authors: int = 5
    crisis_authors: int = 10

    def raised(self, by: float) -> "Limits":
        """The same, less easily."""
        return Limits(
            self.watch + by, self.alert + by, self.crisis + by, self.alert_authors,
            self.crisis_authors,
        )  # fmt: skip


@frozen
class Seen:
    """What a window holds. `n`: mentions, at most PER_AUTHOR of each author; `expected`: usual."""

    n: int
    expected: float
    n_authors: int


@frozen
class Verdict:
    """`window`: the one that speaks loudest; `surprise`: -log10 of how likely that many are."""

    level: Level
    surprise: float
    window: Window
    seen: Seen

    @property
    def times_usual(self) -> float:
        return self.seen.n / max(self.seen.expected, 1e-9)


def judge(windows: Sequence[Seen], shape: float, limits: Limits) -> Verdict:
    """`windows`: what each of WINDOWS holds; `shape`: of the baseline. The loudest of them."""
    verdicts = [
        _of_window(window, seen, shape, limits)
        for window, seen in zip(WINDOWS, windows, strict=True)
    ]
    return max(verdicts, key=lambda v: (v.level, v.surprise))


def _of_window(window: Window, seen: Seen, shape: float, limits: Limits) -> Verdict:
    if seen.n <= seen.expected:
        return Verdict(Level.CALM, 0.0, window, seen)
    found = surprise(seen.n, seen.expected, shape * window.steadiness) - window.off
    return Verdict(_level(found, seen, limits), max(0.0, found), window, seen)


def _level(found: float, seen: Seen, limits: Limits) -> Level:
    if found < limits.watch or seen.n < FEWEST or seen.n < TIMES_USUAL * seen.expected:
        return Level.CALM
    if found >= limits.crisis and seen.n_authors >= limits.crisis_authors:
        return Level.CRISIS
    if found >= limits.alert and seen.n_authors >= limits.alert_authors:
        return Level.ALERT
    return Level.WATCH


def surprise(n: int, mean: float, shape: float) -> float:
    """-log10 of the probability of `n` or more, negative binomial with that mean and shape.

    Raises ValueError when mean or shape is not above 0. The variance is mean + mean² / shape.
    """
    if mean <= 0 or shape <= 0:
        raise ValueError("a mean and a shape above 0 are needed")
    if n <= 0:
        return 0.0
    if n <= mean:
        return -math.log10(max(1.0 - _below(n, mean, shape), 1e-300))
    return -(_log_of(n, mean, shape) + math.log(_tail_times(n, mean, shape))) / math.log(10)


def _log_of(n: int, mean: float, shape: float) -> float:
    """Natural logarithm of the probability of exactly `n`."""
    return (
        math.lgamma(n + shape) - math.lgamma(shape) - math.lgamma(n + 1)
        - shape * math.log1p(mean / shape) - n * math.log1p(shape / mean)
    )  # fmt: skip


def _tail_times(n: int, mean: float, shape: float) -> float:
    """The probability of `n` or more in units of that of exactly `n`: terms that only shrink."""
    share = mean / (mean + shape)
    term = total = 1.0
    while True:
        term *= share * (n + shape) / (n + 1)
        n += 1
        total += term
        if term < 1e-12 * total:
            return total


def _below(n: int, mean: float, shape: float) -> float:
    """The probability of fewer than `n`."""
    return sum(math.exp(_log_of(i, mean, shape)) for i in range(n))
