"""Audiences: who must hear it from us, kept for all incidents; and who was told what and when.

An address of a notify service may hold a secret: it lies in the keyring, here stands only its kind.
Journal: audience_saved, audience_told; by a notify service audience_telling before it is asked,
then audience_told or audience_not_told: with neither, nobody knows.
"""

from dataclasses import replace
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import approvals, journal
from socialdesk.store.crisis import incident_dues
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

KINDS: Final = ("affected", "customers", "staff", "partners", "authority", "press", "families",
                "community")  # fmt: skip
CHANNELS: Final = ("", "email", "phone", "messenger", "in_person", "notify")
MAX_CHARS: Final = 200


def save(
    tx: Transaction,
    audience_id: int,
    *,
    name: str,
    kind: str,
    channel: str,
    address: str,
    lang: str,
    spokesperson: str,
    contact: str,
    is_tested: bool,
    is_archived: bool,
    incident_id: int,
    person: int,
) -> tuple[int, int]:
    """Its id and the journal entry. `incident_id`: where they must be told, 0 = in none. Raises
    CommandError BAD_INPUT (`what`), NOT_FOUND."""
    clean = " ".join(name.split())
    _require(bool(clean) and len(clean) <= MAX_CHARS, "name")
    _require(kind in KINDS, "kind")
    _require(channel in CHANNELS, "channel")
    _require(not _is_taken(tx, clean, audience_id), "name")
    address, spokesperson, contact = (
        text.strip()[:MAX_CHARS] for text in (address, spokesperson, contact)
    )
    values = (clean, kind, channel, address, lang, spokesperson, contact, int(is_archived))
    if audience_id:
        if not tx.conn.execute(_UPDATE, (*values, audience_id)).rowcount:
            raise CommandError(CommandFault.NOT_FOUND)
    else:
        audience_id = int(tx.conn.execute(_INSERT, values).lastrowid or 0)
    if is_tested:
        tx.conn.execute("UPDATE audience SET tested_at = ? WHERE id = ?", (tx.now, audience_id))
    if incident_id:
        _require(_is_incident(tx.conn, incident_id), "incident_id")
        choose(tx, incident_id, [audience_id])
    tx.touch(Area.INCIDENTS)
    data = {"audience": audience_id, "kind": kind, "is_archived": is_archived,
            "is_tested": is_tested}  # fmt: skip
    return audience_id, journal.append(tx, "audience_saved", data, person=person)


def set_service(tx: Transaction, audience_id: int, shown: str, person: int) -> int:
    """They are told through a notify service from now on; `shown`: its kind, "" = no more. The
    journal entry."""
    tx.conn.execute(
        "UPDATE audience SET address = ?, channel = ? WHERE id = ?",
        (shown, "notify" if shown else "", audience_id),
    )
    tx.touch(Area.INCIDENTS)
    data = {"audience": audience_id, "service": shown}
    return journal.append(tx, "audience_saved", data, person=person)


def approved_text(conn: Connection, incident_id: int, version_id: int, now: int) -> str:
    """The words of a statement that may leave. Raises CommandError NOT_FOUND, CrisisRefusedError
    R25."""
    row = conn.execute(
        "SELECT v.text, v.hash FROM statement_version v JOIN statement s ON s.id = v.statement_id "
        "WHERE v.id = ? AND s.incident_id = ?",
        (version_id, incident_id),
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    text, digest = row
    if not approvals.standing(conn, "statement", version_id, digest, now):
        raise CrisisRefusedError("R25", incident_id=incident_id)
    return str(text)


def begin_telling(
    tx: Transaction, incident_id: int, audience_id: int, version_id: int, person: int,
    *, is_sure: bool,
) -> str:  # fmt: skip
    """The notify service is about to be asked: the words. Raises as `approved_text`; CommandError
    NOT_FOUND, and unless somebody `is_sure` NOT_NOTIFIED (unclear) where it was asked for them
    before and nobody knows what came of it."""
    text = approved_text(tx.conn, incident_id, version_id, tx.now)
    find(tx.conn, audience_id)
    asked = {"incident": incident_id, "audience": audience_id, "version": version_id}
    if not is_sure and tx.conn.execute(_UNCLEAR, asked).fetchone():
        raise CommandError(CommandFault.NOT_NOTIFIED, why="unclear")
    data = {"audience": audience_id, "version": version_id}
    journal.append(tx, "audience_telling", data, person=person, incident=incident_id)
    tx.touch(Area.INCIDENTS)
    return text


def note_not_told(
    tx: Transaction, incident_id: int, audience_id: int, version_id: int, person: int
) -> int:
    """The notify service did not take it. The journal entry."""
    tx.touch(Area.INCIDENTS)
    data = {"audience": audience_id, "version": version_id}
    return journal.append(tx, "audience_not_told", data, person=person, incident=incident_id)


def note_told(
    tx: Transaction, incident_id: int, audience_id: int, version_id: int, how: str, person: int
) -> int:
    """They were told, and what was promised to them is kept. The journal entry. Raises CommandError
    NOT_FOUND."""
    if not _is_incident(tx.conn, incident_id):
        raise CommandError(CommandFault.NOT_FOUND)
    if not tx.conn.execute("SELECT 1 FROM audience WHERE id = ?", (audience_id,)).fetchone():
        raise CommandError(CommandFault.NOT_FOUND)
    tx.conn.execute(
        "INSERT INTO audience_notice(incident_id, audience_id, version_id, how, at, person_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (incident_id, audience_id, version_id, how[:MAX_CHARS], tx.now, person),
    )
    choose(tx, incident_id, [audience_id])
    incident_dues.keep(tx, incident_id, incident_dues.AUDIENCE, audience_id, version_id)
    tx.touch(Area.INCIDENTS)
    data = {"audience": audience_id, "version": version_id, "how": how[:MAX_CHARS]}
    return journal.append(tx, "audience_told", data, person=person, incident=incident_id)


def choose(tx: Transaction, incident_id: int, audiences: list[int] | tuple[int, ...]) -> None:
    """Who must be told in this incident; those that are chosen already stay."""
    tx.conn.executemany(
        "INSERT OR IGNORE INTO incident_audience(incident_id, audience_id) "
        "SELECT ?, id FROM audience WHERE id = ?",
        [(incident_id, id) for id in audiences],
    )


def list_audiences(conn: Connection, incident_id: int = 0) -> list[AudienceRow]:
    """By kind and name. With an incident: when each was last told, and whether it belongs there."""
    found = conn.execute(_LIST, (incident_id,)).fetchall()
    return [replace(AudienceRow(*row), is_in_incident=bool(row[-1])) for row in found]


def find(conn: Connection, audience_id: int) -> AudienceRow:
    """Raises CommandError NOT_FOUND."""
    for row in list_audiences(conn):
        if row.id == audience_id:
            return row
    raise CommandError(CommandFault.NOT_FOUND)


def _require(is_right: bool, what: str) -> None:
    if not is_right:
        raise CommandError(CommandFault.BAD_INPUT, what=what)


def _is_incident(conn: Connection, incident_id: int) -> bool:
    found = conn.execute("SELECT 1 FROM incident WHERE id = ?", (incident_id,)).fetchone()
    return found is not None


def _is_taken(tx: Transaction, name: str, audience_id: int) -> bool:
    row = tx.conn.execute(
        "SELECT 1 FROM audience WHERE name = ? AND id <> ?", (name, audience_id)
    ).fetchone()
    return row is not None


_UNCLEAR: Final = """
SELECT 1 FROM journal asked
WHERE asked.incident = :incident AND asked.kind = 'audience_telling'
AND json_extract(asked.data, '$.audience') = :audience
AND json_extract(asked.data, '$.version') = :version
AND NOT EXISTS (SELECT 1 FROM journal known
  WHERE known.incident = :incident AND known.seq > asked.seq
  AND known.kind IN ('audience_told', 'audience_not_told')
  AND json_extract(known.data, '$.audience') = :audience)"""
_INSERT: Final = (
    "INSERT INTO audience(name, kind, channel, address, lang, spokesperson, contact, is_archived)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE: Final = (
    "UPDATE audience SET name = ?, kind = ?, channel = ?, address = ?, lang = ?, spokesperson = ?,"
    " contact = ?, is_archived = ? WHERE id = ?"
)
_LIST: Final = """
SELECT a.id, a.name, a.kind, a.channel, a.address, a.lang, a.spokesperson, a.contact, a.tested_at,
  coalesce((SELECT max(n.at) FROM audience_notice n
    WHERE n.audience_id = a.id AND n.incident_id = ?1), 0),
  EXISTS (SELECT 1 FROM incident_audience i WHERE i.audience_id = a.id AND i.incident_id = ?1)
FROM audience a WHERE a.is_archived = 0 OR EXISTS (SELECT 1 FROM audience_notice n
  WHERE n.audience_id = a.id AND n.incident_id = ?1 AND ?1 > 0)
ORDER BY a.kind, a.name"""
