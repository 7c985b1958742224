"""What we promised somebody, and until when."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

MAX_WORDS: Final = 80  # of a promise that are kept


class PromiseState(Enum):
    """What became of it."""

    PLANNED = "planned"  # its reply has not left yet
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as screens show it. Times are ms UTC, 0 = none. `to`: whom we promised."""

    id: int
    mention_id: int
    due_at: int
    words: str
    state: PromiseState
    to: str = ""
    person: str = ""
    made_at: int = 0
    ended_at: int = 0
    outbox_id: int = 0
