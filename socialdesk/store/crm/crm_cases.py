"""Cases on their way to a CRM, and the only way their state moves.

Exactly once, as with replies (`replies/outbox.py`): a row becomes `sending` in one transaction
before the first byte leaves, and its key was fixed before that. The words of a case stay here only
until the CRM has it.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.crm import (
    CASE_STEPS,
    ENDED,
    CaseKind,
    CaseState,
    CrmCase,
    CrmPushed,
    may_step,
)
from socialdesk.store import accounts, journal, settings
from socialdesk.store.crm.crm_case_rows import COLUMNS, Entry, entry_of, read
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.mentions import from_ms
from socialdesk.store.outbox.claims import INTERRUPTED, OUTLIVED, REPEAT, Claim

EXPIRED: Final = "expired"  # the mention was deleted, or its words taken out by its network's terms


# --- people ---


def add(
    tx: Transaction, *, account_id: int, mention_id: int, case: CrmCase, person: int, leaves_at: int
) -> Entry:
    """A new one, which leaves at `leaves_at` (ms UTC). Not journalled: see `crm_acts.py`."""
    id = tx.conn.execute(
        "INSERT INTO crm_case(account_id, mention_id, key, kind, subject, body, person_remote_id,"
        " state, next_at, person_id, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)",
        (account_id, mention_id, case.key, case.kind.value, case.subject, case.body,
         case.person_remote_id, leaves_at, person, tx.now),
    ).lastrowid  # fmt: skip
    tx.touch(Area.CRM)
    return read(tx.conn, int(id or 0))


def discard(tx: Transaction, case_id: int, person: int) -> int:
    """It is not made, or not made again. The journal entry. Raises CommandError TOO_LATE once it
    has left, while the program still looks for it too."""
    entry = read(tx.conn, case_id)
    is_looked_for = entry.state is CaseState.UNCERTAIN and entry.next_at > 0
    if CaseState.DISCARDED not in CASE_STEPS[entry.state] or is_looked_for:
        raise CommandError(CommandFault.TOO_LATE)
    return _move(tx, entry, "crm_case_discarded", person, state=CaseState.DISCARDED, body="",
                 next_at=0)  # fmt: skip


def make_again(tx: Transaction, case_id: int, person: int) -> int:
    """A person says that it is not there: once more, under the same key. The journal entry.
    Raises CommandError CHANGED_SINCE when nothing waits for them."""
    entry = read(tx.conn, case_id)
    if entry.state is not CaseState.FAILED and not _is_asked(entry):
        raise CommandError(CommandFault.CHANGED_SINCE)
    return _move(tx, entry, "crm_case_again", person, state=CaseState.QUEUED, next_at=tx.now,
                 n_looks=0, reason="", detail="")  # fmt: skip


def note_seen(tx: Transaction, case_id: int, url: str, person: int) -> int:
    """A person found it there. The journal entry. Raises CommandError CHANGED_SINCE."""
    entry = read(tx.conn, case_id)
    if entry.state is not CaseState.FAILED and not _is_asked(entry):
        raise CommandError(CommandFault.CHANGED_SINCE)
    return _move(tx, entry, "crm_case_seen", person, state=CaseState.SENT, url=url[:2000],
                 body="", next_at=0, reason="", detail="")  # fmt: skip


def _is_asked(entry: Entry) -> bool:
    return entry.state is CaseState.UNCERTAIN and not entry.next_at


# --- the pusher ---


def next_due(conn: Connection) -> int | None:
    """When there is something to do next (ms UTC, may lie behind); None = nothing."""
    (at,) = conn.execute(_NEXT_DUE, {"can_send": _can_send(conn)}).fetchone()
    return None if at is None else int(at)


def claim_next(tx: Transaction, busy: Collection[int]) -> Claim[CrmCase] | None:
    """The next queued case of a CRM that is on and not `busy`, now `sending`.

    What must not leave is settled on the way: one whose words may go nowhere any more fails, and a
    doubtful try that waited until its CRM forgot the key is looked for again.
    """
    if not _can_send(tx.conn):
        return None
    rows = _rows(
        tx.conn,
        "state = 'queued' AND next_at <= ? AND account_id NOT IN (SELECT value FROM json_each(?))",
        (tx.now, json.dumps(sorted(busy))),
    )
    for row in rows:
        claim = _handed(tx.conn, row)
        if _is_gone(tx.conn, row):
            _move(tx, row, "crm_case_failed", None, state=CaseState.FAILED, next_at=0, body="",
                  reason=EXPIRED, detail="")  # fmt: skip
        elif claim is not None and claim.has_outlived_its_key(tx.now):
            mark_uncertain(tx, row.id, tx.now if claim.reads_back else 0, OUTLIVED)
        elif claim is not None:
            _move(tx, row, "crm_case_claimed", None, state=CaseState.SENDING,
                  n_tries=row.n_tries + 1, first_tried_at=row.first_tried_at or tx.now, next_at=0,
                  reason="", detail="")  # fmt: skip
            return _handed(tx.conn, read(tx.conn, row.id))
    return None


def has_unanswered(conn: Connection, busy: Collection[int]) -> bool:
    """Whether `doubt_unanswered` has something to do."""
    return bool(_unanswered(conn, busy))


def doubt_unanswered(tx: Transaction, look_at: int, busy: Collection[int] = ()) -> int:
    """What is on the wire in the file, and none of the `busy` accounts is at it: its engine died,
    or what became of it could not be written down. It is in doubt. How many."""
    found = _unanswered(tx.conn, busy)
    for case_id in found:
        mark_uncertain(tx, case_id, look_at, INTERRUPTED)
    return len(found)


def settle_sent(tx: Transaction, case_id: int, pushed: CrmPushed) -> int:
    """The CRM has it. The journal entry; 0 where a person ended it while it was looked for."""
    entry = read(tx.conn, case_id)
    if entry.state in ENDED:
        return 0
    return _move(
        tx, entry, "crm_case_sent", None, state=CaseState.SENT, next_at=0,
        remote_id=pushed.remote_id[:512], url=pushed.url[:2000], remote_state=pushed.state[:200],
        checked_at=tx.now if pushed.state else 0, body="", reason=pushed.note, detail="",
    )  # fmt: skip


def settle_failed(tx: Transaction, case_id: int, reason: str, detail: str = "") -> int:
    """Surely not there, and a repeat would not help: a person decides. The journal entry."""
    return _move(tx, read(tx.conn, case_id), "crm_case_failed", None, state=CaseState.FAILED,
                 next_at=0, reason=reason, detail=detail)  # fmt: skip


def mark_uncertain(
    tx: Transaction, case_id: int, look_at: int, reason: str, detail: str = ""
) -> int:
    """It may be there: look at `look_at` (ms UTC). The journal entry."""
    return _move(tx, read(tx.conn, case_id), "crm_case_uncertain", None,
                 state=CaseState.UNCERTAIN, next_at=look_at, n_looks=0, reason=reason,
                 detail=detail)  # fmt: skip


def requeue(tx: Transaction, case_id: int, next_at: int, reason: str, detail: str = "") -> int:
    """Surely not there, or known to be harmless to repeat: again from `next_at`, under the same
    key. The journal entry; 0 where a person decided while it was looked for.

    Without a reason it never left, and does not count as a try. `n_looks` tells of a queued row
    that a try before was in doubt: its repeats are only safe for a time, whatever delays them.
    """
    entry = read(tx.conn, case_id)
    if reason == REPEAT and entry.state is not CaseState.UNCERTAIN:
        return 0
    n_tries = entry.n_tries if reason else entry.n_tries - 1
    return _move(tx, entry, "crm_case_queued", None, state=CaseState.QUEUED, next_at=next_at,
                 n_looks=entry.n_looks + (reason == REPEAT), n_tries=n_tries, reason=reason,
                 detail=detail,
                 first_tried_at=entry.first_tried_at if n_tries else 0)  # fmt: skip


def looks_due(conn: Connection, now: int) -> list[Claim[CrmCase]]:
    """Doubtful cases to look for now, oldest first; those a person must decide are not here."""
    rows = _rows(conn, "state = 'uncertain' AND next_at BETWEEN 1 AND ?", (now,))
    claims = (_handed(conn, row) for row in rows)
    return [claim for claim in claims if claim is not None]


def note_look(tx: Transaction, case_id: int, next_at: int) -> int:
    """Looked, and it is not there (yet). `next_at` 0: a person decides. The journal entry; 0 where
    one did."""
    entry = read(tx.conn, case_id)
    if entry.state is not CaseState.UNCERTAIN:
        return 0
    return _move(tx, entry, "crm_case_looked_for", None, state=CaseState.UNCERTAIN,
                 n_looks=entry.n_looks + 1, next_at=next_at)  # fmt: skip


def look_later(tx: Transaction, case_id: int, next_at: int) -> None:
    """The CRM could not be asked: that tells nothing and counts as no look."""
    tx.conn.execute(
        "UPDATE crm_case SET next_at = ? WHERE id = ? AND state = 'uncertain'", (next_at, case_id)
    )


def forget_expired(tx: Transaction) -> int:
    """Words of mentions that are gone, in cases that wait for a person. How many."""
    n = tx.conn.execute(
        "UPDATE crm_case SET body = '' WHERE body <> '' AND state IN ('failed', 'uncertain')"
        f" AND EXISTS ({_GONE})"
    ).rowcount
    return int(n)


def has_expired(conn: Connection) -> bool:
    """Whether `forget_expired` has something to do."""
    sql = (
        "SELECT 1 FROM crm_case WHERE body <> '' AND state IN ('failed', 'uncertain')"
        f" AND EXISTS ({_GONE}) LIMIT 1"
    )
    return conn.execute(sql).fetchone() is not None


def shorten_waits(tx: Transaction, longest_ms: int, back_ms: int = 0) -> None:
    """The clock was set back by `back_ms`: no case waits longer than the longest pause, and first
    tries are as old as they were."""
    tx.conn.execute(
        "UPDATE crm_case SET next_at = min(next_at, ?), first_tried_at ="
        " iif(first_tried_at > 0, max(1, first_tried_at - ?), 0)"
        f" WHERE {_OPEN}",
        (tx.now + longest_ms, back_ms),
    )


# --- inside ---

_MOVING: Final = (
    "state", "body", "reason", "detail", "n_tries", "n_looks", "first_tried_at", "next_at",
    "remote_id", "url", "remote_state", "checked_at",
)  # fmt: skip
_WRITE: Final = f"UPDATE crm_case SET {', '.join(f'{one} = ?' for one in _MOVING)} WHERE id = ?"
_GONE: Final = (
    "SELECT 1 FROM mention m WHERE m.id = crm_case.mention_id"
    " AND (m.deleted_at > 0 OR m.expired_at > 0)"
)
_OPEN: Final = "state IN ('queued', 'sending', 'uncertain')"  # as its partial index says
_NEXT_DUE: Final = """
SELECT min(c.next_at) FROM crm_case c JOIN account a ON a.id = c.account_id AND a.state = 'on'
WHERE (:can_send AND c.state = 'queued') OR (c.state = 'uncertain' AND c.next_at > 0)"""


def _move(
    tx: Transaction, before: Entry, kind: str, person: int | None, *, state: CaseState,
    **changes: Any,
) -> int:  # fmt: skip
    """Write the row with `changes` and journal that as `kind`; the entry. A step that
    `domain.people.crm` does not know is a bug."""
    if not may_step(before.state, state, before.n_tries):
        raise ValueError(f"a case cannot go from {before.state.value} to {state.value}")
    after = replace(before, state=state, **changes)
    values = [getattr(after, one) for one in _MOVING]
    tx.conn.execute(_WRITE, (after.state.value, *values[1:], after.id))
    tx.touch(Area.CRM)
    return journal.append(tx, kind, facts(after), person=person)


def facts(entry: Entry) -> dict[str, Any]:
    """For the journal: ids and codes, none of its words."""
    return {"case": entry.id, "account": entry.account_id, "mention": entry.mention_id,
            "kind": entry.kind, "reason": entry.reason}  # fmt: skip


def _is_gone(conn: Connection, entry: Entry) -> bool:
    found = conn.execute(
        "SELECT deleted_at > 0 OR expired_at > 0 FROM mention WHERE id = ?", (entry.mention_id,)
    ).fetchone()
    return found is None or bool(found[0])


def _can_send(conn: Connection) -> bool:
    """Off after a restore, until a person says on: the CRM may have these cases already."""
    return settings.read(conn, "sender", "on") != "off"


def _rows(conn: Connection, where: str, values: tuple[Any, ...]) -> list[Entry]:
    """Rows of CRMs that are on, by their next time; `where` is one of this file's conditions."""
    sql = (
        f"SELECT {COLUMNS} FROM crm_case WHERE {where} AND {_OPEN}"
        " AND account_id IN (SELECT id FROM account WHERE state = 'on') ORDER BY next_at, id"
    )
    return [entry_of(row) for row in conn.execute(sql, values)]


def _unanswered(conn: Connection, busy: Collection[int]) -> list[int]:
    """Ids; of a CRM that is off as well."""
    sql = (
        f"SELECT id FROM crm_case WHERE state = 'sending' AND {_OPEN}"
        " AND account_id NOT IN (SELECT value FROM json_each(?))"
    )
    return [id for (id,) in conn.execute(sql, (json.dumps(sorted(busy)),))]


def _handed(conn: Connection, entry: Entry) -> Claim[CrmCase] | None:
    account = accounts.read_account(conn, entry.account_id)
    if account is None:
        return None
    case = CrmCase(
        entry.key, CaseKind(entry.kind), entry.subject, entry.body, from_ms(entry.made_at),
        entry.person_remote_id,
    )  # fmt: skip
    return Claim(
        entry.id, account, case, entry.n_tries, entry.n_looks, entry.first_tried_at, entry.reason
    )  # fmt: skip
