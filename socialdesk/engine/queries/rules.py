"""What is asked about rules."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.rule import RuleHit, RuleRow, Suggestion
from socialdesk.engine.queries.base import Query


@frozen
class ListRules(Query[list[RuleRow]]):
    """In the order they run."""


@frozen
class RuleHits(Query[list[RuleHit]]):
    """What rules did to a mention, in the order of time."""

    mention_id: int


@frozen
class SuggestedTemplates(Query[list[Suggestion]]):
    """Templates that rules offer for a mention, in the order of the rules."""

    mention_id: int


@frozen
class CountRuleHits(Query[int]):
    """Mentions on which what the rule did still stands, since a time (ms UTC, 0 = ever)."""

    rule_id: int
    since: int = 0
