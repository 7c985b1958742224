"""Notices that rules write, and how they are taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.store.notices import notices

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

HIT, URGENT, STOPPED = "rule_hit", "rule_alert", "rule_stopped"
MAX_TOLD: Final = 200  # mentions of one run; those of one rule are told together anyway


def tell(
    tx: "Transaction", rule_id: int, word: str, ids: Sequence[int], *, is_urgent: bool
) -> None:
    """One notice a mention, of the newest."""
    code = URGENT if is_urgent else HIT
    for mention in ids[-MAX_TOLD:]:
        notices.add(tx, code, {"rule": rule_id, "word": word}, mention, is_urgent)


def tell_stopped(tx: "Transaction", rule_id: int, reason: str) -> None:
    """The program switched a rule off."""
    notices.add(tx, STOPPED, {"rule": rule_id, "why": reason})


def withdraw(tx: "Transaction", rule_id: int, mention_id: int) -> None:
    """What the rule did was taken back: a notice nobody saw yet is not told any more."""
    tx.conn.execute(
        "UPDATE notice SET next_at = 0, seen_at = ? WHERE mention_id = ? AND seen_at = 0"
        " AND code IN (?, ?) AND json_extract(facts, '$.rule') = ?",
        (tx.now, mention_id, HIT, URGENT, rule_id),
    )
