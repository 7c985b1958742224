"""What will happen to a text when it is sent: said before sending, by the rule the desk uses."""

from enum import Enum

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.gate import NORMAL, Around, Facts, Wording, may_send
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.ui.compose.matching import Match


class Fate(Enum):
    """What sending does now."""

    EMPTY = "empty"  # nothing to send
    SLOTS = "slots"  # empty or wrongly filled slots block it
    SENDS = "sends"
    WAITS = "waits"  # goes to For approval first
    REFUSED = "refused"  # templates only
    LOCKED = "locked"  # an incident stops it


@frozen
class Verdict:
    """`is_template`: still the approved words. `empty`: names of the slots not filled in; `wrong`:
    of those that hold something of another kind; `risks`: why it waits, beside the policy;
    `refusal`: of crisis mode, its code and facts."""

    fate: Fate
    is_template: bool = False
    empty: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    refusal: tuple[str, Facts] = ("", ())


@frozen
class Used:
    """The templates that a text came from: their words, "" for none; `name`, `is_light`: of the
    first."""

    body: str = ""
    name: str = ""
    is_light: bool = False


def verdict(
    text: str, *, used: Used, found: Match | None, policy: Policy, around: Around = NORMAL
) -> Verdict:
    """`found`: the words of `used` in `text`. What goes with it (`around.has_more`) is nobody's
    approved words: it waits wherever free text does."""
    body, values = used.body, found.values if found else {}
    wording = Wording(body, is_approved=True, name=used.name, is_light=used.is_light)
    if around.lock is None and found is not None and (found.empty or found.wrong):
        wrong = tuple(found.wrong)
        return Verdict(Fate.SLOTS, is_template=True, empty=tuple(found.empty), wrong=wrong)
    try:
        way = may_send(
            text, wording=wording if body else None, values=values, policy=policy, around=around
        )
    except CommandError as e:
        if e.fault is CommandFault.SLOT_EMPTY:
            return Verdict(Fate.SLOTS, empty=tuple(str(e.facts["list"]).split(", ")))
        return Verdict(Fate.EMPTY if e.fault is CommandFault.EMPTY else Fate.REFUSED)
    except CrisisRefusedError as e:
        return Verdict(Fate.LOCKED, refusal=(e.code, tuple(e.facts.items())))
    waits = way.needs_look or (around.has_more and policy is not Policy.FREE)
    fate = Fate.WAITS if waits else Fate.SENDS
    return Verdict(fate, is_template=way.keeps_template, risks=way.risks)
