"""The order "needs an answer soonest": a due time, moved by what a person said about it.

`need_at` (ms UTC, smaller = sooner) = due time − bonus of the priority − bonus of a VIP. A
mention whose snooze ended goes before everything else, the longest awake first. `store/triage.py`
says the same in SQL.
"""

MINUTE_MS = 60_000
PRIORITY_BONUS_MS = {0: 0, 1: 240 * MINUTE_MS, 2: 60 * MINUTE_MS, 3: 15 * MINUTE_MS,
                     4: -60 * MINUTE_MS}  # fmt: skip
VIP_BONUS_MS = 60 * MINUTE_MS
WOKEN_BONUS_MS = 10**13  # 317 years: before every due time


def need_at(due_at: int, *, priority: int = 0, is_vip: bool = False) -> int:
    """The sort key of a mention due at `due_at` (ms UTC). `priority`: 0 none, 1 highest … 4."""
    return due_at - PRIORITY_BONUS_MS[priority] - (VIP_BONUS_MS if is_vip else 0)


def woken_need_at(snoozed_until: int) -> int:
    """The sort key of a mention whose snooze ended at `snoozed_until`."""
    return snoozed_until - WOKEN_BONUS_MS
