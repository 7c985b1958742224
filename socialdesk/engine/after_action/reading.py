"""The report of an incident as everybody reads it: frozen once it is closed."""

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.domain.errors import CommandError
from socialdesk.engine.after_action.counting import count_incident
from socialdesk.engine.after_action.wire import read_json
from socialdesk.store.crisis import incident_reports
from socialdesk.store.file.sqlite import Connection


def read(conn: Connection, incident_id: int, now: int) -> AfterAction | None:
    """None when there is no such incident."""
    frozen = incident_reports.read(conn, incident_id, "json")
    if frozen is not None:
        return read_json(frozen[0])
    try:
        return count_incident(conn, incident_id, now)
    except CommandError:
        return None
