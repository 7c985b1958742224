"""Playbooks of one's own: immutable versions, the newest counts; and who has read which."""

import hashlib
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area
from socialdesk.domain.frozen import frozen
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction


@frozen
class OwnVersion:
    """`n`: from 1 per playbook. `body`: TOML, "" = the built-in one again. `person`: a name."""

    playbook: str
    n: int
    body: str
    person: str
    at: int
    hash: str


@frozen
class ReadMark:
    """Somebody read this version of a playbook to its end."""

    playbook: str
    version: str
    person_id: int
    person: str
    at: int


def newest(conn: Connection) -> dict[str, tuple[int, str]]:
    """Playbook id → (n, body) of each that was ever changed; body "" = restored."""
    rows = conn.execute(
        "SELECT playbook, n, body FROM playbook_version v"
        " WHERE n = (SELECT max(n) FROM playbook_version w WHERE w.playbook = v.playbook)"
    )
    return {playbook: (n, body) for playbook, n, body in rows}


def read_version(conn: Connection, playbook: str, n: int) -> str | None:
    """The body of one version; None when there is none."""
    row = conn.execute(
        "SELECT body FROM playbook_version WHERE playbook = ? AND n = ?", (playbook, n)
    ).fetchone()
    return str(row[0]) if row else None


def list_versions(conn: Connection, playbook: str) -> list[OwnVersion]:
    """Newest first."""
    rows = conn.execute(
        "SELECT v.playbook, v.n, v.body, coalesce(p.name, ''), v.at, v.hash"
        " FROM playbook_version v LEFT JOIN person p ON p.id = v.person_id"
        " WHERE v.playbook = ? ORDER BY v.n DESC",
        (playbook,),
    )
    return [OwnVersion(*row) for row in rows]


def save_version(tx: "Transaction", playbook: str, body: str, person: int) -> tuple[int, int]:
    """`body` "" goes back to the built-in one. The version's n and the journal entry. The caller
    has checked the body."""
    (n,) = tx.conn.execute(
        "SELECT coalesce(max(n), 0) + 1 FROM playbook_version WHERE playbook = ?", (playbook,)
    ).fetchone()
    digest = hashlib.sha256(body.encode()).hexdigest()
    tx.conn.execute(
        "INSERT INTO playbook_version(playbook, n, body, person_id, at, hash)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (playbook, n, body, person, tx.now, digest),
    )
    tx.touch(Area.PLAYBOOKS)
    kind = "playbook_saved" if body else "playbook_restored"
    data = {"playbook": playbook, "n": n, "hash": digest}
    return n, journal.append(tx, kind, data, person=person)


def mark_read(tx: "Transaction", playbook: str, version: str, person: int) -> int:
    """This person has read it to its end, now. The journal entry."""
    tx.conn.execute(
        "INSERT INTO playbook_read(playbook, version, person_id, at) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT DO UPDATE SET version = ?2, at = ?4",
        (playbook, version, person, tx.now),
    )
    tx.touch(Area.PLAYBOOKS)
    data = {"playbook": playbook, "version": version}
    return journal.append(tx, "playbook_read", data, person=person)


def list_read(conn: Connection) -> list[ReadMark]:
    """Every person's last reading of every playbook, newest first."""
    rows = conn.execute(
        "SELECT r.playbook, r.version, r.person_id, coalesce(p.name, ''), r.at"
        " FROM playbook_read r LEFT JOIN person p ON p.id = r.person_id ORDER BY r.at DESC"
    )
    return [ReadMark(*row) for row in rows]
