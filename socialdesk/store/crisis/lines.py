"""Reply lines of playbooks, prepared for an incident and language, or in quiet times for readiness.

A line is approved once; its replies then need only the approved words with their places filled.
Journal: line_prepared, check_skipped.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import approval_hash, canonical_text
from socialdesk.domain.crisis.fact import FactState
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.look import MIN_SKIP_CHARS
from socialdesk.domain.crisis.refusal import BREAKABLE, CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.store import approvals, journal
from socialdesk.store.crisis import facts, incident_moves, look_ends, looks, skips, statement_gate
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

NAME_SEP: Final = "/"
PREPARED_KIND: Final = "line_prepared"


@frozen
class PreparedLine:
    """A line whose words are fixed. `incident_id` 0 = in quiet times. `missing`: a refusal code, ""
    = it may be sent now. `seq`: of the preparing, 0 = it was there."""

    id: int
    incident_id: int
    playbook: str
    key: str
    lang: str
    text: str
    hash: str
    facts: tuple[int, ...]
    person_id: int
    at: int
    is_claim: bool
    is_safety: bool
    missing: str = ""
    seq: int = 0

    @property
    def name(self) -> str:
        """ "playbook/key", as the outbox keeps it."""
        return f"{self.playbook}{NAME_SEP}{self.key}"


@frozen
class NewLine:
    """A line of a playbook as it reads now."""

    incident_id: int
    playbook: str
    key: str
    lang: str
    text: str
    is_claim: bool
    is_safety: bool
    facts: tuple[int, ...] = ()


def line_for(
    conn: Connection, incident_id: int, name: str, lang: str, now: int
) -> PreparedLine | None:
    """The line that the gate measures a reply by: approved for the incident, else one of quiet
    times; where none may be sent the newest, with what it lacks; None when it was never prepared.
    `name`: "playbook/key"."""
    playbook, _, key = name.partition(NAME_SEP)
    found = [
        with_missing(conn, one, now, incident_id)
        for one in _prepared(conn, incident_id, playbook, key, lang)
    ]
    ready = [one for one in found if not one.missing]
    return next(iter(ready or found), None)


def read(conn: Connection, line_id: int) -> PreparedLine:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(f"{_SELECT} WHERE id = ?", (line_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return _line(row)


def list_prepared(conn: Connection, incident_id: int, lang: str) -> list[PreparedLine]:
    """Newest first: of the incident, then of quiet times."""
    rows = conn.execute(
        f"{_SELECT} WHERE incident_id IN (?1, 0) AND lang = ?2 ORDER BY incident_id = 0, id DESC",
        (incident_id, lang),
    )
    return [_line(row) for row in rows]


def with_missing(conn: Connection, line: PreparedLine, now: int, incident_id: int) -> PreparedLine:
    """With what it lacks now, in this incident (0 = in quiet times): R11 (a claim before the first
    statement), R23 (a fact), R26 (damage), R27 (its approval ended), R25 (no look); "" = it may be
    sent."""
    return replace(line, missing=_missing(conn, line, now, incident_id))


def prepare(tx: Transaction, new: NewLine, person: int, skip_reason: str = "") -> PreparedLine:
    """Fix the words of a line; then its second look. The same words with the same facts again are
    the same line: its cool-down goes on.

    `skip_reason`: break glass for a safety line in SEV1. Raises CrisisRefusedError R23, R24 and
    CommandError NOT_FOUND, EMPTY, BAD_INPUT (a claim in quiet times; `skip_reason`).
    """
    code, severity = None, Severity.UNSAID
    if new.incident_id:
        incident = incident_moves.read(tx.conn, new.incident_id)
        code, severity = incident.code, incident.severity
    elif new.is_claim and not new.is_safety:
        raise CommandError(CommandFault.BAD_INPUT, what="incident_id")
    if skip_reason and not _may_skip(new, severity, skip_reason):
        raise CommandError(CommandFault.BAD_INPUT, what="skip_reason")
    text = canonical_text(new.text)
    if not text:
        raise CommandError(CommandFault.EMPTY)
    _refuse_loose(tx.conn, new, BREAKABLE if skip_reason else statement_gate.NO_SKIP)
    digest = approval_hash(kind="line", incident=code, lang=new.lang, text=text)
    line = _known(tx.conn, new, digest) or _insert(tx, new, text, digest, person)
    if skip_reason:
        data = {"line": line.id, "name": line.name, "hash": digest,
                "codes": _skipped(tx.conn, new), "reason": skip_reason.strip()}  # fmt: skip
        journal.append(tx, skips.SKIPPED_KIND, data, person=person, incident=new.incident_id)
    tx.touch(Area.INCIDENTS)
    return with_missing(tx.conn, line, tx.now, new.incident_id)


# --- inside ---


def _missing(conn: Connection, line: PreparedLine, now: int, incident_id: int) -> str:
    skip = frozenset[str]()
    if incident_id and line.is_claim and incident_moves.read(conn, incident_id).is_claim_locked:
        return "R11"
    if line.incident_id:
        skip = skips.standing(conn, line.incident_id, "line", line.id, line.hash)
    leaning = [facts.read(conn, fact_id) for fact_id in line.facts]
    if line.hash != _digest(conn, line):
        return "R26"
    if any(fact.state is not FactState.CONFIRMED and not fact.may_skip(skip) for fact in leaning):
        return "R23"
    what = looks.written(conn, approvals.LINE, line.id)
    if "R25" in skip or looks.has_enough(conn, what, now):
        return ""
    is_over = any(not one.stands(line.hash, now) for one in look_ends.given_to(conn, what))
    return "R27" if is_over else "R25"


def _digest(conn: Connection, line: PreparedLine) -> str:
    code = incident_moves.read(conn, line.incident_id).code if line.incident_id else None
    return approval_hash(kind="line", incident=code, lang=line.lang, text=line.text)


def _refuse_loose(conn: Connection, new: NewLine, skip: frozenset[str]) -> None:
    """A claim names the confirmed facts it leans on."""
    if new.is_claim and not new.facts and new.incident_id:
        raise CrisisRefusedError("R23", incident_id=new.incident_id, n=1, list=f"«{new.key}»")
    if new.facts:
        facts.refuse_unconfirmed(conn, new.facts, new.incident_id, skip=skip)


def _skipped(conn: Connection, new: NewLine) -> list[str]:
    """What would have been refused: a fact with too few checks, and the look nobody gave."""
    try:
        _refuse_loose(conn, new, statement_gate.NO_SKIP)
    except CrisisRefusedError as e:
        return sorted({e.code, "R25"})
    return ["R25"]


def _may_skip(new: NewLine, severity: Severity, reason: str) -> bool:
    is_worst = severity is Severity.SEV1
    return new.is_safety and is_worst and len(reason.strip()) >= MIN_SKIP_CHARS


def _known(conn: Connection, new: NewLine, digest: str) -> PreparedLine | None:
    found = _prepared(conn, new.incident_id, new.playbook, new.key, new.lang)
    for line in found:
        is_same = line.incident_id == new.incident_id and line.hash == digest
        if is_same and sorted(line.facts) == sorted(set(new.facts)):
            return line
    return None


def _insert(tx: Transaction, new: NewLine, text: str, digest: str, person: int) -> PreparedLine:
    leaning = sorted(set(new.facts))
    made = tx.conn.execute(
        "INSERT INTO line_approval(incident_id, playbook, line, lang, text, hash, facts, at,"
        " person_id, is_claim, is_safety) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (new.incident_id, new.playbook, new.key, new.lang, text, digest, json.dumps(leaning),
         tx.now, person, int(new.is_claim), int(new.is_safety)),
    ).lastrowid  # fmt: skip
    data = {"line": made, "name": f"{new.playbook}{NAME_SEP}{new.key}", "lang": new.lang,
            "hash": digest, "facts": leaning}  # fmt: skip
    seq = journal.append(
        tx, PREPARED_KIND, data, person=person, incident=new.incident_id or None
    )  # fmt: skip
    return PreparedLine(
        int(made or 0), new.incident_id, new.playbook, new.key, new.lang, text, digest,
        tuple(leaning), person, tx.now, new.is_claim, new.is_safety, seq=seq,
    )  # fmt: skip


def _prepared(
    conn: Connection, incident_id: int, playbook: str, key: str, lang: str
) -> Sequence[PreparedLine]:
    """Of the incident first, then of quiet times; newest first."""
    rows = conn.execute(
        f"{_SELECT} WHERE incident_id IN (?1, 0) AND playbook = ?2 AND line = ?3 AND lang = ?4"
        " ORDER BY incident_id = 0, id DESC",
        (incident_id, playbook, key, lang),
    )
    return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> PreparedLine:
    (id, incident_id, playbook, key, lang, text, digest, leaning, person, at, is_claim,
     is_safety) = row  # fmt: skip
    return PreparedLine(
        id, incident_id, playbook, key, lang, text, digest, tuple(json.loads(leaning)), person, at,
        bool(is_claim), bool(is_safety),
    )  # fmt: skip


_SELECT: Final = (
    "SELECT id, incident_id, playbook, line, lang, text, hash, facts, person_id, at, is_claim,"
    " is_safety FROM line_approval"
)
