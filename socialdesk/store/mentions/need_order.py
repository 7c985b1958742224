"""`domain/mentions/need.py` in SQL: the place of a mention in the order "needs an answer soonest".

Whoever changes what it is made of (due time, score, words of danger, priority, VIP, the lock of an
incident it belongs to) calls `place_anew` in the same transaction, or puts `need_sql` into its own
statement.
"""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.mentions.need import (
    ALARM_BONUS_MS,
    ASKED_BONUS_MS,
    DEFAULT_TARGET_MIN,
    LOCK_BONUS_MS,
    LOWEST,
    PRIORITY_BONUS_MS,
    REACH_BONUS_MS,
    VIP_BONUS_MS,
    point_ms,
)
from socialdesk.store.file.transaction import Transaction

# What was never due counts from its own time.
_DUE: Final = "CASE due_at WHEN 0 THEN (mention_id >> 20) * 1000 ELSE due_at END"
_VIP: Final = (
    f"{VIP_BONUS_MS} * coalesce((SELECT a.is_vip FROM mention m JOIN author a"
    " ON a.id = m.author_id WHERE m.id = triage.mention_id), 0)"
)
_POINT: Final = (
    f"{point_ms(1)} * coalesce((SELECT CAST(value AS INTEGER) FROM setting"
    f" WHERE key = 'target_min'), {DEFAULT_TARGET_MIN})"
)
_CATEGORY: Final = (
    "CASE l.category "
    + " ".join(f"WHEN '{name}' THEN {ms}" for name, ms in LOCK_BONUS_MS.items())
    + " ELSE 0 END"
)
# A mention of two incidents goes as far forward as the one of them says that puts it further.
_LOCK: Final = f"""coalesce((SELECT max(max({_CATEGORY}
    + (l.category = 'complaint') * {REACH_BONUS_MS} * length(CAST(max(triage.reach, 0) AS TEXT)),
    l.is_asked * {ASKED_BONUS_MS}))
  FROM incident_mention l JOIN incident n ON n.id = l.incident_id
  WHERE l.mention_id = triage.mention_id
    AND n.state IN ('declared', 'holding', 'responding')), 0)"""


def need_sql(
    priority: str = "priority", *, score: str = "score", is_alarming: str = "is_alarming"
) -> str:
    """An expression over a row of `triage`. The values it is about to have, where those change in
    the same statement; `score` and `is_alarming` stand in it once each, in this order."""
    cases = " ".join(f"WHEN {level} THEN {ms}" for level, ms in PRIORITY_BONUS_MS.items())
    return (
        f"(({_DUE}) - {_VIP} - {_LOCK} - {score} * {_POINT}"
        f" - {ALARM_BONUS_MS} * ({is_alarming} = 1 AND {priority} <> {LOWEST})"
        f" - (CASE {priority} {cases} ELSE 0 END))"
    )


def place_anew(tx: Transaction, ids: Sequence[int]) -> None:
    """Their sort key from what they are now; a woken one stays where its snooze put it."""
    if not ids:
        return
    tx.conn.execute(
        f"UPDATE triage SET need_at = {need_sql()} WHERE is_woken = 0"
        " AND mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    tx.note_updated(ids)
