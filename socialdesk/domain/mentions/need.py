"""The order "needs an answer soonest": a due time, moved by the score and by what a person said.

`need_at` (ms UTC, smaller = sooner) = due time − score in time − bonus of the priority − bonus of
a VIP. Twenty points of the score weigh as much as a whole response target: what has waited for
that long stands beside what is so much more urgent and came just now. Words of danger go before
every due time, unless a person said "lowest". A mention whose snooze ended goes before everything
else, the longest awake first. Under a lock the incident's mentions go before every due time:
safety, press, asked-and-waiting, complaint (reach by powers of ten, then age), question; the rest
stays where it was. `store/mentions/need_order.py` says the same in SQL.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MINUTE_MS = 60_000
DEFAULT_TARGET_MIN = 60  # minutes
POINTS_A_TARGET = 20  # what a mention gains by waiting for its whole target (text.md, section 3)
PRIORITY_BONUS_MS = {0: 0, 1: 240 * MINUTE_MS, 2: 60 * MINUTE_MS, 3: 15 * MINUTE_MS,
                     4: -60 * MINUTE_MS}  # fmt: skip
LOWEST = 4  # the priority by hand that takes words of danger from the top
VIP_BONUS_MS = 60 * MINUTE_MS
ALARM_BONUS_MS = 10**12  # 32 years: before every due time
WOKEN_BONUS_MS = 10**13  # 317 years: before those too
LOCK_BONUS_MS: Final[Mapping[str, int]] = MappingProxyType({
    "safety": 2 * ALARM_BONUS_MS, "press": 5 * 10**11, "authority": 5 * 10**11,
    "complaint": 3 * 10**11, "question": 2 * 10**11,
})  # fmt: skip
ASKED_BONUS_MS: Final = 4 * 10**11  # they asked, and we promised an answer
REACH_BONUS_MS: Final = 5 * 10**9  # of a complaint, for each digit of its author's reach


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
    lock_ms: int = 0,
) -> int:
    """The sort key of a mention due at `due_at` (ms UTC). `priority`: 0 none, 1 highest … 4;
    `lock_ms`: how far its incident moves it while that locks."""
    moved = due_at - lock_ms - score * point_ms(target_min) - PRIORITY_BONUS_MS[priority]
    if is_alarming and priority != LOWEST:
        moved -= ALARM_BONUS_MS
    return moved - (VIP_BONUS_MS if is_vip else 0)
