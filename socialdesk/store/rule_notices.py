"""Notices that rules write, and how they are taken back."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area

if TYPE_CHECKING:
    from socialdesk.store.transaction import Transaction

HIT, URGENT, STOPPED = "rule_hit", "rule_alert", "rule_stopped"
MAX_TOLD: Final = 3  # of one page each by itself; more are told as one


def tell(
    tx: "Transaction", rule_id: int, name: str, word: str, ids: Sequence[int], *, is_urgent: bool
) -> None:
    """One notice a mention, or one for all where there are many at once."""
    code = URGENT if is_urgent else HIT
    told = [(ids[-1], len(ids))] if len(ids) > MAX_TOLD else [(id, 1) for id in ids]
    for mention, n in told:
        facts: dict[str, str | int] = {"rule": rule_id, "name": name, "word": word, "n": n}
        _add(tx, code, facts, mention, is_urgent=is_urgent)


def tell_stopped(tx: "Transaction", rule_id: int, name: str, reason: str) -> None:
    """The program switched a rule off."""
    _add(tx, STOPPED, {"rule": rule_id, "name": name, "why": reason}, 0, is_urgent=False)


def withdraw(tx: "Transaction", rule_id: int, mention_id: int) -> None:
    """What the rule did was taken back: a notice nobody saw yet is not told any more."""
    tx.conn.execute(
        "UPDATE notice SET next_at = 0, seen_at = ? WHERE mention_id = ? AND seen_at = 0"
        " AND code IN (?, ?) AND json_extract(facts, '$.rule') = ?",
        (tx.now, mention_id, HIT, URGENT, rule_id),
    )


def _add(
    tx: "Transaction", code: str, facts: dict[str, str | int], mention_id: int, *, is_urgent: bool
) -> None:
    tx.conn.execute(
        "INSERT INTO notice(at, code, facts, mention_id, is_urgent, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (tx.now, code, json.dumps(facts, ensure_ascii=False), mention_id, int(is_urgent), tx.now),
    )
    tx.touch(Area.NOTICES)
