"""Looks that were given, and when each ends by itself."""

from dataclasses import replace

from socialdesk.domain.crisis.look import Written, ends_at
from socialdesk.store import approvals, settings
from socialdesk.store.approvals import Approval
from socialdesk.store.file.sqlite import Connection


def given_to(conn: Connection, what: Written) -> list[Approval]:
    """Every look at it, newest first. Each keeps the end it was given with, whatever the limits
    are now; only under a severity that became worse since it ends sooner."""
    found = approvals.list_all(conn, what.subject, what.subject_id)
    return [replace(one, ends_at=_end(conn, what, one)) for one in found]


def _end(conn: Connection, what: Written, one: Approval) -> int:
    now_given = ends_at(what, one.at, settings.crisis_limits(conn))
    if one.ends_at <= now_given or not _is_severity_changed(conn, what.incident_id, one.at):
        return one.ends_at  # 0 = never, in normal times
    return now_given


def _is_severity_changed(conn: Connection, incident_id: int, since: int) -> bool:
    row = conn.execute(
        "SELECT 1 FROM journal WHERE incident = ? AND kind = 'incident_changed' AND at >= ?"
        " AND json_extract(data, '$.field') = 'severity'",
        (incident_id, since),
    ).fetchone()
    return row is not None
