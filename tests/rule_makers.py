"""Ready-made rules and facts for tests."""

from typing import Any

from socialdesk.domain.rules.rule import Action, Condition, Do, Field, Group, Match, Rule
from socialdesk.domain.rules.rule_facts import Facts, Stored

NEVER_ASKED = "an expression was asked where none is"


def is_(field: Field, *values: str | int, **facts: Any) -> Condition:
    """`is_(Field.LANG, "en")`; `is_not=True` turns it round."""
    return Condition(field, values, **facts)


def words(lines: str) -> Condition:
    return is_(Field.WORDS, lines)


def do(what: Do, value: str | int = "") -> Action:
    return Action(what, value)


def label(name: str) -> Action:
    return Action(Do.LABEL, name)


def a_rule(
    *conditions: Condition, then: tuple[Action, ...] = (), id: int = 1, **facts: Any
) -> Rule:
    """All of the conditions; labels "hit" unless it is told what to do."""
    match = facts.pop("group", Match.ALL)
    groups = (Group(conditions or (words("refund"),), match),)
    values: dict[str, Any] = {"name": f"Rule {id}", "groups": groups}
    return Rule(id=id, actions=then or (label("hit"),), **(values | facts))


def a_fact(text: str = "I want a refund", id: int = 1, **facts: Any) -> Facts:
    return Facts(mention_id=id, author_id=facts.pop("author_id", id), text=text, **facts)


def a_stored(text: str = "I want a refund", id: int = 1, **facts: Any) -> Stored:
    """`status`, `disposition`, `priority`, `is_replied` are of what became of it."""
    fate = {k: facts.pop(k) for k in ("status", "disposition", "priority", "is_replied")
            if k in facts}  # fmt: skip
    return Stored(a_fact(text, id, **facts), **fate)


def no_finds(pattern: str, text: str) -> bool:
    raise AssertionError(NEVER_ASKED)
