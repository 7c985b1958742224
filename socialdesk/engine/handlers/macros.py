"""Macros: kept, and run as one act in one transaction."""

from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine.commands.answering import SendReply
from socialdesk.engine.commands.macros import DeleteMacro, OrderMacros, RunMacro, SaveMacro
from socialdesk.engine.handlers.replies import send_reply
from socialdesk.engine.steps import do_step, step_of
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.replies import gate_facts, reply_gate
from socialdesk.store.triage import acts, macros
from socialdesk.store.triage.acts import Act

MOST: Final = 2_000  # mentions a macro is run on at once


def save_macro(tx: Transaction, command: SaveMacro, person: int) -> Outcome:
    steps = [step_of(*values) for values in command.steps]
    macro, seq = macros.save_macro(tx, command.name, steps, person, command.macro_id)
    return seq, {"macro_id": macro}


def delete_macro(tx: Transaction, command: DeleteMacro, person: int) -> Outcome:
    return macros.delete_macro(tx, command.macro_id, person), {}


def order_macros(tx: Transaction, command: OrderMacros, person: int) -> Outcome:
    return macros.order_macros(tx, command.macro_ids, person), {}


def run_macro(tx: Transaction, command: RunMacro, person: int) -> Outcome:
    macro = macros.read_macro(tx.conn, command.macro_id)
    ids = command.ids
    if not ids or (macro.reply and len(ids) > 1):
        raise CommandError(CommandFault.NOT_FOUND if not ids else CommandFault.BAD_INPUT, what="n")
    if len(ids) > MOST:
        raise CommandError(CommandFault.BAD_INPUT, what=str(len(ids)))
    answer: dict[str, Any] = {}
    if macro.reply:
        _check_approved(tx, command)
        seq, answer = send_reply(tx, _reply(command), person)
        act = Act(seq, person)
    else:
        act = acts.begin(tx, "macro_run", person, {"macro": macro.id, **acts.named(ids)})
    for step in macro.acts:
        do_step(tx, act, ids, _now(step, command.until))
    acts.fold(tx, act)
    return act.seq, {**answer, "n": len(ids)}


def _check_approved(tx: Transaction, command: RunMacro) -> None:
    """A macro says only what was approved, whatever the policy is."""
    text = gate_facts.answer_to(tx.conn, command.ids[0], command.text, command.lang)
    versions = (command.version_id,) if command.version_id else ()
    passed = reply_gate.check_text(tx.conn, text, tx.now, versions, command.values)
    if not passed.keeps_template:
        raise CommandError(CommandFault.NOT_APPROVED)


def _reply(command: RunMacro) -> SendReply:
    return SendReply(
        command.ids[0], command.text, command.version_id, command.values, command.lang,
        known_posts=command.known_posts,
    )  # fmt: skip


def _now(step: Step, until: int) -> Step:
    return replace(step, number=until) if step.kind is StepKind.SNOOZE else step


HANDLERS: Final[dict[type, Handler]] = {
    SaveMacro: save_macro,
    DeleteMacro: delete_macro,
    OrderMacros: order_macros,
    RunMacro: run_macro,
}
