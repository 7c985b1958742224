"""Statements on their way: an approved text as rows of the outbox, one per account.

Whether a text may leave is asked when its row is claimed, as for every reply; here it only gets
its row, under a key that is fixed before any try.
"""

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import HOLD_MS, HoldReason, OutboxState
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import outbox_moves, outbox_pictures
from socialdesk.store.outbox.outbox_moves import Entry

WRITTEN_KIND = "statement_written"  # of the journal entry


def add(
    tx: Transaction,
    *,
    account_id: int,
    text: str,
    lang: str,
    digest: str,
    statement_version_id: int,
    incident_id: int,
    person: int,
    dedupe_key: str,
    pictures: tuple[Picture, ...] = (),
    hold_ms: int = HOLD_MS,
    mention_id: int = 0,
    visibility: Visibility = Visibility.PUBLIC,
) -> int:
    """One account's row; its id. `digest`: the hash that was approved, over all accounts of the
    version. `hold_ms`: how long one key takes it back, 0 = not at all. `mention_id`: what a one-off
    text answers, 0 = a post of our own. The same `dedupe_key` again is the same row."""
    known = tx.conn.execute("SELECT id FROM outbox WHERE dedupe_key = ?", (dedupe_key,)).fetchone()
    if known is not None:
        return int(known[0])
    words = canonical_text(text)
    is_held = hold_ms > 0
    row = Entry(
        id=0, mention_id=mention_id, account_id=account_id,
        state=OutboxState.HELD if is_held else OutboxState.QUEUED, text=words, lang=lang,
        visibility=visibility.value, warning="", hash=digest, version_id=0, slot_values="[]",
        person_id=person, made_at=tx.now, dedupe_key=dedupe_key,
        checksum=outbox_checksum(
            text=words, mention_id=mention_id, account_id=account_id, dedupe_key=dedupe_key,
            hash=digest,
        ),
        attachments=outbox_pictures.packed(pictures), statement_version_id=statement_version_id,
        incident_id=incident_id, hold_reason=HoldReason.UNDO.value if is_held else "",
        held_at=tx.now, held_until=tx.now + hold_ms if is_held else 0,
    )  # fmt: skip
    row_id = outbox_moves.insert(tx, row)
    outbox_moves.note(tx, outbox_moves.read(tx.conn, row_id), WRITTEN_KIND, person)
    return row_id
