"""A fact of an incident: a question, its answer, and the independent checks that carry it.

Source: crisis-mode specification, section 5 ("Facts") and refusal R24.
"""

import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen


class FactState(Enum):
    """Only a confirmed fact may be published. False and unknowable are said by a person."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    FALSE = "false"
    UNKNOWABLE = "unknowable"


class SourceKind(Enum):
    """Where a check comes from. Posts alone confirm nothing."""

    SEEN = "seen"  # with one's own eyes
    DOCUMENT = "document"
    PERSON = "person"
    AUTHORITY = "authority"
    SYSTEM = "system"  # a log, a meter, a monitor
    POST = "post"


class Says(Enum):
    """What a source says."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


PROOF: Final = frozenset({SourceKind.DOCUMENT, SourceKind.AUTHORITY, SourceKind.SYSTEM})


@frozen
class Check:
    """One look at a fact, in the order they were made."""

    source_kind: SourceKind
    source_ref: str
    says: Says


@frozen
class Tally:
    """What the checks of a fact come to. `n_yes`: independent sources that say yes; `has_no`: one
    says no and has not taken it back; `is_posts_only`: no yes but of posts."""

    n_yes: int
    has_no: bool
    is_posts_only: bool

    def confirms(self, n_needed: int) -> bool:
        """Whether that is enough for the severity."""
        return self.n_yes >= n_needed and not self.has_no and not self.is_posts_only

    def only_lacks_checks(self, n_needed: int) -> bool:
        """Well carried so far, by too few (R24); all else that is missing is R23."""
        return 0 < self.n_yes < n_needed and not self.has_no and not self.is_posts_only


def same_source(source_ref: str) -> str:
    """What two checks from one source share, however it was typed."""
    return " ".join(unicodedata.normalize("NFKC", source_ref).casefold().split()).rstrip("/. ")


def tally(checks: Sequence[Check]) -> Tally:
    """`checks`: oldest first. What a source said last counts, and counts once."""
    last = {same_source(check.source_ref): check for check in checks}
    yes = [check for check in last.values() if check.says is Says.YES]
    return Tally(
        len(yes),
        any(check.says is Says.NO for check in last.values()),
        all(check.source_kind is SourceKind.POST for check in yes),
    )


def state_after(state: FactState, checks: Sequence[Check], n_needed: int) -> FactState:
    """The state the checks make. What a person called false or unknowable stays so."""
    if state in (FactState.FALSE, FactState.UNKNOWABLE):
        return state
    return FactState.CONFIRMED if tally(checks).confirms(n_needed) else FactState.OPEN


def carries_proof(state: FactState, checks: Sequence[Check]) -> bool:
    """Confirmed, and not by word of mouth alone: what a denial leans on."""
    return state is FactState.CONFIRMED and any(
        check.source_kind in PROOF and check.says is Says.YES for check in checks
    )
