"""Incidents: suspected, declared, led and ended; the rows they hold and the mentions they gather.

What crisis mode refuses is raised as CrisisRefusedError and leaves its event (`engine/work.py`).
"""

from typing import Final

from socialdesk.domain.crisis.incident import Category, Incident, IncidentState, Scope, Strategy
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import LANGS, Playbook
from socialdesk.engine import playbooks
from socialdesk.engine.after_action.freeze import freeze
from socialdesk.engine.commands import crisis as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.i18n import language
from socialdesk.store import accounts
from socialdesk.store.crisis import (
    declaring,
    held,
    hiding,
    incident_guards,
    incident_life,
    incident_mentions,
    incident_moves,
    incident_tasks,
    incidents,
    steps,
)
from socialdesk.store.crisis.declaring import Declaration, NewFact
from socialdesk.store.crisis.steps import NewStep
from socialdesk.store.file.writer import Transaction

MAX_NOTE_CHARS: Final = 2_000


def suspect(tx: Transaction, command: c.Suspect, person: int) -> Outcome:
    made = incidents.suspect(
        tx, kind="", topic="", mentions=command.mentions, title=command.title, person=person,
        baseline_15m=incident_guards.usual_15m(tx.conn, tx.now), detected_at=tx.now,
    )  # fmt: skip
    return 0, {"incident_id": made.id, "code": made.code}


def dismiss(tx: Transaction, command: c.DismissIncident, person: int) -> Outcome:
    seq = incidents.dismiss(
        tx, command.incident_id, command.reason, command.note, command.looked_by, person
    )
    return seq, {}


def declare(tx: Transaction, command: c.Declare, person: int) -> Outcome:
    book = playbooks.read_playbook(tx.conn, command.playbook)
    done = declaring.declare(tx, _declaration(tx, command, book), person)
    accounts.hasten_calm(tx, command.accounts)
    answer = {
        "incident_id": done.incident.id, "code": done.incident.code,
        "n_held": len(done.stopped.held), "in_flight": list(done.stopped.in_flight),
    }  # fmt: skip
    return done.seq, answer


def _declaration(tx: Transaction, command: c.Declare, book: Playbook | None) -> Declaration:
    """With what the playbook gives; an unknown one counts as none said (R01)."""
    try:
        strategy = Strategy(command.strategy)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what="strategy") from e
    lang = language() if language() in LANGS else LANGS[0]
    return Declaration(
        title=command.title, playbook=book.id if book else "",
        playbook_version=book.version if book else "", severity=command.severity,
        commander=command.commander, incident_id=command.incident_id, strategy=strategy,
        cluster=book.cluster if book else "", scope=Scope(command.accounts, command.languages),
        roles=command.roles, audiences=command.audiences,
        baseline_15m=incident_guards.usual_15m(tx.conn, tx.now),
        is_light_locked=not (book and book.humour),
        steps=[NewStep(s.key, s.phase, s.role, s.text[lang], s.due_min)
               for s in (book.steps if book else ())],
        facts=[NewFact(f.key, f.gate, f.text[lang]) for f in (book.facts if book else ())],
    )  # fmt: skip


def move(tx: Transaction, command: c.MoveIncident, person: int) -> Outcome:
    incident = _read(tx, command.incident_id)
    match command.state:
        case IncidentState.RESPONDING.value:
            return incident_life.respond(tx, incident, command.reason, person), {}
        case IncidentState.STAND_DOWN.value:
            return incident_life.stand_down(tx, incident, command.reason, person), {}
        case IncidentState.CLOSED.value:
            return incident_life.close(tx, incident, person, freeze), {}
    raise CommandError(CommandFault.BAD_INPUT, what=command.state[:40])


def change(tx: Transaction, command: c.ChangeIncident, person: int) -> Outcome:
    incident = _read(tx, command.incident_id)
    seq = incident_life.change(tx, incident, command.field, command.value, command.reason, person)
    return seq, {}


def link_mentions(tx: Transaction, command: c.LinkMentions, person: int) -> Outcome:
    incident = _read(tx, command.incident_id)
    if not command.is_linked:
        return incident_mentions.unlink(tx, incident, command.mentions, person), {}
    try:
        category = Category(command.category) if command.category else None
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=command.category[:40]) from e
    seq = incident_mentions.link(
        tx, incident, command.mentions, how=incident_mentions.HAND, person=person,
        category=category,
    )  # fmt: skip
    return seq, {}


def decide_held(tx: Transaction, command: c.DecideHeld, person: int) -> Outcome:
    return held.decide(tx, command.outbox_id, command.decision, person), {}


def discard_all_held(tx: Transaction, command: c.DiscardAllHeld, person: int) -> Outcome:
    n, seq = held.discard_all(tx, command.incident_id, person)
    return seq, {"n": n}


def do_step(tx: Transaction, command: c.DoStep, person: int) -> Outcome:
    seq = steps.settle(
        tx, command.step_id, person, note=command.note, skipped_why=command.skipped_why,
        is_done=command.is_done,
    )  # fmt: skip
    return seq, {}


def add_log_note(tx: Transaction, command: c.AddLogNote, person: int) -> Outcome:
    text = command.text.strip()
    if not text or len(text) > MAX_NOTE_CHARS:
        raise CommandError(CommandFault.EMPTY if not text else CommandFault.TOO_LONG,
                           n=len(text) - MAX_NOTE_CHARS)  # fmt: skip
    incident = _read(tx, command.incident_id)
    return incident_moves.note(tx, incident, "log_note", person, text=text), {}


def save_review(tx: Transaction, command: c.SaveReview, person: int) -> Outcome:
    incident = _read(tx, command.incident_id)
    return incident_life.save_review(tx, incident, dict(command.fields), person), {}


def save_task(tx: Transaction, command: c.SaveTask, person: int) -> Outcome:
    task_id, seq = incident_tasks.save(
        tx, command.incident_id, command.task_id, text=command.text, owner=command.owner,
        due_at=command.due_at, is_done=command.is_done, person=person,
    )  # fmt: skip
    return seq, {"task_id": task_id}


def hide_mention(tx: Transaction, command: c.HideMention, person: int) -> Outcome:
    return hiding.hide(tx, command.mention_id, command.reason, command.incident_id, person), {}


def _read(tx: Transaction, incident_id: int) -> Incident:
    return incident_moves.read(tx.conn, incident_id)


HANDLERS: Final[dict[type, Handler]] = {
    c.Suspect: suspect,
    c.DismissIncident: dismiss,
    c.Declare: declare,
    c.MoveIncident: move,
    c.ChangeIncident: change,
    c.LinkMentions: link_mentions,
    c.DecideHeld: decide_held,
    c.DiscardAllHeld: discard_all_held,
    c.DoStep: do_step,
    c.AddLogNote: add_log_note,
    c.SaveReview: save_review,
    c.SaveTask: save_task,
    c.HideMention: hide_mention,
}
