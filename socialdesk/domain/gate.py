"""What a reply needs before it may leave: the one place where that is asked.

Source: crisis-mode specification, section 7, gates G0 and G1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from socialdesk.domain.approval import Policy, canonical_text
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.template import empty_slots, fill, slots, wrong_slots


@dataclass(frozen=True, slots=True)
class Wording:
    """The template version a text came from. `is_approved`: this exact version was approved."""

    body: str
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Pass:
    """How a text may go on. `keeps_template`: it is the approved words with slots filled (G0);
    `needs_look`: it waits for a second look before anything else."""

    keeps_template: bool
    needs_look: bool


def may_send(
    text: str, *, wording: Wording | None, values: Mapping[str, str], policy: Policy
) -> Pass:
    """Raises CommandError: EMPTY, SLOT_EMPTY and SLOT_WRONG (`list`), NOT_APPROVED, POLICY."""
    if not canonical_text(text).strip():
        raise CommandError(CommandFault.EMPTY)
    if wording is not None:
        still_there = set(slots(text))
        empty = [s for s in empty_slots(wording.body, values) if s in still_there]
        if empty:
            raise CommandError(CommandFault.SLOT_EMPTY, list=", ".join(empty))
        if canonical_text(fill(wording.body, values)) == canonical_text(text):
            if not wording.is_approved:
                raise CommandError(CommandFault.NOT_APPROVED)
            if wrong := wrong_slots(wording.body, values):
                raise CommandError(CommandFault.SLOT_WRONG, list=", ".join(wrong))
            return Pass(keeps_template=True, needs_look=False)
    if policy is Policy.TEMPLATES:
        raise CommandError(CommandFault.POLICY)
    return Pass(keeps_template=False, needs_look=policy is Policy.APPROVAL)
