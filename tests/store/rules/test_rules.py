"""Rules as rows: order, on and off, what was tried, what cannot be read."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rules.rule import Rule, RuleRow
from socialdesk.store.rules import rules
from socialdesk.store.triage import acts
from tests.rule_makers import a_rule, label, words
from tests.store.queue_file import QueueFile


def keep(file: QueueFile, rule: Rule | None = None) -> int:
    rule = rule or a_rule(id=0)
    return file.write(lambda tx: rules.save(tx, rule, file.ann))[0]


def try_out(file: QueueFile, rule_id: int) -> None:
    rule = row(file, rule_id).rule
    assert rule is not None
    file.write(lambda tx: rules.remember_trial(tx, rule))


def row(file: QueueFile, rule_id: int) -> RuleRow:
    return file.read(rules.find, rule_id)


def names(file: QueueFile) -> list[str]:
    return [r.name for r in file.read(rules.list_rules)]


def test_a_new_rule_is_last_and_off(file):
    first, second = keep(file, a_rule(id=0, name="One")), keep(file, a_rule(id=0, name="Two"))
    assert names(file) == ["One", "Two"]
    assert not row(file, first).is_on
    assert file.read(rules.running) == []
    assert row(file, second).rule == a_rule(id=second, name="Two")


def test_a_rule_that_is_on_runs_in_its_place(file):
    ids = [keep(file, a_rule(id=0, name=n)) for n in "abc"]
    for id in ids:
        file.write(lambda tx, id=id: rules.set_on(tx, id, True, file.ann))
    file.write(lambda tx: rules.move(tx, ids[2], -2, file.ann))
    assert [r.name for r in file.read(rules.running)] == ["c", "a", "b"]
    file.write(lambda tx: rules.move(tx, ids[2], 50, file.ann))
    assert names(file) == ["a", "b", "c"]


def test_a_rule_that_does_something_else_now_goes_off_until_that_was_tried(file):
    id = keep(file)
    file.write(lambda tx: rules.set_on(tx, id, True, file.ann))
    other = a_rule(words("late"), id=id)
    assert file.write(lambda tx: rules.save(tx, other, file.ann))[2] is False
    assert not row(file, id).is_on


def test_a_rule_that_was_tried_in_its_new_form_stays_on(file):
    id = keep(file)
    file.write(lambda tx: rules.set_on(tx, id, True, file.ann))
    other = a_rule(words("late"), id=id)
    file.write(lambda tx: rules.remember_trial(tx, other))
    assert file.write(lambda tx: rules.save(tx, other, file.ann))[2] is True


def test_another_name_leaves_a_rule_on(file):
    id = keep(file)
    file.write(lambda tx: rules.set_on(tx, id, True, file.ann))
    assert file.write(lambda tx: rules.save(tx, a_rule(id=id, name="New"), file.ann))[2] is True


def test_a_trial_is_of_exactly_these_conditions_and_actions(file):
    id = keep(file)
    assert not row(file, id).is_tried
    try_out(file, id)
    assert row(file, id).is_tried
    file.write(lambda tx: rules.save(tx, a_rule(id=id, then=(label("b"),)), file.ann))
    assert not row(file, id).is_tried


@pytest.mark.parametrize("act", ["save", "delete", "on"])
def test_acts_on_rules_are_undone_and_redone(file, act):
    id = keep(file)
    doing = {
        "save": lambda tx: rules.save(tx, a_rule(words("late"), id=id), file.ann),
        "delete": lambda tx: rules.delete(tx, id, file.ann),
        "on": lambda tx: rules.set_on(tx, id, True, file.ann),
    }
    before = file.sql("SELECT name, is_on, conditions, actions, deleted_at FROM rule")
    file.write(doing[act])
    after = file.sql("SELECT name, is_on, conditions, actions, deleted_at FROM rule")
    file.write(lambda tx: acts.undo(tx, file.ann))
    assert file.sql("SELECT name, is_on, conditions, actions, deleted_at FROM rule") == before
    file.write(lambda tx: acts.redo(tx, file.ann))
    assert file.sql("SELECT name, is_on, conditions, actions, deleted_at FROM rule") == after


def test_undoing_a_new_rule_takes_it_off_the_list(file):
    keep(file)
    file.write(lambda tx: acts.undo(tx, file.ann))
    assert names(file) == []


def test_a_rule_of_a_later_program_is_shown_and_does_nothing(file):
    id = keep(file)
    file.write(lambda tx: rules.set_on(tx, id, True, file.ann))
    file.execute("UPDATE rule SET conditions = '{\"later\": 1}'")
    shown = row(file, id)
    assert (shown.rule, shown.is_on, shown.name) == (None, False, "Rule 0")
    assert file.read(rules.running) == []


def test_a_rule_that_is_gone_is_not_found(file):
    id = keep(file)
    file.write(lambda tx: rules.delete(tx, id, file.ann))
    with pytest.raises(CommandError) as refused:
        file.write(lambda tx: rules.move(tx, id, 1, file.ann))
    assert refused.value.fault is CommandFault.NOT_FOUND


def test_what_fails_leaves_nothing_and_what_went_before_stands(file):
    def write(tx):
        rules.save(tx, a_rule(id=0, name="Kept"), file.ann)

        def fails() -> None:
            rules.save(tx, a_rule(id=0, name="Gone"), file.ann)
            raise ZeroDivisionError

        return rules.attempt(tx, fails)

    assert isinstance(file.write(write), ZeroDivisionError)
    assert names(file) == ["Kept"]
