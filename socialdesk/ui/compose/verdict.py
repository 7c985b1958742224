"""What will happen to a text when it is sent: said before sending, by the rule the desk uses."""

from dataclasses import dataclass
from enum import Enum

from socialdesk.domain.approval import Policy
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.gate import Wording, may_send
from socialdesk.ui.compose.matching import Match


class Fate(Enum):
    """What sending does now."""

    EMPTY = "empty"  # nothing to send
    SLOTS = "slots"  # empty or wrongly filled slots block it
    SENDS = "sends"
    WAITS = "waits"  # goes to For approval first
    REFUSED = "refused"  # templates only


@dataclass(frozen=True, slots=True)
class Verdict:
    """`is_template`: still the approved words. `empty`: names of the slots not filled in; `wrong`:
    of those that hold something of another kind."""

    fate: Fate
    is_template: bool = False
    empty: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def verdict(text: str, *, body: str, found: Match | None, policy: Policy) -> Verdict:
    """`body`: words of the approved version it came from, "" for none; `found`: those in `text`."""
    wording = Wording(body, is_approved=True) if body else None
    if found is not None and (found.empty or found.wrong):
        wrong = tuple(found.wrong)
        return Verdict(Fate.SLOTS, is_template=True, empty=tuple(found.empty), wrong=wrong)
    try:
        way = may_send(text, wording=wording, values=found.values if found else {}, policy=policy)
    except CommandError as e:
        if e.fault is CommandFault.SLOT_EMPTY:
            return Verdict(Fate.SLOTS, empty=tuple(str(e.facts["list"]).split(", ")))
        return Verdict(Fate.EMPTY if e.fault is CommandFault.EMPTY else Fate.REFUSED)
    return Verdict(Fate.WAITS if way.needs_look else Fate.SENDS, is_template=way.keeps_template)
