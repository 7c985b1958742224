"""Checks skipped by hand ("Send now without the check"), as the log of the incident has them."""

import json
from typing import Final

from socialdesk.store.crisis.statements import Version
from socialdesk.store.file.sqlite import Connection

SKIPPED_KIND: Final = "check_skipped"


def standing(
    conn: Connection, incident_id: int, name: str, subject_id: int, digest: str
) -> frozenset[str]:
    """The codes that were broken by hand for exactly this text and still are; `name`: version or
    line. There is that way in SEV1 only: a lower severity ends it."""
    (changed,) = conn.execute(
        "SELECT coalesce(max(seq), 0) FROM journal WHERE incident = ? AND kind = ?"
        " AND json_extract(data, '$.field') = 'severity' AND json_extract(data, '$.after') <> '1'",
        (incident_id, "incident_changed"),
    ).fetchone()
    return _since(conn, incident_id, name, subject_id, digest, after=int(changed))


def ever(conn: Connection, version: Version) -> frozenset[str]:
    """The codes that were ever broken by hand for this text, also where that counts no more."""
    return _since(conn, version.incident_id, "version", version.id, version.hash, after=0)


def _since(
    conn: Connection, incident_id: int, name: str, subject_id: int, digest: str, *, after: int
) -> frozenset[str]:
    rows = conn.execute(
        "SELECT data FROM journal WHERE incident = ? AND kind = ? AND seq > ?",
        (incident_id, SKIPPED_KIND, after),
    )
    codes: set[str] = set()
    for (text,) in rows:
        data = json.loads(text)
        if data.get(name) == subject_id and data.get("hash") == digest:
            codes.update(data.get("codes", ()))
    return frozenset(codes)
