"""What a workspace has ready for a crisis that no other question tells: PINs, lines approved in
quiet times."""

from typing import Final

from socialdesk.store.sqlite import Connection

_PINS: Final = """
SELECT count(*) FROM person p WHERE (
  SELECT j.kind FROM journal j WHERE j.kind IN ('pin_set', 'pin_removed')
    AND json_extract(j.data, '$.of') = p.id ORDER BY j.seq DESC LIMIT 1) = 'pin_set'"""
_LINES: Final = """
SELECT l.playbook, l.line, l.lang, l.text, a.at, a.ends_at FROM line_approval l
JOIN approval a ON a.subject = 'line' AND a.subject_id = l.id AND a.hash = l.hash
WHERE l.incident_id = 0 AND (a.ends_at = 0 OR a.ends_at > ?)
  AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = a.id)
ORDER BY a.at"""


def n_pins(conn: Connection) -> int:
    """People who set a PIN and did not remove it. The PINs themselves are in the keyring."""
    return int(conn.execute(_PINS).fetchone()[0])


def quiet_lines(conn: Connection, now: int) -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """(playbook, line, language, exact text) → (approved at, ends at) of the looks in quiet times
    that still count; the newest of each."""
    rows = conn.execute(_LINES, (now,))
    return {tuple(row[:4]): (row[4], row[5]) for row in rows}
