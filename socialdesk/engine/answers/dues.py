"""What answers the questions about promises, audiences and reports of incidents."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.after_action import reading
from socialdesk.engine.queries import crisis as q
from socialdesk.engine.reports.terms import read_terms
from socialdesk.engine.war_room.counting import count_war_room
from socialdesk.store.crisis import audiences, incident_dues
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListDues: lambda c, x, now: incident_dues.list_dues(c, x.incident_id),
    q.ReadAfterAction: lambda c, x, now: reading.read(c, x.incident_id, now),
    q.ReadWarRoom: lambda c, x, now: count_war_room(c, x.incident_id, read_terms(c, now), now),
    q.ListAudiences: lambda c, x, now: audiences.list_audiences(c, x.incident_id),
}
