"""Triage: status, snooze, labels, priority, people, notes; undo and redo of all of it."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine import commands as c
from socialdesk.engine.commands.triage import SetPinned, Unmute
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.writer import Transaction
from socialdesk.store.notices import notices
from socialdesk.store.triage import acts, muted, pins, tags, triage
from socialdesk.store.triage.acts import Act

MAX_NOTE_CHARS: Final = 20_000


def set_status(tx: Transaction, command: c.SetStatus, person: int) -> Outcome:
    try:
        status, disposition = Status(command.status), Disposition(command.disposition)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=str(command.status)) from e
    data = {"status": status.value, "disposition": disposition.value}

    def change(act: Act) -> None:
        if command.mutes:
            triage.set_muted(tx, act, command.ids, True)
        triage.set_status(tx, act, command.ids, status, disposition)
        acts.fold(tx, act)

    return _bulk(tx, person, "status_set", command.ids, data, change)


def open_mention(tx: Transaction, command: c.OpenMention, person: int) -> Outcome:
    notices.see(tx, mention_id=command.id)
    return 0, {"was_new": triage.open_mention(tx, command.id)}


def snooze(tx: Transaction, command: c.Snooze, person: int) -> Outcome:
    return _bulk(tx, person, "snoozed", command.ids, {"until": command.until},
                 lambda act: triage.snooze(tx, act, command.ids, command.until))  # fmt: skip


def add_label(tx: Transaction, command: c.AddLabel, person: int) -> Outcome:
    return _bulk(tx, person, "labelled", command.ids, {"label": command.name},
                 lambda act: tags.add_label(tx, act, command.ids, command.name))  # fmt: skip


def remove_label(tx: Transaction, command: c.RemoveLabel, person: int) -> Outcome:
    return _bulk(tx, person, "unlabelled", command.ids, {"label": command.name},
                 lambda act: tags.remove_label(tx, act, command.ids, command.name))  # fmt: skip


def set_priority(tx: Transaction, command: c.SetPriority, person: int) -> Outcome:
    return _bulk(tx, person, "priority_set", command.ids, {"level": command.level},
                 lambda act: triage.set_priority(tx, act, command.ids, command.level))  # fmt: skip


def assign(tx: Transaction, command: c.Assign, person: int) -> Outcome:
    return _bulk(tx, person, "assigned", command.ids, {"to": command.person_id},
                 lambda act: triage.assign(tx, act, command.ids, command.person_id))  # fmt: skip


def set_muted(tx: Transaction, command: c.SetMuted, person: int) -> Outcome:
    kind = "muted" if command.is_muted else "unmuted"
    return _bulk(tx, person, kind, command.ids, {},
                 lambda act: triage.set_muted(tx, act, command.ids, command.is_muted))  # fmt: skip


def set_vip(tx: Transaction, command: c.SetVip, person: int) -> Outcome:
    kind = "vip_set" if command.is_vip else "vip_unset"
    return _bulk(tx, person, kind, command.ids, {},
                 lambda act: triage.set_vip(tx, act, command.ids, command.is_vip))  # fmt: skip


def set_pinned(tx: Transaction, command: SetPinned, person: int) -> Outcome:
    kind = "pinned" if command.is_pinned else "unpinned"
    return _bulk(tx, person, kind, command.ids, {},
                 lambda act: pins.set_pinned(tx, act, command.ids, command.is_pinned))  # fmt: skip


def unmute(tx: Transaction, command: Unmute, person: int) -> Outcome:
    act = acts.begin(tx, "unmuted", person, {"authors": list(command.author_ids[:100])})
    return act.seq, {"n": muted.unmute(tx, act, command.author_ids)}


def add_note(tx: Transaction, command: c.AddNote, person: int) -> Outcome:
    text = command.text.strip()
    if not text or len(text) > MAX_NOTE_CHARS:
        raise CommandError(CommandFault.EMPTY if not text else CommandFault.TOO_LONG,
                           n=len(text) - MAX_NOTE_CHARS)  # fmt: skip
    return _bulk(tx, person, "noted", (command.id,), {},
                 lambda act: tags.add_note(tx, act, command.id, person, text))  # fmt: skip


def undo(tx: Transaction, command: c.Undo, person: int) -> Outcome:
    return _turned(acts.undo(tx, person, command.past))


def redo(tx: Transaction, command: c.Redo, person: int) -> Outcome:
    return _turned(acts.redo(tx, person, command.past))


def _turned(done: acts.UndoneAct) -> Outcome:
    return done.seq, {"kind": done.kind, "n": done.n, "ids": list(done.ids),
                      "n_left": done.n_left, "job_id": done.job}  # fmt: skip


def _bulk(
    tx: Transaction,
    person: int,
    kind: str,
    ids: tuple[int, ...],
    data: dict[str, Any],
    change: Callable[[Act], object],
) -> Outcome:
    """One act over `ids`; its answer says how many rows it was asked for."""
    if not ids:
        raise CommandError(CommandFault.NOT_FOUND)
    act = acts.begin(tx, kind, person, {**data, **acts.named(ids)})
    change(act)
    return act.seq, {"n": len(ids)}


HANDLERS: Final[dict[type, Handler]] = {
    c.SetStatus: set_status,
    c.OpenMention: open_mention,
    c.Snooze: snooze,
    c.AddLabel: add_label,
    c.RemoveLabel: remove_label,
    c.SetPriority: set_priority,
    c.Assign: assign,
    c.SetMuted: set_muted,
    c.SetVip: set_vip,
    SetPinned: set_pinned,
    Unmute: unmute,
    c.AddNote: add_note,
    c.Undo: undo,
    c.Redo: redo,
}
