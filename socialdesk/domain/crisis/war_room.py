"""What the war room shows of an incident, as plain numbers. Times are ms UTC, 0 = none."""

from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.figures import Quote
from socialdesk.domain.frozen import frozen


@frozen
class Quarter:
    """Fifteen minutes from `at`. `usual` None = not known."""

    at: int
    n: int
    usual: float | None


@frozen
class Mood:
    """Of the mentions whose mood could be told."""

    n_negative: int
    n_rated: int


@frozen
class Unanswered:
    """Linked mentions of one category that wait. `oldest_at`: when the oldest was written."""

    category: str
    n: int
    oldest_at: int


@frozen
class Reaching:
    """An author of the incident. `reach`: followers."""

    name: str
    reach: int
    n: int


@frozen
class Said:
    """A published text. `look`: (kind, who, minutes), None = the check was skipped."""

    at: int
    kind: str
    lang: str
    hash: str
    text: str
    look: tuple[str, str, int] | None


@frozen
class Due:
    """Something to be done. `kind`: step, audience, clock, fact; `at`: until when, 0 = no time."""

    kind: str
    text: str
    at: int
    role: str = ""


@frozen
class Event:
    """One line of the live log."""

    at: int
    person: str
    kind: str
    data: dict[str, object]


@frozen
class WarRoom:
    """`facts`: how many per state; `late`: promises that were missed; `loose`: published texts that
    lean on a fact that is no longer confirmed."""

    standing: Standing
    now: int
    zone: str
    quarters: tuple[Quarter, ...]
    channels: tuple[tuple[str, int], ...]
    mood_now: Mood
    mood_before: Mood
    unanswered: tuple[Unanswered, ...]
    authors: tuple[Reaching, ...]
    drivers: tuple[Quote, ...]
    facts: tuple[tuple[str, int], ...]
    said: tuple[Said, ...]
    dues: tuple[Due, ...]
    events: tuple[Event, ...]
    n_late: int
    n_skipped: int
    n_loose: int

    @property
    def n_unanswered(self) -> int:
        return sum(one.n for one in self.unanswered)
