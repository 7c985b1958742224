"""An incident: its states, its severity, its scope, and the lock that follows from them.

Source: crisis-mode specification, sections 1 to 3.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, IntEnum
from typing import Final

from socialdesk.domain.frozen import frozen

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
MAX_STRETCH: Final = 4  # times the longest gap, for the commander
STRETCH_AFTER_MS: Final = 2 * HOUR_MS  # since declared; never in the first hour
RAISED_AGAIN_MIN: Final = (15, 30)  # a suspected incident that nobody decided is told of again


class IncidentState(Enum):
    """Where an incident stands. Monitoring is: there is none."""

    SUSPECTED = "suspected"
    DISMISSED = "dismissed"
    DECLARED = "declared"
    HOLDING = "holding"
    RESPONDING = "responding"
    STAND_DOWN = "stand_down"
    REVIEW = "review"
    CLOSED = "closed"


OPEN: Final = frozenset(IncidentState) - {IncidentState.DISMISSED, IncidentState.CLOSED}
LOCKING: Final = frozenset(
    {IncidentState.DECLARED, IncidentState.HOLDING, IncidentState.RESPONDING}
)
STEPS: Final[Mapping[IncidentState, frozenset[IncidentState]]] = {
    IncidentState.SUSPECTED: frozenset({IncidentState.DISMISSED, IncidentState.DECLARED}),
    IncidentState.DECLARED: frozenset({IncidentState.HOLDING}),
    IncidentState.HOLDING: frozenset({IncidentState.RESPONDING}),
    IncidentState.RESPONDING: frozenset({IncidentState.STAND_DOWN}),
    IncidentState.STAND_DOWN: frozenset({IncidentState.RESPONDING, IncidentState.REVIEW}),
    IncidentState.REVIEW: frozenset({IncidentState.CLOSED}),
    IncidentState.DISMISSED: frozenset(),
    IncidentState.CLOSED: frozenset(),
}


class Severity(IntEnum):
    """Unsure = take the worse, which is the smaller number. 0 = not said yet."""

    UNSAID = 0
    SEV1 = 1
    SEV2 = 2
    SEV3 = 3


@frozen
class Pace:
    """What a severity asks for. `review_days` are working days where `is_review_working`."""

    first_min: int  # until the first statement
    gap_min: int  # longest gap between updates
    n_checks: int  # independent checks per fact
    quiet_ms: int  # before stand-down
    review_days: int
    is_review_working: bool


PACES: Final[Mapping[Severity, Pace]] = {
    Severity.SEV1: Pace(15, 30, 3, 24 * HOUR_MS, 3, False),
    Severity.SEV2: Pace(30, 60, 2, 6 * HOUR_MS, 5, True),
    Severity.SEV3: Pace(60, 240, 2, 2 * HOUR_MS, 10, True),
}


class Strategy(Enum):
    """Whether we speak first. Changed with a reason."""

    INACTIVE = "inactive"  # the decision to be silent, for a time
    REACTIVE = "reactive"  # answer who asks
    PROACTIVE = "proactive"  # tell before being asked


class Posture(Enum):
    """What a statement does about responsibility."""

    INFORM = "inform"
    DENY = "deny"
    DIMINISH = "diminish"
    REBUILD = "rebuild"
    BOLSTER = "bolster"


class Cluster(Enum):
    """How much of it people lay at our door. Moved with a reason. Source: Coombs, SCCT."""

    VICTIM = "victim"
    ACCIDENTAL = "accidental"
    PREVENTABLE = "preventable"


UNFIT: Final[Mapping[str, frozenset[str]]] = {
    Cluster.ACCIDENTAL.value: frozenset({Posture.DENY.value}),
    Cluster.PREVENTABLE.value: frozenset({Posture.DENY.value, Posture.DIMINISH.value}),
}
"""Postures that no longer fit once so much of it lies at our door. Source: as Cluster."""


class Role(Enum):
    """Who does what; one person may hold all."""

    COMMANDER = "commander"  # decides, one per incident
    SPOKESPERSON = "spokesperson"  # writes
    APPROVER = "approver"  # second look
    SCRIBE = "scribe"  # notes for the log
    OPERATOR = "operator"  # inbox
    ADVISER = "adviser"  # outside reader, no rights


class Category(Enum):
    """What a mention is in an incident, in the order of the queue under a lock."""

    SAFETY = "safety"
    PRESS = "press"
    AUTHORITY = "authority"
    COMPLAINT = "complaint"
    QUESTION = "question"
    WRONG_FACTS = "wrong_facts"
    IMPOSTOR = "impostor"
    STAFF = "staff"
    RANT = "rant"
    TROLL = "troll"
    PRAISE = "praise"
    IDEA = "idea"


class DismissReason(Enum):
    """Why a suspected incident is none."""

    FALSE_ALARM = "false_alarm"
    KNOWN = "known"  # expected: a campaign, a holiday
    HANDLED = "handled"  # small, and dealt with in the usual way
    OTHER = "other"


@frozen
class Scope:
    """What an incident covers; empty = all."""

    accounts: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()

    def covers(self, account_id: int, lang: str = "") -> bool:
        """`lang` "" (unknown) is covered: the careful side; "en-GB" is "en"."""
        in_accounts = not self.accounts or account_id in self.accounts
        base = lang.partition("-")[0]
        return in_accounts and (not self.languages or not lang or base in self.languages)

    def meets(self, other: "Scope") -> bool:
        """Whether something lies in both."""
        return _meet(self.accounts, other.accounts) and _meet(self.languages, other.languages)


@frozen
class Incident:
    """One incident as everybody reads it. Times are ms UTC, 0 = not yet. `roles`: role value to
    person id."""

    id: int
    code: str
    state: IncidentState
    title: str = ""
    playbook: str = ""
    playbook_version: str = ""
    cluster: str = ""
    severity: Severity = Severity.UNSAID
    strategy: Strategy = Strategy.PROACTIVE
    scope: Scope = Scope()
    roles: Mapping[str, int] = field(default_factory=dict)
    baseline_15m: float = 0.0
    alert_kind: str = ""
    alert_topic: str = ""
    began_solo: bool = True
    gap_min: int = 0
    detected_at: int = 0
    suspected_at: int = 0
    declared_at: int = 0
    first_statement_at: int = 0
    holding_at: int = 0
    responding_at: int = 0
    stand_down_at: int = 0
    review_at: int = 0
    review_due_at: int = 0
    closed_at: int = 0
    dismissed_at: int = 0
    is_serious_needed: bool = True
    is_light_locked: bool = True
    is_drill: bool = False
    report_hash: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN and not self.is_drill_record

    @property
    def is_locking(self) -> bool:
        """A full lock over its scope."""
        return self.state in LOCKING

    @property
    def is_claim_locked(self) -> bool:
        """No line may claim anything yet: nothing was said in public (a decision to be silent is no
        statement)."""
        if self.state is IncidentState.HOLDING:
            return not self.first_statement_at
        return self.state in (IncidentState.SUSPECTED, IncidentState.DECLARED)

    @property
    def is_drill_record(self) -> bool:
        """The score of a drill that was played elsewhere: never open here."""
        return self.is_drill and self.state is IncidentState.CLOSED

    @property
    def pace(self) -> Pace:
        """Of its severity; unsaid = the worst."""
        return PACES.get(self.severity, PACES[Severity.SEV1])

    @property
    def commander(self) -> int:
        return self.roles.get(Role.COMMANDER.value, 0)


@frozen
class Lock:
    """An incident as the gate sees it, for one account. `is_full`: False in stand-down, when only
    linked mentions and planned posts stay locked. `is_light_locked`: no light tone in this type;
    `is_claim_locked`: nothing was said in public yet (R11). `is_staff`: an employee wrote the
    mention that would be answered (R16)."""

    incident_id: int
    code: str
    state: IncidentState
    severity: Severity
    account: str  # its name, for the sentence
    is_full: bool
    is_light_locked: bool
    is_claim_locked: bool = False
    is_staff: bool = False


def no_longer_fits(posture: str, cluster: str) -> bool:
    """Whether what was said in this posture stands against the cluster of now; "" = not said."""
    return posture in UNFIT.get(cluster, ())


def _meet(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))
