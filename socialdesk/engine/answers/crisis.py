"""What is asked about incidents, the lock, and what an incident holds."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.crisis.crisis_rows import Review, TaskRow
from socialdesk.engine.queries import crisis as q
from socialdesk.store.crisis import (
    held,
    incident_guards,
    incident_log,
    incident_rows,
    incident_tasks,
    incidents,
    lock,
    steps,
)
from socialdesk.store.crisis.incident_guards import Waits
from socialdesk.store.file.sqlite import Connection


def _stand_down_waits(conn: Connection, asked: q.WhatStandDownWaitsFor, now: int) -> Waits:
    incident = incidents.find(conn, asked.incident_id)
    return incident_guards.stand_down_waits_for(conn, incident, now) if incident else []


def _closing_waits(conn: Connection, asked: q.WhatClosingWaitsFor, now: int) -> Waits:
    incident = incidents.find(conn, asked.incident_id)
    return incident_guards.closing_waits_for(conn, incident) if incident else []


def _review(conn: Connection, asked: q.ReadReview, now: int) -> Review:
    tasks = incident_tasks.list_tasks(conn, asked.incident_id)
    rows = tuple(
        TaskRow(id_, text, owner, owner_id, due_at, done_at)
        for id_, text, owner_id, owner, due_at, done_at in tasks
    )
    return Review(incidents.review_of(conn, asked.incident_id), rows)


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadStanding: lambda c, x, now: incident_rows.read_standing(c),
    q.ListIncidents: lambda c, x, now: incidents.list_incidents(
        c, with_drills=x.with_drills, limit=x.limit
    ),
    q.ReadIncident: lambda c, x, now: incidents.find(c, x.incident_id),
    q.ReadLock: lambda c, x, now: lock.lock_of(c, x.account_id, x.mention_id, x.lang),
    q.ListHeld: lambda c, x, now: held.list_held(c, x.incident_id),
    q.ListInFlight: lambda c, x, now: held.list_in_flight(c, x.incident_id),
    q.ListSteps: lambda c, x, now: steps.list_steps(c, x.incident_id),
    q.ListLinked: lambda c, x, now: incident_rows.list_linked(c, x.incident_id, x.limit),
    q.ReadLog: lambda c, x, now: incident_log.read_log(
        c, x.incident_id, limit=x.limit, kind=x.kind
    ),
    q.ReadReview: _review,
    q.WhatStandDownWaitsFor: _stand_down_waits,
    q.WhatClosingWaitsFor: _closing_waits,
}
