"""What we promised somebody, and until when."""

from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen

MAX_WORDS: Final = 80  # of a promise that are kept
LATE_AFTER_MS: Final = 5 * 60_000  # past its time it is late, and told of once more
SOON_TOLD, DUE_TOLD, LATE_TOLD = 1, 2, 3  # what was told of it


class PromiseState(Enum):
    """What became of it."""

    PLANNED = "planned"  # its reply has not left yet
    OPEN = "open"
    LATE = "late"  # missed; the next answer still keeps it
    KEPT = "kept"
    DROPPED = "dropped"


@frozen
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
