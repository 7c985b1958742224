"""A workspace with thousands of replies on their way, made in a second: rows as `replies.add` makes
them, without asking a network for a thousand mentions first."""

from dataclasses import replace
from typing import Final

from socialdesk.domain.replies.reply import HOLD_MS, HoldReason, OutboxState
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import outbox_moves
from socialdesk.store.outbox.approval_hashes import reply_hash
from socialdesk.store.outbox.outbox_moves import Entry

HOUR_MS: Final = 3_600_000
KINDS: Final = ("queued", "queued", "queued", "undo", "scheduled", "approval")


def fill_outbox(tx: Transaction, mention_id: int, n: int, kinds: tuple[str, ...] = KINDS) -> None:
    """`n` replies to the mention, of these kinds in turn; none of them held by anything."""
    (account,) = tx.conn.execute(
        "SELECT account_id FROM mention WHERE id = ?", (mention_id,)
    ).fetchone()
    (last,) = tx.conn.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()
    for number in range(last, last + n):
        outbox_moves.insert(tx, _row(tx, mention_id, account, number, kinds[number % len(kinds)]))


def _row(tx: Transaction, mention_id: int, account: int, number: int, kind: str) -> Entry:
    text, key = f"Reply {number}: we are on it.", f"busy {number}"
    digest = reply_hash(tx.conn, account, "", text)
    row = Entry(
        id=0, mention_id=mention_id, account_id=account, state=OutboxState.QUEUED, text=text,
        lang="", visibility="public", warning="", hash=digest, version_id=0, slot_values="[]",
        person_id=1, made_at=tx.now, dedupe_key=key,
        checksum=outbox_checksum(
            text=text, mention_id=mention_id, account_id=account, dedupe_key=key, hash=digest
        ),
    )  # fmt: skip
    match kind:
        case "undo":
            return replace(row, state=OutboxState.HELD, hold_reason=HoldReason.UNDO.value,
                           held_at=tx.now, held_until=tx.now + HOLD_MS)  # fmt: skip
        case "scheduled":
            return replace(row, state=OutboxState.HELD, held_at=tx.now,
                           hold_reason=HoldReason.SCHEDULED.value,
                           held_until=tx.now + HOUR_MS)  # fmt: skip
        case "approval":
            return replace(row, state=OutboxState.APPROVAL)
    return row
