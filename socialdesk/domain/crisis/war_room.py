"""What the war room shows of an incident, as plain numbers. Times are ms UTC, 0 = none."""

from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import no_longer_fits
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
    """A published text. `look`: (kind, who, minutes), None = the check was skipped; `posture`: ""
    = none was chosen."""

    at: int
    kind: str
    lang: str
    hash: str
    text: str
    look: tuple[str, str, int] | None
    posture: str = ""


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
    """`facts`: how many per state; `said`: newest first, with every older one that no longer fits;
    `promised`: promises that are due by now, and how many of them were kept in time; `audiences`:
    name and when it was told, 0 = never; `n_loose`: published texts that lean on a fact that is no
    longer confirmed."""

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
    promised: tuple[int, int]
    audiences: tuple[tuple[str, int], ...]
    n_skipped: int
    n_loose: int

    @property
    def unfit(self) -> tuple[Said, ...]:
        """Published texts that stand against the cluster of now."""
        cluster = self.standing.incident.cluster
        return tuple(one for one in self.said if no_longer_fits(one.posture, cluster))

    @property
    def n_unanswered(self) -> int:
        return sum(one.n for one in self.unanswered)
