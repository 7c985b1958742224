"""What a workspace has ready for a crisis that no other question tells: PINs, addresses of notify
services, lines approved in quiet times."""

from typing import Final

from socialdesk.domain.crisis.readiness import ForgottenPin
from socialdesk.domain.frozen import frozen
from socialdesk.store.file.sqlite import Connection

_PINS: Final = """
SELECT count(*) FROM person p WHERE (
  SELECT j.kind FROM journal j WHERE j.kind IN ('pin_set', 'pin_removed')
    AND json_extract(j.data, '$.of') = p.id ORDER BY j.seq DESC LIMIT 1) = 'pin_set'"""
_FORGOTTEN: Final = """
SELECT p.name, coalesce(b.name, ''), j.at FROM journal j
JOIN person p ON p.id = json_extract(j.data, '$.of') LEFT JOIN person b ON b.id = j.person
WHERE j.kind = 'pin_removed' AND j.incident IS NULL AND j.at >= ?
  AND json_extract(j.data, '$.reason') <> '' ORDER BY j.seq DESC"""
_SERVED: Final = """
SELECT a.id FROM audience a WHERE a.channel = 'notify' AND coalesce((
  SELECT json_extract(j.data, '$.service') FROM journal j WHERE j.kind = 'audience_saved'
    AND json_extract(j.data, '$.audience') = a.id
    AND json_type(j.data, '$.service') IS NOT NULL ORDER BY j.seq DESC LIMIT 1), '') <> ''"""
_LINES: Final = """
SELECT l.id, l.hash, l.person_id, coalesce(p.name, ''), l.at, l.playbook, l.line, l.lang, l.text,
  coalesce(a.at, 0), coalesce(a.ends_at, 0)
FROM line_approval l LEFT JOIN person p ON p.id = l.person_id
LEFT JOIN approval a ON a.id = (
  SELECT max(x.id) FROM approval x WHERE x.subject = 'line' AND x.subject_id = l.id
    AND x.hash = l.hash AND (x.ends_at = 0 OR x.ends_at > ?)
    AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = x.id))
WHERE l.incident_id = 0 ORDER BY l.id"""


@frozen
class FixedLine:
    """A line whose words were fixed in quiet times. `looked_at`: of its newest look that was not
    ended, 0 = none; whether that look is enough is for `lines.with_missing` to say."""

    id: int
    hash: str
    person_id: int
    person: str
    at: int
    playbook: str
    line: str
    lang: str
    text: str
    looked_at: int
    ends_at: int


def n_pins(conn: Connection) -> int:
    """People who set a PIN and did not remove it. The PINs themselves are in the keyring."""
    return int(conn.execute(_PINS).fetchone()[0])


def forgotten_pins(conn: Connection, since: int) -> tuple[ForgottenPin, ...]:
    """PINs removed without being typed, newest first. `since`: ms UTC."""
    return tuple(ForgottenPin(*row) for row in conn.execute(_FORGOTTEN, (since,)))


def served(conn: Connection) -> frozenset[int]:
    """Audiences whose notify service was given an address. That is in the keyring; what was typed
    as an ordinary address reaches no service."""
    return frozenset(id_ for (id_,) in conn.execute(_SERVED))


def fixed_lines(conn: Connection, now: int) -> dict[tuple[str, str, str, str], FixedLine]:
    """By (playbook, line, language, exact text); the newest of each."""
    found = (FixedLine(*row) for row in conn.execute(_LINES, (now,)))
    return {(one.playbook, one.line, one.lang, one.text): one for one in found}
