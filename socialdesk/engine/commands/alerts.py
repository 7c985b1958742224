"""Alerts: dismissed, linked. A suspected incident is dismissed or declared by its own commands."""

from socialdesk.domain.frozen import frozen


@frozen
class DismissAlert:
    """An alert that made no incident: over, and its kind and topic silent for a time. `reason`: a
    DismissReason. TOO_LATE where an incident waits for the decision (DismissIncident)."""

    alert_id: int
    reason: str
    note: str = ""


@frozen
class LinkAlert:
    """To an open incident, with the mentions it counted."""

    alert_id: int
    incident_id: int


AlertsCommand = DismissAlert | LinkAlert
