"""What is asked about incidents; all cheap enough for a screen."""

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.domain.crisis.crisis_rows import (
    AudienceRow,
    DueRow,
    FactRow,
    FlightRow,
    HeldRow,
    LineRow,
    LinkedRow,
    LogRow,
    Review,
    Standing,
    StatementRow,
    StepRow,
)
from socialdesk.domain.crisis.incident import Incident, Lock
from socialdesk.domain.crisis.war_room import WarRoom
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class ReadStanding(Query[list[Standing]]):
    """The open incidents, the worst first; [] = monitoring. What banners and titles show."""


@frozen
class ListIncidents(Query[list[Incident]]):
    """Newest first, closed and dismissed ones too; drills that were played with `with_drills`."""

    with_drills: bool = True
    limit: int = 200


@frozen
class ReadIncident(Query[Incident | None]):
    """One of them."""

    incident_id: int


@frozen
class ReadLock(Query[Lock | None]):
    """The lock over an account (and a mention, for stand-down); None = none."""

    account_id: int
    mention_id: int = 0
    lang: str = ""


@frozen
class ListHeld(Query[list[HeldRow]]):
    """What an incident holds and nobody decided about; 0 = any incident, ended ones too."""

    incident_id: int = 0


@frozen
class ListInFlight(Query[list[FlightRow]]):
    """What was on the wire when it was declared."""

    incident_id: int


@frozen
class ListSteps(Query[list[StepRow]]):
    """The checklist, by phase and time due."""

    incident_id: int


@frozen
class ListFacts(Query[list[FactRow]]):
    """Facts with their checks."""

    incident_id: int


@frozen
class ListStatements(Query[list[StatementRow]]):
    """Newest first, with versions, looks and where they went out."""

    incident_id: int


@frozen
class ListLines(Query[list[LineRow]]):
    """Every reply line of the incident's playbook and the shared ones in a language; incident 0 =
    in quiet times (claim-free and safety lines of all playbooks)."""

    incident_id: int
    lang: str


@frozen
class ListDues(Query[list[DueRow]]):
    """Promises of an incident: to the public, audiences, askers."""

    incident_id: int


@frozen
class ListAudiences(Query[list[AudienceRow]]):
    """By kind and name; with `incident_id` whether it was told."""

    incident_id: int = 0


@frozen
class ListLinked(Query[list[LinkedRow]]):
    """The incident's mentions, in the order of the queue under a lock."""

    incident_id: int
    limit: int = 500


@frozen
class ReadLog(Query[list[LogRow]]):
    """The incident's events, newest first."""

    incident_id: int
    limit: int = 500
    kind: str = ""


@frozen
class ReadWarRoom(Query[WarRoom | None]):
    """One open incident at a glance; 0 = the worst. None = none is open."""

    incident_id: int = 0


@frozen
class ReadAfterAction(Query[AfterAction | None]):
    """The report of an incident: as it was frozen, else as it stands now."""

    incident_id: int


@frozen
class WhatStandDownWaitsFor(Query[list[tuple[str, int]]]):
    """The list of R30: (key, number); [] = it may stand down."""

    incident_id: int


@frozen
class WhatClosingWaitsFor(Query[list[tuple[str, int]]]):
    """The list of R31."""

    incident_id: int


@frozen
class ReadReview(Query[Review]):
    """What the review of an incident holds so far; empty before anybody wrote."""

    incident_id: int
