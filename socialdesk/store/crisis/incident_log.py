"""The log of an incident: the journal's entries that carry its id."""

import json
from typing import Any

from socialdesk.domain.crisis.crisis_rows import LogRow
from socialdesk.store.file.sqlite import Connection


def read_log(
    conn: Connection, incident_id: int, *, limit: int = 500, kind: str = ""
) -> list[LogRow]:
    """Newest first; `kind` "" = all."""
    rows = conn.execute(
        "SELECT j.seq, j.at, coalesce(p.name, ''), j.kind, j.data FROM journal j "
        "LEFT JOIN person p ON p.id = j.person "
        "WHERE j.incident = ?1 AND (?2 = '' OR j.kind = ?2) ORDER BY j.seq DESC LIMIT ?3",
        (incident_id, kind, limit),
    )
    return [LogRow(seq, at, person, kind, _data(data)) for seq, at, person, kind, data in rows]


def _data(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
