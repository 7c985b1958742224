"""A rule as JSON in the file. Read strictly: what a later program added refuses the rule, so that
it never does something other than it says."""

import hashlib
import json
from enum import Enum
from typing import Any, TypeVar

from socialdesk.domain.rules.rule import Action, Condition, Do, Field, Group, Match, Rule
from socialdesk.domain.rules.rule_check import faults

E = TypeVar("E", bound=Enum)


class UnreadableRuleError(ValueError):
    """The stored text is no rule we know."""


def conditions_json(rule: Rule) -> str:
    """The column `conditions`."""
    return _packed({
        "match": rule.match.value,
        "filed": rule.with_filed,
        "groups": [
            {"match": g.match.value, "conditions": [_condition(c) for c in g.conditions]}
            for g in rule.groups
        ],
    })  # fmt: skip


def actions_json(actions: tuple[Action, ...]) -> str:
    """The column `actions`, and `did` of a hit."""
    return _packed([{"do": a.do.value, "value": a.value} for a in actions])


def read_rule(id: int, name: str, conditions: str, actions: str, n_slow: int = 0) -> Rule:
    """Raises UnreadableRuleError on anything this program would not have written."""
    rule = read_parts(id, name, conditions, actions, n_slow)
    if found := faults(rule):
        raise UnreadableRuleError(found[0].code)
    return rule


def read_parts(id: int, name: str, conditions: str, actions: str, n_slow: int = 0) -> Rule:
    """The same, whatever its values are: they may be just being typed."""
    whole = _object(_parsed(conditions), {"match", "filed", "groups"})
    return Rule(
        id, name, tuple(_group(g) for g in _list(whole["groups"])), read_actions(actions),
        _choice(Match, whole["match"]), _flag(whole["filed"]), n_slow,
    )  # fmt: skip


def read_actions(text: str) -> tuple[Action, ...]:
    """Raises UnreadableRuleError."""
    made = []
    for part in _list(_parsed(text)):
        values = _object(part, {"do", "value"})
        made.append(Action(_choice(Do, values["do"]), _plain(values["value"])))
    return tuple(made)


def digest(rule: Rule) -> str:
    """The same for rules that do the same to the same mentions; name and place do not count."""
    text = _packed([conditions_json(rule), actions_json(rule.actions)])
    return hashlib.sha256(text.encode()).hexdigest()


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "field": condition.field.value,
        "values": list(condition.values),
        "not": condition.is_not,
    }


def _group(part: Any) -> Group:
    values = _object(part, {"match", "conditions"})
    conditions = []
    for one in _list(values["conditions"]):
        told = _object(one, {"field", "values", "not"})
        found = tuple(_plain(v) for v in _list(told["values"]))
        conditions.append(Condition(_choice(Field, told["field"]), found, _flag(told["not"])))
    return Group(tuple(conditions), _choice(Match, values["match"]))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as e:
        raise UnreadableRuleError("no JSON") from e


def _object(value: Any, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != keys:
        raise UnreadableRuleError("other fields than we know")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableRuleError("no list")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnreadableRuleError("neither true nor false")
    return value


def _plain(value: Any) -> str | int:
    if type(value) is not str and type(value) is not int:
        raise UnreadableRuleError("neither text nor number")
    return value


def _choice(kind: type[E], value: Any) -> E:
    try:
        return kind(value)
    except ValueError as e:
        raise UnreadableRuleError(f"unknown {kind.__name__}") from e


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
