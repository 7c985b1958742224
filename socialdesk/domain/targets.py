"""Response targets: within how many minutes of open time a mention is answered.

Kept as JSON: `{"networks": {"feeds": 1440}, "labels": {"3": 15}}`, minutes by a network's key and
by a label's number. Of those that fit a mention the smallest counts, else the workspace's own. 0:
no target, and so never due.
"""

import json
from collections.abc import Collection
from enum import Enum
from functools import lru_cache
from typing import Any

from socialdesk.domain.frozen import frozen

SHORTEST, LONGEST = 5, 10_080  # minutes; the longest is a week
MAX_TARGETS = 200


class TargetsFault(Enum):
    """What is wrong with targets."""

    UNREADABLE = "unreadable"
    MINUTES = "minutes"  # word: whose


class TargetsError(ValueError):
    """`word`: the network or label it is about."""

    def __init__(self, fault: TargetsFault, word: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.word = fault, word


@frozen
class Targets:
    """`networks`: (key, minutes); `labels`: (label id, minutes)."""

    networks: tuple[tuple[str, int], ...] = ()
    labels: tuple[tuple[int, int], ...] = ()

    def minutes(self, network: str, labels: Collection[int], own: int) -> int:
        """The target of a mention; `own`: the workspace's. 0 = none."""
        fitting = [m for key, m in self.networks if key == network]
        fitting += [m for label, m in self.labels if label in labels]
        return min((m for m in fitting if m), default=0 if fitting else own)

    def packed(self) -> str:
        """The text kept in the settings; "" = none of its own."""
        if not (self.networks or self.labels):
            return ""
        return json.dumps(
            {"networks": dict(self.networks), "labels": {str(k): m for k, m in self.labels}}
        )


@lru_cache(16)
def parse_targets(packed: str) -> Targets:
    """What the settings hold. Raises TargetsError."""
    if not packed:
        return Targets()
    try:
        data: Any = json.loads(packed)
    except (ValueError, RecursionError) as e:
        raise TargetsError(TargetsFault.UNREADABLE) from e
    if not isinstance(data, dict) or not data.keys() <= {"networks", "labels"}:
        raise TargetsError(TargetsFault.UNREADABLE)
    networks, labels = (_minutes_of(data.get(key, {})) for key in ("networks", "labels"))
    if not all(_is_id(key) for key, _ in labels):
        raise TargetsError(TargetsFault.UNREADABLE)
    return Targets(networks, tuple((int(key), minutes) for key, minutes in labels))


def _minutes_of(given: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(given, dict) or len(given) > MAX_TARGETS:
        raise TargetsError(TargetsFault.UNREADABLE)
    for key, minutes in given.items():
        is_number = isinstance(minutes, int) and not isinstance(minutes, bool)
        if not is_number or not (minutes == 0 or SHORTEST <= minutes <= LONGEST):
            raise TargetsError(TargetsFault.MINUTES, str(key))
    return tuple(given.items())


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= 18  # the store's integers
