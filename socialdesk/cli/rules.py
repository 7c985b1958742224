"""Rules on the command line: list, dry run, on and off, undo."""

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from socialdesk.cli.exit_codes import OK, REFUSED
from socialdesk.cli.output import Output, cut, iso, visible
from socialdesk.domain.rules.rule import Rule, RuleRow
from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from socialdesk.domain.rules.rule_trial import Caught
from socialdesk.engine.commands.rules import ApplyRule, DryRunRule, SetRuleOn, UndoRule
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts, ListPeople, ListTemplates
from socialdesk.engine.queries.rules import ListRules
from socialdesk.engine.rules.trial_json import trial_of
from socialdesk.engine.words.phrases import watch_name
from socialdesk.engine.words.rules import (
    Names,
    action_words,
    found_words,
    off_words,
    sentence_of,
    suspect_words,
    undone_words,
)
from socialdesk.i18n import tr, trn


def rules(desk: Desk, options: Namespace, out: Output) -> int:
    """What `socialdesk rules …` asks for."""
    if options.act == "list":
        return _list(desk, out)
    row = next((r for r in desk.ask(ListRules()).result() if r.id == options.rule), None)
    if row is None:
        out.fail(tr("There is no rule {n}. Their numbers: socialdesk rules list", n=options.rule))
        return REFUSED
    return _ACTS[options.act](desk, row, options, out)


def _list(desk: Desk, out: Output) -> int:
    names, found = _names(desk), desk.ask(ListRules()).result()
    for row in found:
        state = tr("on") if row.is_on else tr("off")
        out.say(f"{row.id}  {state:4} {visible(row.name)}")
        out.say(f"   {_words(row, names)}")
        if row.off_reason:
            out.say(f"   {off_words(row.off_reason)}")
        if row.n_hits:
            out.say("   " + trn("did {n} thing, last at {when}", "did {n} things, last at {when}",
                                row.n_hits, when=iso(row.last_hit_at)))  # fmt: skip
    if not found:
        out.say(tr("No rules yet. They are written in the window."))
    out.value([
        {"id": r.id, "name": r.name, "on": r.is_on, "tried": r.is_tried, "hits": r.n_hits,
         "off_reason": r.off_reason, "words": _words(r, names)} for r in found
    ])  # fmt: skip
    return OK


def _words(row: RuleRow, names: Names) -> str:
    if row.rule is None:
        return tr("Cannot be read, switched off.")
    return visible(sentence_of(row.rule, names))


def _dry_run(desk: Desk, row: RuleRow, options: Namespace, out: Output) -> int:
    rule = _readable(row, out)
    if rule is None:
        return REFUSED
    command = DryRunRule(conditions_json(rule), actions_json(rule.actions), options.newest)
    answer = out.wait(desk.do(command)).answer
    trial, names = trial_of(answer), _names(desk)
    for line in found_words(trial):
        out.say(line)
    for action, n in zip(rule.actions, trial.changes, strict=True):
        out.say(f"  {visible(action_words(action, names))}: {n}")
    for one in trial.suspects:
        out.say(tr("Looks wrong: {mention}", mention=_line(one)))
        out.say(f"   {suspect_words(one.reason, one.fact)}")
    for one in trial.examples:
        out.say(_line(one))
    out.value(dict(answer))
    return OK


def _line(one: Caught) -> str:
    return f"{one.mention_id}  {cut(visible(one.author), 24):24}  {cut(visible(one.words), 90)}"


def _set_on(desk: Desk, row: RuleRow, options: Namespace, out: Output) -> int:
    is_on = options.act == "on"
    desk.do(SetRuleOn(row.id, is_on, is_sure=getattr(options, "yes", False))).result()
    name = visible(row.name)
    out.say(tr("{name} is on.", name=name) if is_on else tr("{name} is off.", name=name))
    out.value({"id": row.id, "on": is_on})
    return OK


def _apply(desk: Desk, row: RuleRow, options: Namespace, out: Output) -> int:
    answer = out.wait(desk.do(ApplyRule(row.id))).answer
    out.say(trn("Applied to {n} mention.", "Applied to {n} mentions.", int(answer["n"])))
    out.value({"n": answer["n"]})
    return OK


def _undo(desk: Desk, row: RuleRow, options: Namespace, out: Output) -> int:
    answer = out.wait(desk.do(UndoRule(row.id))).answer
    out.say(undone_words(answer))
    out.value({"n": answer["n"], "changed": answer["n_changed"], "gone": answer["n_gone"]})
    return OK


def _readable(row: RuleRow, out: Output) -> Rule | None:
    if row.rule is None:
        out.fail(tr("Cannot be read, switched off."))
    return row.rule


def _names(desk: Desk) -> Names:
    accounts = desk.ask(ListAccounts()).result()
    return Names(
        accounts={a.id: a.name for a in accounts},
        watches={w.id: f"{watch_name(w)} ({a.name})" for a in accounts for w in a.watches},
        people={p.id: p.name for p in desk.ask(ListPeople(with_put_away=True)).result()},
        templates={t.id: t.name for t in desk.ask(ListTemplates()).result()},
    )


_Act = Callable[[Desk, RuleRow, Any, Output], int]
_ACTS: dict[str, _Act] = {
    "dry-run": _dry_run,
    "on": _set_on,
    "off": _set_on,
    "apply": _apply,
    "undo": _undo,
}
