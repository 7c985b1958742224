"""Outgoing replies as screens and the command line show them."""

from functools import lru_cache
from typing import Any, Final

from socialdesk.domain.account import Can
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import BegunWith, HoldReason, OutboxState
from socialdesk.domain.replies.template import fill
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import cards
from socialdesk.store.outbox import drafts, outbox_pictures

# `outbox_newest` serves what is open, newest first; the rest is read by mention or by its own id.
_COLUMNS: Final = """
SELECT o.id, o.mention_id, o.state, coalesce(a.name, ''), coalesce(w.name, w.handle, ''), o.text,
  o.made_at, o.hold_reason, o.held_until, o.reason, o.detail, o.n_tries, o.url, o.sent_at,
  o.seen_public_at, coalesce(p.name, ''), coalesce(t.name, ''), o.next_at, o.hash,
  o.attachments, o.is_dropped_if_written, coalesce((SELECT q.due_at FROM promise q
    WHERE q.mention_id = o.mention_id AND q.outbox_id = o.id
      AND q.state IN ('planned', 'open')), 0), coalesce(a.card, ''), a.state IS 'on'
FROM outbox o LEFT JOIN account a ON a.id = o.account_id
LEFT JOIN mention m ON m.id = o.mention_id LEFT JOIN author w ON w.id = m.author_id
LEFT JOIN person p ON p.id = o.person_id
LEFT JOIN template_version v ON v.id = o.version_id LEFT JOIN template t ON t.id = v.template_id
"""
_OPEN: Final = "o.state NOT IN ('sent', 'taken_back', 'discarded')"


def list_outbox(
    conn: Connection,
    *,
    only_open: bool = True,
    only_approval: bool = False,
    mention_id: int = 0,
    limit: int = 500,
) -> list[OutboxRow]:
    """Newest first. `only_open`: without sent, taken back, discarded."""
    where, values = ["o.id > 0"], []
    if only_open or only_approval:
        where.append(_OPEN)
    if only_approval:
        where.append("+o.state = 'approval'")  # by age, not by state and a sort
    if mention_id:
        where.append("o.mention_id = ?")
        values.append(mention_id)
    sql = f"{_COLUMNS} WHERE {' AND '.join(where)} ORDER BY o.id DESC LIMIT ?"
    return [_row(row) for row in conn.execute(sql, (*values, limit))]


def _row(row: tuple[Any, ...]) -> OutboxRow:
    (outbox, mention, state, account, to, text, made_at, hold, *rest, attachments, is_dropped,
     promise_at, card, is_account_on) = row  # fmt: skip
    more: tuple[Any, ...] = (
        outbox_pictures.unpacked(attachments, ""), bool(is_dropped), promise_at,
        _is_moderated(card), bool(is_account_on),
    )  # fmt: skip
    return OutboxRow(
        outbox, mention, OutboxState(state), account, to, text, made_at,
        HoldReason(hold) if hold else None, *rest, *more,
    )  # fmt: skip


@lru_cache(64)
def _is_moderated(card: str) -> bool:
    """Few cards stand beside many rows."""
    known = cards.unpacked(card)
    return known is not None and bool(known.can & Can.SEEN)


def read_begun_with(conn: Connection, outbox_id: int) -> BegunWith:
    """The approved words beside those of the reply, for who looks at the difference."""
    row = conn.execute(
        "SELECT v.body, t.name, o.slot_values FROM outbox o "
        "JOIN template_version v ON v.id = coalesce(nullif(o.version_id, 0), o.began_version) "
        "JOIN template t ON t.id = v.template_id WHERE o.id = ?",
        (outbox_id,),
    ).fetchone()
    if row is None:
        return BegunWith()
    body, name, values = row
    return BegunWith(fill(body, dict(drafts.unpacked_values(values))), name)
