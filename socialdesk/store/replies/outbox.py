"""The sender's side of outgoing replies; what people do with them is in `replies.py`, how a held
one is released in `outbox_holds.py`.

Exactly once: a row becomes `sending`, with its journal entry, in one transaction before the first
byte leaves; its key was fixed before that. Whatever ends without an answer is looked for, never
sent blindly.
"""

import json
from collections.abc import Collection
from typing import Any, Final

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.reply import ENDED, OutboxState, Outgoing, Posted
from socialdesk.store import accounts, journal, settings
from socialdesk.store.crisis import held, lock
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.mentions import from_ms
from socialdesk.store.outbox import approval_hashes, outbox_moves, outbox_sent
from socialdesk.store.outbox.claims import INTERRUPTED, OUTLIVED, REPEAT, Claim
from socialdesk.store.outbox.outbox_moves import COLUMNS, OPEN, Entry
from socialdesk.store.replies import outbox_holds, replies, reply_gate
from socialdesk.store.triage import triage

STALE_MS: Final = 120_000  # a reply that waited longer asks first when the thread moved on
DAMAGED, NOT_APPROVED, MOVED_ON = "damaged", "not_approved", "thread_moved"  # reasons


# --- before the wire ---


def claim_next(tx: Transaction, busy: Collection[int]) -> Claim[Outgoing] | None:
    """The next queued reply of an account that is on and not `busy`, now `sending`.

    What must not leave is settled on the way: a damaged row fails, a text without the approval that
    the policy demands now is held, and so is a late reply to a thread that moved on; a doubtful try
    that waited until its network forgot the key is looked for again.
    """
    if settings.read(tx.conn, "sender", "on") == "off":
        return None
    while (row := _next_queued(tx, busy)) is not None:
        try:
            reason = _obstacle(tx, row)
        except CrisisRefusedError as e:
            _stop_refused(tx, row, e)
            continue
        claim = None if reason else _handed(tx.conn, row)
        if claim is None:
            _stop(tx, row, reason or DAMAGED)
        elif claim.has_outlived_its_key(tx.now):
            _doubt(tx, row, tx.now if claim.reads_back else 0, OUTLIVED, "")
        else:
            return _claim(tx, row)
    return None


def next_due(conn: Connection) -> int | None:
    """When the sender has something to do next (ms UTC, may lie behind); None = nothing."""
    can_send = settings.read(conn, "sender", "on") != "off"
    (at,) = conn.execute(_NEXT_DUE, {"can_send": can_send}).fetchone()
    return None if at is None else int(at)


def has_unanswered(conn: Connection, busy: Collection[int]) -> bool:
    """Whether `doubt_unanswered` has something to do."""
    return bool(_unanswered(conn, busy))


def doubt_unanswered(tx: Transaction, look_at: int, busy: Collection[int] = ()) -> int:
    """What is on the wire in the file, and none of the `busy` accounts is at it: its engine died,
    or what became of it could not be written down. It is in doubt. How many."""
    rows = _unanswered(tx.conn, busy)
    for row in rows:
        _doubt(tx, row, look_at, INTERRUPTED, "")
    return len(rows)


# --- after the wire ---


def settle_sent(tx: Transaction, outbox_id: int, posted: Posted) -> int:
    """The network has it: the mention waits, and our post stands in its thread. 0 where a person
    ended it while it was looked for."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state in ENDED:
        return 0
    seq = replies.mark_sent(tx, row, posted, "reply_sent", None)
    outbox_sent.keep_own_post(tx, row, posted)
    return seq


def settle_failed(tx: Transaction, outbox_id: int, reason: str, detail: str = "") -> int:
    """Surely not sent, and a repeat would not help: a person decides."""
    row = outbox_moves.read(tx.conn, outbox_id)
    seq = outbox_moves.move(
        tx, row, "reply_failed", None, state=OutboxState.FAILED, next_at=0, reason=reason,
        detail=detail,
    )  # fmt: skip
    triage.reopen(tx, row.mention_id)
    return seq


def mark_uncertain(
    tx: Transaction, outbox_id: int, next_at: int, reason: str, detail: str = ""
) -> int:
    """It may be on the network: look there at `next_at` (ms UTC)."""
    return _doubt(tx, outbox_moves.read(tx.conn, outbox_id), next_at, reason, detail)


def requeue(
    tx: Transaction, outbox_id: int, next_at: int, reason: str = "", detail: str = ""
) -> int:
    """Surely not sent, or known to be harmless to repeat: again from `next_at`, under the same key.

    Without a reason it never left this program, and does not count as a try. Under a lock nothing
    in doubt is repeated by itself: a person looks. `n_looks` tells of a queued row that a try
    before was in doubt: its repeats are only safe for a time, whatever delays them. 0 where a
    person decided while it was looked for.
    """
    row = outbox_moves.read(tx.conn, outbox_id)
    if reason == REPEAT and row.state is not OutboxState.UNCERTAIN:
        return 0
    if reason == REPEAT and lock.lock_of(tx.conn, row.account_id, row.mention_id, row.lang):
        return note_look(tx, outbox_id, 0)
    n_tries = row.n_tries if reason else row.n_tries - 1
    return outbox_moves.move(
        tx, row, "reply_queued", None, state=OutboxState.QUEUED, next_at=next_at,
        n_looks=row.n_looks + (reason == REPEAT), reason=reason, detail=detail, n_tries=n_tries,
        first_try_at=row.first_try_at if n_tries else 0,
    )  # fmt: skip


def looks_due(conn: Connection, now: int) -> list[Claim[Outgoing]]:
    """Doubtful replies to look for now, oldest first; those a person must decide are not here."""
    rows = _rows(
        conn,
        "state = 'uncertain' AND next_at BETWEEN 1 AND ? "
        "AND account_id IN (SELECT id FROM account WHERE state = 'on')",
        (now,),
    )
    claims = (_handed(conn, row) for row in rows)
    return [claim for claim in claims if claim is not None]


def note_look(tx: Transaction, outbox_id: int, next_at: int) -> int:
    """Looked, and it is not there (yet). `next_at` 0: a person decides; 0 where one did."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state is not OutboxState.UNCERTAIN:
        return 0
    seq = outbox_moves.move(
        tx, row, "reply_looked_for", None, n_looks=row.n_looks + 1, next_at=next_at
    )
    if not next_at:
        triage.reopen(tx, row.mention_id)
    return seq


def look_later(tx: Transaction, outbox_id: int, next_at: int) -> None:
    """The network could not be asked: that tells nothing and counts as no look."""
    tx.conn.execute(
        "UPDATE outbox SET next_at = ? WHERE id = ? AND state = 'uncertain'", (next_at, outbox_id)
    )


# --- inside ---


def _next_queued(tx: Transaction, busy: Collection[int]) -> Entry | None:
    rows = _rows(
        tx.conn,
        "state = 'queued' AND next_at <= ? AND account_id NOT IN (SELECT value FROM json_each(?)) "
        "AND account_id IN (SELECT id FROM account WHERE state = 'on')",
        (tx.now, json.dumps(sorted(busy))),
        limit=1,
    )
    return rows[0] if rows else None


def _obstacle(tx: Transaction, row: Entry) -> str:
    """Why this row must not leave now; "" when it may. Read back from the file, not remembered.
    Raises CrisisRefusedError."""
    if not _is_whole(tx.conn, row):
        return DAMAGED
    if not reply_gate.is_allowed(tx.conn, row, tx.now):
        return NOT_APPROVED
    if outbox_holds.is_late(tx.conn, row, tx.now):
        return outbox_holds.LATE
    if outbox_holds.is_gone(tx.conn, row):
        return outbox_holds.GONE
    return MOVED_ON if _has_moved_on(tx, row) else ""


def _is_whole(conn: Connection, row: Entry) -> bool:
    checksum = outbox_checksum(
        text=row.text, mention_id=row.mention_id, account_id=row.account_id,
        dedupe_key=row.dedupe_key, hash=row.hash,
    )  # fmt: skip
    return checksum == row.checksum and approval_hashes.row_hash(conn, row) == row.hash


def _has_moved_on(tx: Transaction, row: Entry) -> bool:
    """Their author wrote again, or the brand answered elsewhere, since the reply was written (or
    a person last said to send it); asked only of replies that waited long (offline, closed)."""
    since = max(row.made_at, row.held_at) if row.decision == "keep" else row.made_at
    if row.n_tries or tx.now - row.made_at < STALE_MS:
        return False
    if outbox_sent.is_answered_beside(tx.conn, row, since, only_by_hand=True):
        return True
    found = tx.conn.execute(_NEWER_POST, (since, row.mention_id)).fetchone()
    return found is not None


_NEWER_POST: Final = """
SELECT 1 FROM mention a JOIN mention m ON m.conversation_id = a.conversation_id
WHERE m.first_seen_at > ? AND a.id = ? AND m.id <> a.id AND m.deleted_at = 0
  AND (m.author_id = a.author_id OR (m.role = 1 AND NOT EXISTS (
    SELECT 1 FROM outbox o WHERE o.uri = m.uri AND o.state = 'sent' AND o.mention_id = a.id)))
LIMIT 1"""


def _claim(tx: Transaction, row: Entry) -> Claim[Outgoing] | None:
    outbox_moves.move(
        tx, row, "reply_claimed", None, state=OutboxState.SENDING, n_tries=row.n_tries + 1,
        first_try_at=row.first_try_at or tx.now, next_at=0, reason="", detail="",
    )  # fmt: skip
    return _handed(tx.conn, outbox_moves.read(tx.conn, row.id))


def _stop(tx: Transaction, row: Entry, reason: str) -> None:
    if reason == DAMAGED:
        outbox_moves.move(tx, row, "reply_failed", None, state=OutboxState.FAILED, reason=reason)
        return
    outbox_holds.ask(tx, row, reason)


def _stop_refused(tx: Transaction, row: Entry, error: CrisisRefusedError) -> None:
    """What a lock refuses, or a statement that lost its look: held by the incident, and told."""
    incident_id = error.incident_id or row.incident_id
    data = {"code": error.code, "command": "send", "outbox": row.id, "facts": dict(error.facts)}
    journal.append(tx, "refused", data, person=None, incident=incident_id or None)
    held.hold_one(tx, row, incident_id, error.code)
    triage.reopen(tx, row.mention_id)


def _handed(conn: Connection, row: Entry) -> Claim[Outgoing] | None:
    """The row with its account and the post it answers, if it answers one; None when one of them
    is not there."""
    account = accounts.read_account(conn, row.account_id)
    parent = outbox_moves.parent_of(conn, row)
    if account is None or parent is None:
        return None
    outgoing = Outgoing(
        parent_remote_id=parent[0], parent_uri=parent[1], text=row.text,
        dedupe_key=row.dedupe_key, made_at=from_ms(row.made_at), lang=row.lang,
        visibility=Visibility(row.visibility), warning=row.warning, pictures=row.pictures,
    )  # fmt: skip
    return Claim(
        row.id, account, outgoing, row.n_tries, row.n_looks, row.first_try_at,
        row.reason,
    )  # fmt: skip


def _doubt(tx: Transaction, row: Entry, next_at: int, reason: str, detail: str) -> int:
    return outbox_moves.move(
        tx, row, "reply_uncertain", None, state=OutboxState.UNCERTAIN, next_at=next_at, n_looks=0,
        reason=reason, detail=detail,
    )  # fmt: skip


def _unanswered(conn: Connection, busy: Collection[int]) -> list[Entry]:
    sql = "state = 'sending' AND account_id NOT IN (SELECT value FROM json_each(?))"
    return _rows(conn, sql, (json.dumps(sorted(busy)),))


def _rows(
    conn: Connection, where: str, values: tuple[Any, ...] = (), limit: int = -1
) -> list[Entry]:
    """Open rows by their next time; `where` is one of this file's own conditions."""
    sql = (
        f"SELECT {COLUMNS} FROM outbox WHERE {where} AND {OPEN} ORDER BY next_at, id LIMIT {limit}"
    )
    return [outbox_moves.entry(row) for row in conn.execute(sql, values)]


_NEXT_DUE: Final = f"""
SELECT min(at) FROM (
  SELECT min(held_until) AS at FROM outbox
    WHERE state = 'held' AND hold_reason IN ('undo', 'scheduled') AND held_until > 0 AND {OPEN}
  UNION ALL SELECT min(next_at) FROM outbox
    WHERE :can_send AND state = 'queued' AND {OPEN}
      AND account_id IN (SELECT id FROM account WHERE state = 'on')
  UNION ALL SELECT min(next_at) FROM outbox
    WHERE state = 'uncertain' AND next_at > 0 AND {OPEN}
      AND account_id IN (SELECT id FROM account WHERE state = 'on'))"""
