"""What was learned from corrections, as a screen shows it: how well it does and by which words."""

from enum import Enum

from socialdesk.domain.frozen import frozen


class Why(Enum):
    """Why a lesson is used or not."""

    USED = "used"
    FEW = "few"  # too few corrections yet
    ONE_SIDED = "one_sided"  # too few of one answer
    NO_BETTER = "no_better"  # the shipped table does as well or better
    WEAK = "weak"  # not sure enough to be shown


@frozen
class LessonReport:
    """One thing that is learned. `key`: sentiment:LANG, intent, label:NAME, priority. `n`: answers
    of a person it learned from; `n_needed`: the fewest to be used. Of the newest `n_held`, which
    it had not seen: `n_right` answered rightly, `n_right_before` by the shipped table alone, -1 =
    there is none; `f1`, `f1_before`: of negatives, or of yes, percent. `words`: what spoke most
    for each answer."""

    key: str
    n: int
    n_needed: int
    n_held: int = 0
    n_right: int = 0
    n_right_before: int = -1
    f1: int = 0
    f1_before: int = -1
    why: Why = Why.FEW
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at: int = 0  # ms UTC

    @property
    def is_used(self) -> bool:
        return self.why is Why.USED


@frozen
class ReadingState:
    """Of older mentions: `n_done` of `n_total` were read; n_total 0 = nothing is to be read."""

    n_done: int = 0
    n_total: int = 0
    is_stopped: bool = False

    @property
    def is_running(self) -> bool:
        return self.n_total > 0 and not self.is_stopped


@frozen
class Learning:
    """`since`: when it was last reset, ms UTC, 0 = never."""

    reports: tuple[LessonReport, ...] = ()
    since: int = 0
    reading: ReadingState = ReadingState()
