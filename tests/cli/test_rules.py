"""`socialdesk rules`: list, try, switch, apply, take back."""

import pytest

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from tests.rule_makers import a_rule, label, words


@pytest.fixture
def rule(sql):
    """A rule that catches some of the practice mentions; its number."""
    made = a_rule(words("the\nand\nyou"), then=(label("common"),), name="Common words")
    sql(
        "INSERT INTO rule(id, name, position, conditions, actions, person_id, changed_at)"
        " VALUES (1, ?, 1, ?, ?, 1, 0)",
        made.name, conditions_json(made), actions_json(made.actions),
    )  # fmt: skip
    return 1


def labelled(sql):
    ((n,),) = sql("SELECT count(*) FROM mention_label l JOIN label ON label.id = l.label_id"
                  " WHERE label.name = 'common'")  # fmt: skip
    return n


def test_without_rules_it_says_where_they_are_written(practise, prepared):
    ran = practise("rules")
    assert ran.code == OK
    assert "No rules yet" in ran.out


def test_a_rule_is_listed_in_words(practise, rule):
    ran = practise("rules")
    assert ran.code == OK
    assert "1  off  Common words" in ran.out
    assert "If the words contain the, and, you: label common." in ran.out
    (value,) = practise("rules", "--json").value
    assert (value["id"], value["on"], value["tried"]) == (1, False, False)


def test_a_rule_that_was_not_tried_is_refused_with_the_way_to_it(practise, rule):
    ran = practise("rules", "on", rule)
    assert ran.code == REFUSED
    assert "rules dry-run" in ran.err
    assert practise("rules", "on", rule, "--yes").code == OK


def test_a_dry_run_then_on_then_off(practise, rule, sql):
    ran = practise("rules", "dry-run", rule, "--json")
    assert ran.value["n_hits"] == len(ran.value["examples"]) or ran.value["n_hits"] > 10
    assert ran.value["n_hits"] > 0
    assert labelled(sql) == 0
    assert practise("rules", "on", rule).code == OK
    assert practise("rules", "--json").value[0]["on"]
    assert practise("rules", "off", rule).code == OK
    assert not practise("rules", "--json").value[0]["on"]


def test_a_dry_run_of_the_newest_in_words(practise, rule):
    ran = practise("rules", "dry-run", rule, "--newest", 3)
    assert ran.code == OK
    assert "of 3 mentions" in ran.out


def test_apply_and_take_back(practise, rule, sql):
    n = practise("rules", "apply", rule, "--json").value["n"]
    assert labelled(sql) == n > 0
    assert practise("rules", "undo", rule, "--json").value == {"n": n, "changed": 0, "gone": 0}
    assert labelled(sql) == 0


def test_a_number_that_is_none_is_refused(practise, prepared):
    for act in ("dry-run", "on", "undo"):
        ran = practise("rules", act, 9)
        assert ran.code == REFUSED
        assert "socialdesk rules list" in ran.err
    assert practise("rules", "fly", 9).code == USAGE


def test_a_rule_that_cannot_be_read_is_shown(practise, rule, sql):
    sql("UPDATE rule SET conditions = '{}'")
    assert "Cannot be read" in practise("rules").out
    assert practise("rules", "dry-run", rule).code == REFUSED
    assert practise("rules", "on", rule, "--yes").code == REFUSED
