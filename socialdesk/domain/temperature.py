"""What a planned post would meet: the mood around its words, as numbers a person can open.

Source: crisis-mode specification, section 14.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.frozen import frozen

N_EXAMPLES: Final = 5
MAX_REASON: Final = 2_000  # characters of why it shall be posted all the same
MAX_TEXT: Final = 20_000  # of a planned post
DAY_MS: Final = 86_400_000
MONTH_MS: Final = 30 * DAY_MS
LATELY_MS: Final = 3 * DAY_MS  # the last 72 hours, and as long after a stand-down


class Verdict(Enum):
    """How warm it is."""

    RED = "red"  # to be posted only with a written reason
    AMBER = "amber"
    GREEN = "green"
    LITTLE = "little"  # too little to say


class Flag(Enum):
    """What about the shape of the post invites trouble."""

    INVITATION = "invitation"  # "ask us", "#Ask…", "tell us", a bare question
    JOKE = "joke"
    CELEBRATION = "celebration"  # within 72 hours of a stand-down
    DATE = "date"  # on the user's list


class Ground(Enum):
    """Why the verdict is what it is."""

    INCIDENT = "incident"
    NEGATIVE = "negative"  # half or more, or what was chosen
    INVITATION_NEGATIVE = "invitation_negative"
    INVITATION_UNRESOLVED = "invitation_unresolved"
    SOME_NEGATIVE = "some_negative"
    UNRESOLVED = "unresolved"
    FLAG = "flag"
    FEW = "few"  # mentions
    NOT_RATED = "not_rated"  # enough mentions, but too few whose mood is known


class Which(Enum):
    """A number of the check, as the mentions behind it."""

    MONTH = "month"
    LATELY = "lately"
    NEGATIVE = "negative"  # of the month
    NEGATIVE_LATELY = "negative_lately"
    UNRESOLVED = "unresolved"
    NOT_RATED = "not_rated"


@frozen
class Mood:
    """Mentions on the topic within a time. `n_rated`: those whose mood is known."""

    n: int = 0
    n_rated: int = 0
    n_negative: int = 0

    def share(self, fewest: int) -> int | None:
        """Percent negative of what is rated; None when fewer than `fewest` (1 and more) are."""
        if self.n_rated < fewest:
            return None
        return round(100 * self.n_negative / self.n_rated)

    def reaches(self, percent: int, fewest: int) -> bool:
        """Whether at least so many percent are negative; never by too few mentions."""
        return self.n_rated >= fewest and 100 * self.n_negative >= percent * self.n_rated


@frozen
class Example:
    """One of the worst. `author` and `words` are a stranger's."""

    mention_id: int
    author: str
    words: str
    at: int  # ms UTC


@frozen
class Temperature:
    """`terms`: what was looked for, "bank*" = words that begin so. `incidents`: (code, title) of
    open ones in scope. `dates`: names of the user's own days. `lock`: the code of the incident
    under which `account` may not post at all, "" = none. `limits`: it was judged by."""

    verdict: Verdict
    grounds: tuple[Ground, ...]
    terms: tuple[str, ...]
    month: Mood
    lately: Mood
    n_unresolved: int
    examples: tuple[Example, ...] = ()
    incidents: tuple[tuple[str, str], ...] = ()
    flags: tuple[Flag, ...] = ()
    dates: tuple[str, ...] = ()
    lock: str = ""
    lock_id: int = 0
    account: str = ""
    limits: CrisisLimits = CrisisLimits()

    @property
    def needs_reason(self) -> bool:
        return self.verdict is Verdict.RED

    @property
    def figures(self) -> Mapping[str, int]:
        """The numbers as the journal keeps them: no stranger's words among them."""
        return {
            "n": self.month.n, "n_rated": self.month.n_rated, "n_negative": self.month.n_negative,
            "n_lately": self.lately.n, "n_rated_lately": self.lately.n_rated,
            "n_negative_lately": self.lately.n_negative, "n_unresolved": self.n_unresolved,
        }  # fmt: skip
