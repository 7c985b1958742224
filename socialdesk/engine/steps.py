"""How one step is done to a set of mentions, in a transaction, as part of an act."""

from collections.abc import Sequence
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import facets
from socialdesk.store.triage import pins, tags, triage
from socialdesk.store.triage.acts import Act

# Journal kinds; of a pair the second is the one that takes off.
_KINDS: Final = {
    StepKind.STATUS: ("status_set", "status_set"),
    StepKind.SNOOZE: ("snoozed", "snoozed"),
    StepKind.LABEL: ("labelled", "labelled"),
    StepKind.UNLABEL: ("unlabelled", "unlabelled"),
    StepKind.PRIORITY: ("priority_set", "priority_set"),
    StepKind.ASSIGN: ("assigned", "assigned"),
    StepKind.MUTE: ("muted", "unmuted"),
    StepKind.VIP: ("vip_set", "vip_unset"),
    StepKind.PIN: ("pinned", "unpinned"),
    StepKind.NOTE: ("noted", "noted"),
    StepKind.REPLY: ("reply_written", "reply_written"),
}
_FACETS: Final = {
    StepKind.STATUS: facets.STATUS.name,
    StepKind.SNOOZE: facets.STATUS.name,
    StepKind.LABEL: facets.LABEL,
    StepKind.UNLABEL: facets.LABEL,
    StepKind.PRIORITY: facets.PRIORITY.name,
    StepKind.ASSIGN: facets.ASSIGNEE.name,
    StepKind.PIN: facets.PIN.name,
}


def step_of(kind: str, text: str, number: int, disposition: int) -> Step:
    """From plain values. Raises CommandError BAD_INPUT."""
    try:
        found = Step(StepKind(kind), text, number, disposition)
        Disposition(disposition)
        if found.kind is StepKind.STATUS:
            Status(number)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=kind[:40]) from e
    return found


def journal_kind(step: Step) -> str:
    """What the journal and undo call it."""
    return _KINDS[step.kind][0 if step.number else 1]


def facet_of(step: Step) -> str:
    """In which respect it changes mentions; "" when it changes their authors."""
    return _FACETS.get(step.kind, "")


def facts_of(step: Step) -> dict[str, Any]:
    """For the journal."""
    return {"step": step.kind.value, "text": step.text, "number": step.number}


def do_step(tx: Transaction, act: Act, ids: Sequence[int], step: Step) -> None:
    """Raises CommandError, and nothing of it was done then. Replies are no part of this."""
    match step.kind:
        case StepKind.STATUS:
            triage.set_status(tx, act, ids, Status(step.number), Disposition(step.disposition))
        case StepKind.SNOOZE:
            triage.snooze(tx, act, ids, step.number)
        case StepKind.LABEL:
            tags.add_label(tx, act, ids, step.text)
        case StepKind.UNLABEL:
            tags.remove_label(tx, act, ids, step.text)
        case StepKind.PRIORITY:
            triage.set_priority(tx, act, ids, step.number)
        case StepKind.ASSIGN:
            triage.assign(tx, act, ids, step.number)
        case StepKind.MUTE:
            triage.set_muted(tx, act, ids, bool(step.number))
        case StepKind.VIP:
            triage.set_vip(tx, act, ids, bool(step.number))
        case StepKind.PIN:
            pins.set_pinned(tx, act, ids, bool(step.number))
        case StepKind.NOTE:
            for mention_id in ids:
                tags.add_note(tx, act, mention_id, act.person, step.text)
        case StepKind.REPLY:
            raise CommandError(CommandFault.BAD_INPUT, what="reply")
