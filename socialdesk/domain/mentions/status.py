"""Where a mention stands in our hands, and how it moves by itself (product.md, the queue)."""

from enum import Enum


class Status(Enum):
    """One per mention. *Needs reply* = NEW + OPEN."""

    NEW = 0
    OPEN = 1
    WAITING = 2
    SNOOZED = 3
    DONE = 4
    SPAM = 5


class Disposition(Enum):
    """How a done mention ended."""

    NONE = 0
    REPLIED = 1
    NO_REPLY_NEEDED = 2
    MUTED = 3
    HANDED_OVER = 4
    BACKFILL = 5  # older than the account's connection
    QUIET = 6  # waited seven days without a word


NEEDS_REPLY = (Status.NEW, Status.OPEN)
UNDECIDED = (Status.NEW, Status.OPEN, Status.SNOOZED)
QUIET_DAYS = 7
