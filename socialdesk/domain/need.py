"""The order "needs an answer soonest": a due time, moved by the score and by what a person said.

`need_at` (ms UTC, smaller = sooner) = due time − score in time − bonus of the priority − bonus of
a VIP. Twenty points of the score weigh as much as a whole response target: what has waited for
that long stands beside what is so much more urgent and came just now. Words of danger go before
every due time, unless a person said "lowest". A mention whose snooze ended goes before everything
else, the longest awake first. `store/need_order.py` says the same in SQL.
"""

MINUTE_MS = 60_000
DEFAULT_TARGET_MIN = 60  # minutes
POINTS_A_TARGET = 20  # what a mention gains by waiting for its whole target (text.md, section 3)
PRIORITY_BONUS_MS = {0: 0, 1: 240 * MINUTE_MS, 2: 60 * MINUTE_MS, 3: 15 * MINUTE_MS,
                     4: -60 * MINUTE_MS}  # fmt: skip
LOWEST = 4  # the priority by hand that takes words of danger from the top
VIP_BONUS_MS = 60 * MINUTE_MS
ALARM_BONUS_MS = 10**12  # 32 years: before every due time
WOKEN_BONUS_MS = 10**13  # 317 years: before those too


def point_ms(target_min: int) -> int:
    """What one point of the score is worth, with a response target of so many minutes."""
    return target_min * MINUTE_MS // POINTS_A_TARGET


def need_at(
    due_at: int,
    *,
    score: int = 0,
    target_min: int = DEFAULT_TARGET_MIN,
    priority: int = 0,
    is_vip: bool = False,
    is_alarming: bool = False,
) -> int:
    """The sort key of a mention due at `due_at` (ms UTC). `priority`: 0 none, 1 highest … 4."""
    moved = due_at - score * point_ms(target_min) - PRIORITY_BONUS_MS[priority]
    if is_alarming and priority != LOWEST:
        moved -= ALARM_BONUS_MS
    return moved - (VIP_BONUS_MS if is_vip else 0)


def woken_need_at(snoozed_until: int) -> int:
    """The sort key of a mention whose snooze ended at `snoozed_until`."""
    return snoozed_until - WOKEN_BONUS_MS
