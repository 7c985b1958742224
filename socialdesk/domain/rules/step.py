"""One thing done to mentions, as a value: what acts on all that match and macros are made of."""

from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen


class StepKind(Enum):
    """What is done. What `text` and `number` of a step mean stands beside each."""

    STATUS = "status"  # number: a Status; disposition of a done one
    SNOOZE = "snooze"  # number: until (ms UTC); in a macro text: as typed, "tomorrow 9"
    LABEL = "label"  # text: its name
    UNLABEL = "unlabel"  # text: its name
    PRIORITY = "priority"  # number: 0 none, 1 highest … 4
    ASSIGN = "assign"  # number: a person, 0 = nobody
    MUTE = "mute"  # number: 1 or 0, of the authors
    VIP = "vip"  # number: 1 or 0, of the authors
    PIN = "pin"  # number: 1 or 0
    NOTE = "note"  # text
    REPLY = "reply"  # number: a template


ON_MANY: Final = frozenset(StepKind) - {StepKind.NOTE, StepKind.REPLY}


@frozen
class Step:
    """One thing done. Values are plain, as JSON has them."""

    kind: StepKind
    text: str = ""
    number: int = 0
    disposition: int = 0
