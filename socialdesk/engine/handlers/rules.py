"""Rules kept, moved, switched on and off."""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rules.rule import Rule
from socialdesk.domain.rules.rule_check import faults
from socialdesk.domain.rules.rule_json import UnreadableRuleError, read_parts
from socialdesk.engine.commands import rules as c
from socialdesk.engine.rules.patterns import pattern_faults
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.rules import rules


def save_rule(tx: Transaction, command: c.SaveRule, person: int) -> Outcome:
    rule = rule_of(command.rule_id, command.name, command.conditions, command.actions)
    if (gone := rules.missing(tx.conn, rule)) is not None:
        place, do = gone
        raise CommandError(CommandFault.RULE, code=f"gone_{do.value}", place=place)
    rule_id, seq, is_on = rules.save(tx, rule, person)
    return seq, {"rule_id": rule_id, "is_on": is_on}


def move_rule(tx: Transaction, command: c.MoveRule, person: int) -> Outcome:
    return rules.move(tx, command.rule_id, command.step, person), {}


def set_rule_on(tx: Transaction, command: c.SetRuleOn, person: int) -> Outcome:
    row = rules.find(tx.conn, command.rule_id)
    if command.is_on:
        if row.rule is None:
            raise CommandError(CommandFault.RULE, code="unreadable")
        rule_of(row.id, row.name, *rules.texts(row.rule))
        if not (row.is_tried or command.is_sure):
            raise CommandError(CommandFault.NOT_TRIED)
    return rules.set_on(tx, command.rule_id, command.is_on, person), {}


def delete_rule(tx: Transaction, command: c.DeleteRule, person: int) -> Outcome:
    return rules.delete(tx, command.rule_id, person), {}


def rule_of(rule_id: int, name: str, conditions: str, actions: str) -> Rule:
    """A rule that can be run. Raises CommandError RULE with the first thing that is wrong."""
    try:
        rule = read_parts(rule_id, " ".join(name.split()), conditions, actions)
    except UnreadableRuleError as e:
        raise CommandError(CommandFault.RULE, code="unreadable") from e
    if found := [*faults(rule), *pattern_faults(rule)]:
        first = found[0]
        raise CommandError(
            CommandFault.RULE, code=first.code, fact=first.fact, group=first.group,
            place=first.place,
        )  # fmt: skip
    return rule


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveRule: save_rule,
    c.MoveRule: move_rule,
    c.SetRuleOn: set_rule_on,
    c.DeleteRule: delete_rule,
}
