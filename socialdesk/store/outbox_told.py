"""What the desktop is told about replies and promises: a row for the notices."""

import json
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area

if TYPE_CHECKING:
    from socialdesk.store.transaction import Transaction

DROPPED, LATE, NOT_APPROVED, ANSWERED = (
    "reply_dropped", "reply_late", "reply_not_approved", "reply_answered",
)  # fmt: skip
SENT_BACK, PROMISE_SOON, PROMISE_DUE = "reply_sent_back", "promise_soon", "promise_due"


def tell(
    tx: "Transaction",
    code: str,
    facts: dict[str, str | int],
    mention_id: int,
    *,
    is_urgent: bool = False,
) -> None:
    """To be told now."""
    tx.conn.execute(
        "INSERT INTO notice(at, code, facts, mention_id, is_urgent, next_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (tx.now, code, json.dumps(facts, ensure_ascii=False), mention_id, is_urgent, tx.now),
    )
    tx.touch(Area.NOTICES)
