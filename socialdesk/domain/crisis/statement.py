"""A statement: its kinds, its blocks, its promise of the next update.

Source: crisis-mode specification, sections 2 to 4 (R20 to R22), playbook format.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.incident import (
    LOCKING,
    MAX_STRETCH,
    MINUTE_MS,
    STRETCH_AFTER_MS,
    Incident,
    IncidentState,
    Posture,
)
from socialdesk.domain.replies.placeholder import fill, unfilled

Blocks = Sequence[tuple[str, str]]
"""(block key, text with its places) in the order of the text."""


class StatementKind(Enum):
    """What a text for many is."""

    FIRST = "first"
    UPDATE = "update"
    NOCHANGE = "nochange"
    SERIOUS = "serious"
    CORRECTION = "correction"
    RESOLUTION = "resolution"
    STAFF = "staff"
    ONEOFF = "oneoff"


FIRST_BLOCKS: Final = ("sorry", "know", "unknown", "doing", "next")
SHORT: Final = "short"  # the one-post form holds all five
LATE: Final = "latepromise"
NEXT_UPDATE: Final = "next_update_at"
PROMISING: Final = frozenset(
    {StatementKind.FIRST, StatementKind.UPDATE, StatementKind.NOCHANGE, StatementKind.SERIOUS}
)
"""Kinds that say when the next update comes (R22)."""

_OPEN: Final = LOCKING | {IncidentState.STAND_DOWN}
_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def text_of(blocks: Blocks, values: Mapping[str, str]) -> str:
    """The blocks, filled and joined by one space; places without a value stay."""
    return canonical_text(" ".join(fill(text, values).strip() for _, text in blocks if text))


def missing_blocks(kind: StatementKind, blocks: Blocks, text: str, values: Mapping[str, str]) -> (
    list[str]
):  # fmt: skip
    """The blocks a first statement lacks (R21), in order; a block counts when its words stand in
    the text as it will be posted."""
    if kind is not StatementKind.FIRST:
        return []
    words = _flat(text)
    there = {key for key, block in blocks if (part := _flat(fill(block, values))) and part in words}
    return [] if SHORT in there else [key for key in FIRST_BLOCKS if key not in there]


def unfilled_places(blocks: Blocks, text: str, values: Mapping[str, str]) -> list[str]:
    """The places that stop approval (R20): of the blocks, and what still looks like one in the
    text. A value may hold braces of its own."""
    found = [place for _, block in blocks for place in unfilled(block, values)]
    bare = text
    for value in sorted(values.values(), key=len, reverse=True):
        if "{" in value:
            bare = bare.replace(value, "")
    return list(dict.fromkeys([*found, *unfilled(bare)]))


def longest_gap_min(incident: Incident, now: int) -> int:
    """How far away the next update may be: the severity's gap; after two hours up to four times
    that, by publishing the new time."""
    gap = incident.pace.gap_min
    has_run = incident.declared_at and now - incident.declared_at >= STRETCH_AFTER_MS
    return gap * MAX_STRETCH if has_run else gap


def next_update_fault(kind: StatementKind, next_update_at: int, now: int, limit_min: int) -> str:
    """Why the next update time will not do (R22): missing, past, far; "" = it will."""
    if kind not in PROMISING:
        return ""
    if not next_update_at:
        return "missing"
    if next_update_at <= now:
        return "past"
    return "far" if next_update_at > now + limit_min * MINUTE_MS else ""


def needs_reason(posture: str, avoid: Collection[str], *, has_proof: bool) -> bool:
    """Whether this posture asks for a written reason: the playbook says to avoid it, or it denies
    without a confirmed fact that carries proof."""
    return posture in avoid or (posture == Posture.DENY.value and not has_proof)


def may_publish(kind: StatementKind, state: IncidentState) -> bool:
    """Whether the incident's state allows such a text now. What was wrong can be put right until
    the review is closed."""
    return state in _OPEN or (
        state is IncidentState.REVIEW and kind in (StatementKind.CORRECTION, StatementKind.STAFF)
    )


def sentences(text: str) -> list[str]:
    """One by one, as the second look shows them."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def leaning_sentences(text: str, claim: str) -> list[str]:
    """The sentences that say the claim; all of them when none does so word for word."""
    found = sentences(text)
    wanted = _flat(claim).rstrip(".")
    saying = [one for one in found if wanted and wanted in _flat(one)]
    return saying or found


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
