"""Rules as JSON: strict, and the same again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.rules.rule import ALL_DAYS, Do, Field, Match, Rule
from socialdesk.domain.rules.rule_check import faults
from socialdesk.domain.rules.rule_json import (
    UnreadableRuleError,
    actions_json,
    conditions_json,
    digest,
    read_actions,
    read_rule,
)
from tests.rule_makers import a_rule, do, is_, label, words

CONDITIONS = (
    words("refund\n-job"), is_(Field.PATTERN, r"\brefund\b"), is_(Field.ACCOUNT, 1),
    is_(Field.WATCH, 2, 3), is_(Field.NETWORK, "mastodon"), is_(Field.SOURCE, "review", "reply"),
    is_(Field.HANDLE, "@ann"), is_(Field.NAME, "ann*"), is_(Field.VIP),
    is_(Field.BOT, is_not=True), is_(Field.MUTED), is_(Field.FIRST_CONTACT),
    is_(Field.REACH, 1000, -1), is_(Field.LANG, "kk"), is_(Field.SENTIMENT, "negative"),
    is_(Field.INTENT, "press"), is_(Field.STARS, 1, 2), is_(Field.TIME, ALL_DAYS, 1320, 360),
    is_(Field.LINK), is_(Field.ATTACHMENT), is_(Field.QUESTION), is_(Field.COPIES, 3, -1),
    is_(Field.LABEL, "press", "vip customer"),
)  # fmt: skip
ACTIONS = (
    label("Деньги"), do(Do.PRIORITY, 1), do(Do.SNOOZE, 90), do(Do.ASSIGN, 2), do(Do.VIP),
    do(Do.TEMPLATE, 4), do(Do.NOTIFY, "look"), do(Do.ALERT), do(Do.STOP),
)  # fmt: skip


def stored(rule: Rule) -> tuple[str, str]:
    return conditions_json(rule), actions_json(rule.actions)


def test_every_condition_and_action_comes_back():
    assert {c.field for c in CONDITIONS} == set(Field)
    rule = a_rule(*CONDITIONS, then=ACTIONS, match=Match.ANY, with_filed=True)
    assert faults(rule) == []
    assert read_rule(1, "Rule 1", *stored(rule)) == rule


@pytest.mark.parametrize("action", [do(Do.STATUS, "spam"), do(Do.MUTE), do(Do.STATUS, "open")])
def test_the_other_actions_come_back(action):
    assert read_actions(actions_json((action,))) == (action,)


def test_the_digest_is_of_what_a_rule_does_and_not_of_its_name():
    one, other = a_rule(id=1), a_rule(id=2, name="Other")
    assert digest(one) == digest(other)
    assert digest(a_rule(words("refunds"))) != digest(one)
    assert digest(a_rule(then=(label("other"),))) != digest(one)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c | {"later": 1},
        lambda c: {k: v for k, v in c.items() if k != "filed"},
        lambda c: c | {"match": "most"},
        lambda c: c | {"filed": 1},
        lambda c: c | {"groups": {}},
        lambda c: c | {"groups": [{"match": "all", "conditions": [], "weight": 2}]},
        lambda c: c | {"groups": [{"match": "all", "conditions": [
            {"field": "shoe_size", "values": [], "not": False}]}]},
        lambda c: c | {"groups": [{"match": "all", "conditions": [
            {"field": "reach", "values": [True, 5], "not": False}]}]},
        lambda c: c | {"groups": [{"match": "all", "conditions": [
            {"field": "reach", "values": ["1", "5"], "not": False}]}]},
        lambda c: c | {"groups": []},
    ],
)  # fmt: skip
def test_what_a_later_program_added_refuses_the_rule(spoil):
    conditions, actions = stored(a_rule())
    spoilt = json.dumps(spoil(json.loads(conditions)))
    with pytest.raises(UnreadableRuleError):
        read_rule(1, "Rule 1", spoilt, actions)


@pytest.mark.parametrize(
    "actions", ["", "{}", "[1]", '[{"do": "fly", "value": ""}]', '[{"do": "vip"}]', "[" * 100_000]
)
def test_actions_that_are_none_refuse_the_rule(actions):
    with pytest.raises(UnreadableRuleError):
        read_actions(actions)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["match", "filed", "groups", "conditions", "field", "values", "not"]),
        inner, max_size=4,
    ),
)  # fmt: skip


@given(JSON, JSON)
def test_any_json_is_a_rule_or_is_refused(conditions, actions):
    try:
        rule = read_rule(1, "Rule", json.dumps(conditions), json.dumps(actions))
    except UnreadableRuleError:
        return
    assert faults(rule) == []
