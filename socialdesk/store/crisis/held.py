"""Replies that an incident holds: stopped in one statement, and given back one decision at a time.

Nothing resumes by itself, neither under the lock nor after it; a time that has passed never fires.
"""

import json
from typing import Any, Final

from socialdesk.domain import id_ranges
from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.crisis_rows import FlightRow, HeldRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.store import approvals, journal
from socialdesk.store.crisis import incident_moves, lock, looks
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import outbox_moves, promises
from socialdesk.store.outbox.outbox_moves import OPEN, Entry
from socialdesk.store.triage import triage

KEEP, CHANGE, DISCARD = "keep", "change", "discard"
ENDED_BY: Final = "held"  # why an approval counts no more
MAX_UNDO_MS: Final = 120_000  # the longest a reply can be taken back (setting hold_s)
TOLD_ONE_BY_ONE: Final = 500  # mentions a screen is told of; of more it reads anew what it shows

_BASE: Final = "substr({lang}, 1, instr({lang} || '-', '-') - 1)"  # en of en-GB
_IN_SCOPE: Final = (  # as `lock.lock_of` says
    "(json_array_length(:accounts) = 0 OR account_id IN (SELECT value FROM json_each(:accounts))) "
    f"AND (json_array_length(:languages) = 0 OR lang = '' OR {_BASE.format(lang='lang')} IN "
    "(SELECT value FROM json_each(:languages)) OR EXISTS (SELECT 1 FROM mention m LEFT JOIN "
    "insight i ON i.mention_id = m.id WHERE m.id = outbox.mention_id AND "
    f"{_BASE.format(lang=lock.THEIR_LANG)} IN (SELECT value FROM json_each(:languages))))"
)
# A row of the incident's own is what the lock is there for; what already asks a person waits as it
# is, and the gate is asked before it leaves.
_HOLD: Final = f"""
UPDATE outbox SET state = 'held', hold_reason = 'crisis', hold_incident = :incident,
  held_at = :now, next_at = 0, decision = '', reason = ''
WHERE {OPEN} AND incident_id <> :incident AND {_IN_SCOPE}
  AND (state IN ('queued', 'approval')
    OR (state = 'held' AND hold_reason IN ('undo', 'scheduled')))
RETURNING id, mention_id"""
_END_APPROVALS: Final = f"""
INSERT INTO approval_end(approval_id, at, why)
SELECT a.id, :now, '{ENDED_BY}' FROM approval a
WHERE a.subject = '{approvals.REPLY}' AND a.subject_id IN (SELECT value FROM json_each(:ids))
  AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = a.id)"""
_IN_FLIGHT: Final = (
    f"SELECT id FROM outbox WHERE {OPEN} AND state IN ('sending', 'uncertain') AND {_IN_SCOPE}"
    " ORDER BY id"
)


@frozen
class HeldAtOnce:
    """Outbox ids: what was stopped, and what was on the wire (or in doubt) at that moment."""

    held: tuple[int, ...]
    in_flight: tuple[int, ...]


def hold_scope(tx: Transaction, incident: Incident) -> HeldAtOnce:
    """Everything of its scope that waits to leave. `held_until` keeps the time it was meant for;
    what was approved of it counts no more."""
    values = {
        "incident": incident.id, "now": tx.now,
        "accounts": json.dumps(list(incident.scope.accounts)),
        "languages": json.dumps(list(incident.scope.languages)),
    }  # fmt: skip
    rows = tx.conn.execute(_HOLD, values).fetchall()
    ids = [row[0] for row in rows]
    tx.conn.execute(_END_APPROVALS, {"now": tx.now, "ids": json.dumps(ids)})
    in_flight = [row[0] for row in tx.conn.execute(_IN_FLIGHT, values)]
    tx.touch(Area.OUTBOX, Area.QUEUE)
    if len(rows) <= TOLD_ONE_BY_ONE:
        tx.note_updated(mention for _, mention in rows)
    return HeldAtOnce(tuple(sorted(ids)), tuple(in_flight))


def hold_one(tx: Transaction, row: Entry, incident_id: int, why: str) -> int:
    """One row that must not leave under the lock, or whose approval was lost. `why`: a refusal
    code, or ours. The journal entry."""
    end_approvals(tx, row.id)
    tx.touch(Area.INCIDENTS)
    return outbox_moves.move(
        tx, row, "reply_held", None, state=OutboxState.HELD, hold_reason=HoldReason.CRISIS.value,
        hold_incident=incident_id, held_at=tx.now, next_at=0, decision="", reason=why,
    )  # fmt: skip


def end_approvals(tx: Transaction, outbox_id: int) -> None:
    """What was approved of a reply counts no more."""
    tx.conn.execute(_END_APPROVALS, {"now": tx.now, "ids": json.dumps([outbox_id])})


def is_held(row: Entry) -> bool:
    """An incident holds it, and nobody has decided."""
    return row.state is OutboxState.HELD and row.hold_reason == HoldReason.CRISIS.value


def refuse_held(conn: Connection, row: Entry) -> None:
    """Every way but a decision. Raises CrisisRefusedError R15 for a row that an incident holds."""
    if is_held(row):
        raise refusal(conn, row)


def refusal(conn: Connection, row: Entry) -> CrisisRefusedError:
    """R15 of this row. `time`: ms UTC."""
    incident = row.hold_incident or 0
    code = incident_moves.read(conn, incident).code if incident else ""
    return CrisisRefusedError("R15", incident_id=incident, id=code, time=row.held_at)


def decide(tx: Transaction, outbox_id: int, decision: str, person: int) -> int:
    """About one row: `keep` wants a look of its exact text newer than the hold, `change` gives a
    draft back, `discard` ends it. The journal entry. Raises CrisisRefusedError R15; CommandError
    NOT_FOUND, TOO_LATE (no incident holds it), BAD_INPUT."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if not is_held(row):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    tx.touch(Area.INCIDENTS)
    match decision:
        case "keep":
            return _keep(tx, row, person)
        case "change":
            seq = outbox_moves.come_back(tx, row, "held_decided", person, decision=CHANGE)
            triage.reopen(tx, row.mention_id)
            return seq
        case "discard":
            seq = outbox_moves.move(
                tx, row, "held_decided", person, state=OutboxState.DISCARDED, decision=DISCARD
            )
            triage.reopen(tx, row.mention_id)
            return seq
    raise CommandError(CommandFault.BAD_INPUT, what=decision[:40])


def discard_all(tx: Transaction, incident_id: int, person: int) -> tuple[int, int]:
    """Every row the incident holds. How many, and the journal entry. There is no "approve all"."""
    incident_moves.read(tx.conn, incident_id)
    rows = tx.conn.execute(
        "UPDATE outbox SET state = 'discarded', decision = 'discard' WHERE hold_incident = ? "
        f"AND {OPEN} AND state = 'held' AND hold_reason = 'crisis' RETURNING id, mention_id",
        (incident_id,),
    ).fetchall()
    for outbox_id, mention_id in rows:
        promises.reply_unsaid(tx, mention_id, outbox_id)
        triage.reopen(tx, mention_id)
    tx.touch(Area.OUTBOX, Area.INCIDENTS)
    tx.note_updated(mention for _, mention in rows)
    data = {"n": len(rows), "outbox": id_ranges.packed(row[0] for row in rows)}
    seq = journal.append(tx, "held_discarded_all", data, person=person, incident=incident_id)
    return len(rows), seq


def count(conn: Connection, incident_id: int) -> int:
    """Rows it holds that nobody decided about."""
    (n,) = conn.execute(
        "SELECT count(*) FROM outbox WHERE hold_incident = ? "
        "AND state = 'held' AND hold_reason = 'crisis'",
        (incident_id,),
    ).fetchone()
    return int(n)


def list_held(conn: Connection, incident_id: int = 0, limit: int = 2_000) -> list[HeldRow]:
    """Oldest first; `incident_id` 0 = of any incident."""
    rows = conn.execute(
        f"SELECT o.id, o.mention_id, {_NAMES}, o.text, o.held_at, {_DUE}, o.decision,"
        " o.hold_incident"
        f" {_FROM} WHERE o.hold_incident {'= ?' if incident_id else '>= ?'}"
        " AND o.state = 'held' AND o.hold_reason = 'crisis' ORDER BY o.id LIMIT ?",
        (incident_id, limit),
    )
    return [HeldRow(*row) for row in rows]


def list_in_flight(conn: Connection, incident_id: int) -> list[FlightRow]:
    """What was on the wire when it was declared, as it is now."""
    ids = json.dumps(declared_facts(conn, incident_id).get("in_flight", []))
    rows = conn.execute(
        f"SELECT o.id, o.mention_id, {_NAMES}, o.state {_FROM}"
        " WHERE o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id",
        (ids,),
    )
    return [FlightRow(*row) for row in rows]


def declared_facts(conn: Connection, incident_id: int) -> dict[str, Any]:
    """What stood in the event of its declaration; {} before it."""
    row = conn.execute(
        "SELECT data FROM journal WHERE incident = ? AND kind = 'incident_declared'",
        (incident_id,),
    ).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _keep(tx: Transaction, row: Entry, person: int) -> int:
    """It leaves now, or at its own time where that still lies ahead. The gate is asked again when
    it is claimed."""
    refuse_unseen(tx.conn, row, tx.now)
    changes: dict[str, Any] = {"state": OutboxState.QUEUED, "hold_reason": "", "held_until": 0}
    if row.held_until > tx.now:
        changes = {"hold_reason": HoldReason.SCHEDULED.value}
    return outbox_moves.move(
        tx, row, "held_decided", person, decision=KEEP, held_at=tx.now, next_at=0, reason="",
        **changes,
    )  # fmt: skip


def refuse_unseen(conn: Connection, row: Entry, now: int) -> None:
    """R15 without a look since it was held: at a statement, and at a reply under a lock, one that
    counts there, in normal times any. Raises what else a statement is refused for, too."""
    if row.statement_version_id:
        version = row.statement_version_id
        code, facts = looks.leaving_refusal(conn, version, row.hash, now)
        if code:
            raise CrisisRefusedError(code, incident_id=row.incident_id, **dict(facts))
        has_look = looks.has_enough(
            conn, looks.written(conn, approvals.STATEMENT, version), now, newer_than=row.held_at
        )
    elif lock.lock_of(conn, row.account_id, row.mention_id, row.lang) is not None:
        has_look = looks.reply_may_leave(conn, row.id, now)
    else:
        has_look = bool(approvals.standing(conn, approvals.REPLY, row.id, row.hash, now))
    if not has_look:
        raise refusal(conn, row)


_NAMES: Final = "coalesce(a.name, ''), coalesce(nullif(w.name, ''), w.handle, '')"
# Its own time, which is no end of the seconds of undo.
_DUE: Final = f"CASE WHEN o.held_until - o.made_at > {MAX_UNDO_MS} THEN o.held_until ELSE 0 END"
_FROM: Final = (
    "FROM outbox o LEFT JOIN account a ON a.id = o.account_id"
    " LEFT JOIN mention m ON m.id = o.mention_id LEFT JOIN author w ON w.id = m.author_id"
)
