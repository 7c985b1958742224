"""Statements of incidents: immutable versions per language, what they lean on, where they went.

Journal: statement_saved, statement_dropped. Whether a version may go out is asked in
`statement_gate.py` and `looks.py`; it goes out in `statement_publishing.py`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import approval_hash, canonical_text
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.crisis.statement import StatementKind
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.picture import Picture
from socialdesk.store import approvals, journal
from socialdesk.store.crisis import incident_moves, statement_leaning
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import approval_hashes, outbox_pictures

MAX_CHARS: Final = 20_000
SAVED_KIND: Final = "statement_saved"
Pairs = tuple[tuple[str, str], ...]


@frozen
class Version:
    """One version of a text, with what its statement says of all languages."""

    id: int
    statement_id: int
    incident_id: int
    code: str
    kind: StatementKind
    audience_id: int
    mention_id: int
    supersedes_id: int
    posture: str
    posture_reason: str
    dropped_at: int
    n: int
    lang: str
    text: str
    blocks: Pairs
    values: Pairs
    accounts: tuple[int, ...]
    pictures: tuple[Picture, ...]
    next_update_at: int
    person_id: int
    edited_at: int
    hash: str
    facts: tuple[int, ...]

    @property
    def slots(self) -> Mapping[str, str]:
        return dict(self.values)


@frozen
class NewVersion:
    """What a person wrote. `statement_id` 0 begins a statement."""

    incident_id: int
    kind: StatementKind
    lang: str
    text: str
    statement_id: int = 0
    blocks: Pairs = ()
    values: Pairs = ()
    accounts: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    next_update_at: int = 0
    audience_id: int = 0
    mention_id: int = 0
    supersedes_id: int = 0
    posture: str = ""
    posture_reason: str = ""


@frozen
class Saved:
    """`seq` 0: the same text was there, and nothing changed."""

    statement_id: int
    version_id: int
    hash: str
    text: str
    seq: int


# --- read ---


def read(conn: Connection, version_id: int) -> Version:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(_READ, (version_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return _version(conn, row)


def newest(conn: Connection, statement_id: int, lang: str) -> Version | None:
    """The draft of a language."""
    row = conn.execute(
        "SELECT max(id) FROM statement_version WHERE statement_id = ? AND lang = ?",
        (statement_id, lang),
    ).fetchone()
    return read(conn, row[0]) if row[0] else None


def version_ids(conn: Connection, statement_id: int) -> list[int]:
    """Every version in every language, newest first."""
    rows = conn.execute(
        "SELECT id FROM statement_version WHERE statement_id = ? ORDER BY id DESC", (statement_id,)
    )
    return [row[0] for row in rows]


def ids_of(conn: Connection, incident_id: int) -> list[int]:
    """Statements of an incident, newest first; dropped ones too."""
    rows = conn.execute(
        "SELECT id FROM statement WHERE incident_id = ? ORDER BY id DESC", (incident_id,)
    )
    return [row[0] for row in rows]


def posts_of(conn: Connection, version_id: int) -> tuple[tuple[int, str, str, int], ...]:
    """(outbox id, account, state, sent at) of where a version went; taken back rows too. State
    `by_hand`: a person posted it."""
    rows = conn.execute(
        "SELECT o.id, coalesce(a.name, ''), CASE WHEN o.state = 'sent' AND o.reason = 'by_hand'"
        " THEN 'by_hand' ELSE o.state END, o.sent_at FROM outbox o"
        " LEFT JOIN account a ON a.id = o.account_id"
        " WHERE o.statement_version_id = ? AND o.statement_version_id > 0 ORDER BY o.id",
        (version_id,),
    )
    return tuple((id, account, state, at) for id, account, state, at in rows)


def is_out(conn: Connection, version_id: int) -> bool:
    """Whether any account has published it."""
    return any(state in ("sent", "by_hand") for _, _, state, _ in posts_of(conn, version_id))


def digest_of(conn: Connection, version: Version) -> str:
    """The approval hash of the version as the file has it now; another one than its `hash` says
    that the text or an account is not what it was."""
    return _digest(conn, version.code, version.kind, version.lang, version.text, version.accounts,
                   version.pictures)  # fmt: skip


def correction_of(conn: Connection, statement_id: int, lang: str) -> int:
    """The newest version of a correction of this statement in this language; 0 = none yet."""
    (found,) = conn.execute(
        "SELECT coalesce(max(v.id), 0) FROM statement s JOIN statement_version v"
        " ON v.statement_id = s.id WHERE s.supersedes_id = ? AND s.kind = 'correction'"
        " AND s.dropped_at = 0 AND v.lang = ?",
        (statement_id, lang),
    ).fetchone()
    return int(found)


# --- write ---


def save(tx: Transaction, new: NewVersion, person: int) -> Saved:
    """A new version; what was approved of the one before ends (R26), and its rows that have not
    left are held. The same text again, bar line ends and blanks, is the same version.

    Raises CommandError NOT_FOUND, EMPTY, TOO_LONG, TOO_LATE (the incident is over).
    """
    text = canonical_text(new.text)
    if not text.strip() or not new.lang:
        raise CommandError(CommandFault.EMPTY)
    if len(text) > MAX_CHARS:
        raise CommandError(CommandFault.TOO_LONG, n=len(text) - MAX_CHARS)
    incident = incident_moves.read(tx.conn, new.incident_id)
    if incident.state in (IncidentState.CLOSED, IncidentState.DISMISSED):
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)
    _check_parts(tx.conn, new)
    statement_id = _statement(tx, new, person)
    before = newest(tx.conn, statement_id, new.lang)
    digest = _digest(
        tx.conn, incident.code, new.kind, new.lang, text, new.accounts, new.pictures
    )  # fmt: skip
    if before is not None and _is_same(before, new, digest):
        return Saved(statement_id, before.id, digest, before.text, 0)
    version_id = _insert(tx, statement_id, new, text, digest, person)
    if before is not None and not is_out(tx.conn, before.id):
        why = f"{statement_leaning.CHANGED}:{version_id}"
        statement_leaning.end(
            tx, approvals.STATEMENT, before.id, why, new.incident_id, person
        )  # fmt: skip
    if before is not None:
        waiting = statement_leaning.waiting_of(tx.conn, before.id)
        statement_leaning.hold(tx, new.incident_id, waiting, "R26", person)
    data = {"statement": statement_id, "version": version_id, "kind": new.kind.value,
            "lang": new.lang, "hash": digest, "facts": list(new.facts),
            "next_update_at": new.next_update_at, "posture": new.posture,
            "reason": new.posture_reason}  # fmt: skip
    tx.touch(Area.INCIDENTS)
    seq = journal.append(tx, SAVED_KIND, data, person=person, incident=new.incident_id)
    return Saved(statement_id, version_id, digest, text, seq)


def drop(tx: Transaction, statement_id: int, person: int) -> int:
    """It will not be published. The journal entry. Raises CommandError NOT_FOUND, TOO_LATE (it is
    out, or on its way)."""
    row = tx.conn.execute(
        "SELECT incident_id FROM statement WHERE id = ? AND dropped_at = 0", (statement_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    for version_id in version_ids(tx.conn, statement_id):
        gone = ("taken_back", "discarded")
        if any(state not in gone for _, _, state, _ in posts_of(tx.conn, version_id)):
            raise CommandError(CommandFault.TOO_LATE, state="sent")
        why = statement_leaning.CHANGED
        statement_leaning.end(tx, approvals.STATEMENT, version_id, why, row[0], person)
    tx.conn.execute("UPDATE statement SET dropped_at = ? WHERE id = ?", (tx.now, statement_id))
    tx.touch(Area.INCIDENTS)
    data = {"statement": statement_id}
    return journal.append(tx, "statement_dropped", data, person=person, incident=row[0])


# --- inside ---


def _check_parts(conn: Connection, new: NewVersion) -> None:
    """What is named must be there. Raises CommandError NOT_FOUND."""
    asked = (
        ("account WHERE id", new.accounts),
        (f"fact_item WHERE incident_id = {new.incident_id:d} AND id", new.facts),
        ("mention WHERE id", (new.mention_id,) if new.mention_id else ()),
        ("audience WHERE id", (new.audience_id,) if new.audience_id else ()),
        ("statement WHERE id", (new.supersedes_id,) if new.supersedes_id else ()),
    )
    for where, ids in asked:
        (n,) = conn.execute(
            f"SELECT count(*) FROM {where} IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(ids))),),
        ).fetchone()
        if n < len(set(ids)):
            raise CommandError(CommandFault.NOT_FOUND)


def _statement(tx: Transaction, new: NewVersion, person: int) -> int:
    if not new.statement_id:
        made = tx.conn.execute(
            "INSERT INTO statement(incident_id, kind, audience_id, mention_id, supersedes_id,"
            " posture, posture_reason, person_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new.incident_id, new.kind.value, new.audience_id, new.mention_id, new.supersedes_id,
             new.posture, new.posture_reason, person, tx.now),
        ).lastrowid  # fmt: skip
        return int(made or 0)
    n = tx.conn.execute(
        "UPDATE statement SET posture = ?, posture_reason = ? WHERE id = ? AND incident_id = ?"
        " AND kind = ? AND dropped_at = 0",
        (new.posture, new.posture_reason, new.statement_id, new.incident_id, new.kind.value),
    ).rowcount
    if not n:
        raise CommandError(CommandFault.NOT_FOUND)
    return new.statement_id


def _is_same(before: Version, new: NewVersion, digest: str) -> bool:
    return (
        before.hash == digest
        and sorted(before.facts) == sorted(set(new.facts))
        and before.next_update_at == new.next_update_at
        and before.blocks == new.blocks
        and before.values == new.values
    )


def _insert(
    tx: Transaction, statement_id: int, new: NewVersion, text: str, digest: str, person: int
) -> int:
    made = tx.conn.execute(
        "INSERT INTO statement_version(statement_id, n, lang, text, blocks, slot_values, accounts,"
        " media, next_update_at, person_id, edited_at, hash)"
        " SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
        " FROM statement_version WHERE statement_id = ?1 AND lang = ?2",
        (statement_id, new.lang, text, _json(new.blocks), _json(new.values),
         _json(sorted(set(new.accounts))), outbox_pictures.packed(new.pictures),
         new.next_update_at, person, tx.now, digest),
    ).lastrowid  # fmt: skip
    tx.conn.executemany(
        "INSERT INTO statement_fact(version_id, fact_id) VALUES (?, ?)",
        [(made, fact_id) for fact_id in sorted(set(new.facts))],
    )
    return int(made or 0)


def _digest(
    conn: Connection,
    code: str,
    kind: StatementKind,
    lang: str,
    text: str,
    accounts: Sequence[int],
    pictures: Sequence[Picture],
) -> str:
    return approval_hash(
        kind=kind.value, incident=code, lang=lang, text=text,
        accounts=approval_hashes.account_names(conn, _json(sorted(set(accounts)))),
        media=[one.approved_as() for one in pictures],
    )  # fmt: skip


def _version(conn: Connection, row: tuple[Any, ...]) -> Version:
    (id, statement_id, incident_id, code, kind, audience, mention, supersedes, posture, reason,
     dropped, n, lang, text, blocks, values, accounts, media, next_at, person, edited_at,
     digest) = row  # fmt: skip
    facts = conn.execute(
        "SELECT fact_id FROM statement_fact WHERE version_id = ? ORDER BY fact_id", (id,)
    )
    return Version(
        id, statement_id, incident_id, code, StatementKind(kind), audience, mention, supersedes,
        posture, reason, dropped, n, lang, text, _pairs(blocks), _pairs(values),
        tuple(json.loads(accounts)), outbox_pictures.unpacked(media, ""), next_at, person,
        edited_at, digest, tuple(fact for (fact,) in facts),
    )  # fmt: skip


def _pairs(text: str) -> Pairs:
    return tuple((str(key), str(value)) for key, value in json.loads(text))


def _json(values: Sequence[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


_READ: Final = """
SELECT v.id, v.statement_id, s.incident_id, i.code, s.kind, s.audience_id, s.mention_id,
  s.supersedes_id, s.posture, s.posture_reason, s.dropped_at, v.n, v.lang, v.text, v.blocks,
  v.slot_values, v.accounts, v.media, v.next_update_at, v.person_id, v.edited_at, v.hash
FROM statement_version v JOIN statement s ON s.id = v.statement_id
JOIN incident i ON i.id = s.incident_id WHERE v.id = ?"""
