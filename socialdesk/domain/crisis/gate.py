"""What a text needs before it may leave: the one place where that is asked.

Composer, sender, rules and command line ask here alike, the lock included. Under a lock only
approved lines and texts with a second look pass; in normal times approved templates, and other
words as the policy and their risks say.

Source: crisis-mode specification, sections 4, 6 and 7.
"""

from collections.abc import Mapping
from typing import Final

from socialdesk.domain.crisis.approval import Policy, canonical_text
from socialdesk.domain.crisis.incident import Lock
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies import placeholder
from socialdesk.domain.replies.template import empty_slots, fill, slots, wrong_slots

Facts = tuple[tuple[str, str | int], ...]


@frozen
class Wording:
    """The template version a text came from. `is_approved`: this exact version was approved.
    `name`: of the template; `is_light`: of a light tone."""

    body: str
    is_approved: bool
    name: str = ""
    is_light: bool = False


@frozen
class ReplyLine:
    """A reply line as it was prepared for this incident and language. `text`: with its places;
    `missing`: the refusal code of what it lacks, with its facts; "" = it may be sent."""

    key: str  # "common/ack"
    text: str
    is_claim: bool = False
    missing: str = ""
    facts: Facts = ()


@frozen
class Around:
    """What else decides about a text. `line`: it is sent as this line; `statement`: it publishes an
    approved version, whose looks say this code and facts ("" = it may leave); `is_planned`: a post
    of our own that answers nobody; `has_more`: pictures or a warning of ours go with it, which are
    nobody's approved words; `has_look`: this exact text had a second look that counts under
    the lock; `light_lock`: the id of the incident in whose type no light tone fits, stand-down
    included; `risks`: flags of `domain.crisis.risk`; `is_private`: only whom it answers reads
    it."""

    lock: Lock | None = None
    line: ReplyLine | None = None
    statement: tuple[str, Facts] | None = None
    is_planned: bool = False
    has_more: bool = False
    has_look: bool = False
    light_lock: int = 0
    risks: tuple[str, ...] = ()
    is_private: bool = False


NORMAL: Final = Around()


@frozen
class Pass:
    """How a text may go on. `keeps_template`: it is the approved words with slots filled (G0);
    `needs_look`: it waits for a second look before anything else; `risks`: why, beside the
    policy (G2); `keeps_line`: it is the approved line with its places filled."""

    keeps_template: bool
    needs_look: bool
    risks: tuple[str, ...] = ()
    keeps_line: bool = False


def may_send(
    text: str,
    *,
    wording: Wording | None,
    values: Mapping[str, str],
    policy: Policy,
    around: Around = NORMAL,
) -> Pass:
    """Raises CommandError: EMPTY, SLOT_EMPTY and SLOT_WRONG (`list`), NOT_APPROVED, POLICY; and
    CrisisRefusedError: R10 to R14, R16, R20, R23, R25 to R27."""
    if not canonical_text(text).strip():
        raise CommandError(CommandFault.EMPTY)
    refuse_to_staff(around.lock, is_private=around.is_private)
    if around.statement is not None:
        return _statement(around)
    if around.lock is not None:
        return _under_lock(text, wording, values, around, around.lock)
    if wording is not None and wording.is_light and around.light_lock:
        raise CrisisRefusedError("R14", incident_id=around.light_lock)
    line = None if around.has_more else around.line
    if line is not None and not line.missing and _fits(text, line, values):
        return Pass(keeps_template=False, needs_look=False, keeps_line=True)
    return _in_normal_times(text, wording, values, policy, around.risks)


def refuse_to_staff(lock: Lock | None, *, is_private: bool) -> None:
    """Under a lock an employee gets no answer that others read, whatever its words and looks.
    Raises CrisisRefusedError R16."""
    if lock is not None and lock.is_staff and not is_private:
        raise _refused("R16", lock, id=lock.code)


def _in_normal_times(
    text: str,
    wording: Wording | None,
    values: Mapping[str, str],
    policy: Policy,
    risks: tuple[str, ...],
) -> Pass:
    """G0, then G1 by the policy, then G2: any risk waits for a look, whatever the policy."""
    if wording is not None:
        still_there = set(slots(text))
        empty = [s for s in empty_slots(wording.body, values) if s in still_there]
        if empty:
            raise CommandError(CommandFault.SLOT_EMPTY, list=", ".join(empty))
        if _is_template(text, wording, values):
            if not wording.is_approved:
                raise CommandError(CommandFault.NOT_APPROVED)
            if wrong := wrong_slots(wording.body, values):
                raise CommandError(CommandFault.SLOT_WRONG, list=", ".join(wrong))
            return Pass(keeps_template=True, needs_look=False)
    if policy is Policy.TEMPLATES:
        raise CommandError(CommandFault.POLICY)
    needs_look = bool(risks) or policy is Policy.APPROVAL
    return Pass(keeps_template=False, needs_look=needs_look, risks=risks)


def _statement(around: Around) -> Pass:
    """Its looks decide, under a lock and without one."""
    code, facts = around.statement or ("", ())
    if code:
        incident = around.lock.incident_id if around.lock else 0
        raise CrisisRefusedError(code, incident_id=incident, **dict(facts))
    return Pass(keeps_template=False, needs_look=False)


def _under_lock(
    text: str,
    wording: Wording | None,
    values: Mapping[str, str],
    around: Around,
    lock: Lock,
) -> Pass:
    if around.is_planned:
        raise _refused("R13", lock, account=lock.account, id=lock.code)
    if around.has_look:
        return Pass(keeps_template=False, needs_look=False)
    if around.line is not None:
        if around.has_more:
            raise _refused("R12", lock)
        return _line(text, around.line, values, lock)
    if wording is not None and _is_template(text, wording, values):
        if wording.is_light and lock.is_light_locked:
            raise _refused("R14", lock)
        raise _refused("R10", lock, account=lock.account, t=wording.name)
    raise _refused("R12", lock)


def _line(text: str, line: ReplyLine, values: Mapping[str, str], lock: Lock) -> Pass:
    """The approved words with their places filled, exactly."""
    if line.is_claim and lock.is_claim_locked:
        raise _refused("R11", lock, line=line.key)
    if line.missing:
        raise _refused(line.missing, lock, **dict(line.facts))
    if open_places := placeholder.unfilled(line.text, values):
        raise _refused("R20", lock, n=len(open_places), list=", ".join(open_places))
    if not _fits(text, line, values):
        raise _refused("R12", lock)
    return Pass(keeps_template=False, needs_look=False, keeps_line=True)


def _fits(text: str, line: ReplyLine, values: Mapping[str, str]) -> bool:
    return canonical_text(placeholder.fill(line.text, values)) == canonical_text(text)


def _is_template(text: str, wording: Wording, values: Mapping[str, str]) -> bool:
    return canonical_text(fill(wording.body, values)) == canonical_text(text)


def _refused(code: str, lock: Lock, **facts: str | int) -> CrisisRefusedError:
    return CrisisRefusedError(code, incident_id=lock.incident_id, **facts)
