"""What is wrong with the values of a rule, where it stands, and that each fault has its words."""

import pytest

from socialdesk.domain.rules.rule import ALL_DAYS, MAX_CONDITIONS, Do, Field, Group, Rule
from socialdesk.domain.rules.rule_check import RuleFault, faults
from socialdesk.engine.words.rules import fault_words
from tests.rule_makers import a_rule, do, is_, label, words

UNKNOWN = fault_words("no such code", "x")


def first(rule: Rule) -> RuleFault:
    found = faults(rule)
    assert found, "nothing was found wrong"
    return found[0]


def test_a_sound_rule_has_no_fault():
    assert faults(a_rule()) == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (words(""), "no_value"),
        (words("  \n-"), "no_words"),
        (words("x" * 1001), "long_text"),
        (is_(Field.PATTERN, ""), "no_value"),
        (is_(Field.LABEL), "no_value"),
        (is_(Field.REACH, -1, -1), "no_value"),
        (is_(Field.REACH, 10, 5), "empty_span"),
        (is_(Field.REACH, -2, 5), "bad_number"),
        (is_(Field.STARS, 4, 6), "bad_number"),
        (is_(Field.TIME, 0, 0, 60), "no_days"),
        (is_(Field.TIME, ALL_DAYS, 60, 60), "bad_clock"),
        (is_(Field.TIME, ALL_DAYS, 0, 1441), "bad_clock"),
    ],
)
def test_a_value_that_fits_nothing_is_found_where_it_stands(condition, code):
    found = first(a_rule(words("refund"), condition))
    assert (found.code, found.group, found.place) == (code, 0, 1)
    assert fault_words(found.code, found.fact) not in ("", UNKNOWN)


@pytest.mark.parametrize(
    "condition",
    [
        is_(Field.LANG, "English"), is_(Field.SENTIMENT, "sad"), is_(Field.INTENT, "mood"),
        is_(Field.SOURCE, "context"), is_(Field.ACCOUNT, 0), is_(Field.ACCOUNT, "one"),
        is_(Field.REACH, 1), is_(Field.REACH, "1", "2"), is_(Field.VIP, 1), is_(Field.WORDS, 7),
        is_(Field.WORDS, "a", "b"), is_(Field.TIME, 1, 2),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(condition):
    assert first(a_rule(condition)).code in {"bad_value", "no_value_here"}


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        ((label(" "),), "no_value"),
        ((label("x" * 61),), "bad_label"),
        ((do(Do.PRIORITY, 5),), "bad_number"),
        ((do(Do.PRIORITY),), "no_value"),
        ((do(Do.STATUS, "waiting"),), "bad_value"),
        ((do(Do.SNOOZE, 0),), "bad_number"),
        ((do(Do.ASSIGN, 0),), "bad_number"),
        ((do(Do.TEMPLATE),), "no_value"),
        ((do(Do.NOTIFY, "x" * 81),), "long_text"),
        ((do(Do.STOP, "now"),), "no_value_here"),
        ((do(Do.LABEL, 7),), "bad_number"),
        ((do(Do.STATUS, "done"), do(Do.SNOOZE, 60)), "twice"),
        ((label("Money"), label("money")), "twice"),
        ((do(Do.STATUS, "open"), do(Do.MUTE)), "mute_and_open"),
    ],
)
def test_an_action_that_cannot_be_done_is_found(actions, code):
    assert first(a_rule(then=actions)).code == code
    assert fault_words(code, "1")


def test_two_labels_are_two_actions():
    assert faults(a_rule(then=(label("a"), label("b")))) == []


def test_the_rule_itself_needs_a_name_conditions_and_actions():
    empty = Rule(1, " ", (), ())
    assert {f.code for f in faults(empty)} == {"no_name", "no_conditions", "no_actions"}
    for found in faults(empty):
        assert fault_words(found.code, found.fact) not in ("", UNKNOWN)


def test_more_than_anybody_can_oversee_is_refused():
    many = Group((words("a"),) * (MAX_CONDITIONS + 1))
    assert first(a_rule(groups=(many,))).code == "many_conditions"


def test_an_empty_group_beside_others_is_refused():
    found = first(a_rule(groups=(Group((words("a"),)), Group(()))))
    assert (found.code, found.group) == ("empty_group", 1)
