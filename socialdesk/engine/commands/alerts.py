"""Alerts: dismissed, linked. A suspected incident is dismissed or declared by its own commands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DismissAlert:
    """An alert that made no incident: over, and its kind and topic silent for a day. `reason`: a
    DismissReason. TOO_LATE where an incident waits for the decision (DismissIncident)."""

    alert_id: int
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkAlert:
    """To an open incident, with the mentions it counted."""

    alert_id: int
    incident_id: int


AlertsCommand = DismissAlert | LinkAlert
