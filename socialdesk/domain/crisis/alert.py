"""What the program noticed: more than usual, words of a playbook, people who wait, copies.

An alert only suggests; a person declares. Source: crisis-mode specification, section 9.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, IntEnum

from socialdesk.domain.frozen import frozen


class AlertKind(Enum):
    """What was noticed. Each but a watched volume makes a suspected incident."""

    VOLUME = "volume"
    WATCH_WORDS = "watch_words"
    WAITING = "waiting"
    SLOW_BURN = "slow_burn"
    COPY = "copy"


class Series(Enum):
    """Which mentions are counted; stored as insight.sentiment has them."""

    NEGATIVE = 2
    NOT_RATED = 0


class Level(IntEnum):
    """How loud. CALM is below every limit."""

    CALM = 0
    WATCH = 1  # marks board and list
    ALERT = 2  # makes a suspected incident
    CRISIS = 3  # proposes a severity


@frozen
class Alert:
    """One row. Times are ms UTC, 0 = not yet. `topic`: a playbook's id, a phrase, or the first
    mention of a group of copies; "" = the whole brand. `facts`: the numbers of its explanation,
    see `engine/words/alerts.py`."""

    id: int
    at: int
    kind: AlertKind
    level: Level
    series: Series | None = None
    topic: str = ""
    facts: Mapping[str, int | float | str] = field(default_factory=dict, hash=False)
    incident_id: int = 0
    loud_at: int = 0
    cleared_at: int = 0

    @property
    def is_open(self) -> bool:
        return self.cleared_at == 0

    def number(self, name: str) -> float:
        """A fact as a number; 0 when it is none."""
        value = self.facts.get(name, 0)
        return float(value) if isinstance(value, int | float) else 0.0


@frozen
class Found:
    """What a look at the file found, before it is known whether that is new. `mentions`: those it
    counted, ascending; `severity`: proposed, 0 = none."""

    kind: AlertKind
    level: Level
    mentions: tuple[int, ...]
    series: Series | None = None
    topic: str = ""
    facts: Mapping[str, int | float | str] = field(default_factory=dict, hash=False)
    severity: int = 0

    @property
    def key(self) -> tuple[AlertKind, Series | None, str]:
        """What makes it the same alert as before."""
        return self.kind, self.series, self.topic


@frozen
class AlertLine:
    """An alert as a list shows it. `subject`: a playbook's title or a phrase, "" = the brand."""

    alert: Alert
    subject: str = ""
    incident: str = ""  # code
    incident_state: str = ""


@frozen
class Bar:
    """15 minutes of the chart. `expected`: usual for this hour of the week."""

    at: int
    n: int
    expected: float


@frozen
class Driver:
    """A phrase that sets the window apart from the week before."""

    phrase: str
    n: int
    n_before: int
    mention_id: int  # a typical one


@frozen
class Reacher:
    """An author of the window. `reach` -1 = the network did not say."""

    name: str
    reach: int
    n: int
    mention_id: int


@frozen
class Explanation:
    """Why an alert rang, read from the file as it is now. `n_reach`: so many authors make up 80 %
    of the reach; 0 = no reach is known. `search`: finds the mentions in the inbox."""

    alert: Alert
    bars: tuple[Bar, ...] = ()
    drivers: tuple[Driver, ...] = ()
    authors: tuple[Reacher, ...] = ()
    n_reach: int = 0
    mentions: tuple[int, ...] = ()
    search: str = ""
    incident: str = ""  # its code
    incident_state: str = ""
    subject: str = ""  # see AlertLine


@frozen
class Trial:
    """How often one sensitivity would have rung. `limit`: the surprise that a watch needs;
    `rings`: when an alert began, ms UTC."""

    limit: float
    watches: tuple[int, ...]
    rings: tuple[int, ...]

    def per_week(self, n_weeks: float) -> float:
        """Alerts a week; 0.0 where nothing was watched."""
        return len(self.rings) / n_weeks if n_weeks else 0.0


@frozen
class BackTest:
    """Over the user's own history. `n_days`: that were watched, `since` ms UTC the first."""

    since: int
    n_days: float
    trials: tuple[Trial, ...]

    @property
    def n_weeks(self) -> float:
        return self.n_days / 7
