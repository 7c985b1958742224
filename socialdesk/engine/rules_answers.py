"""What answers the questions about rules."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import rules as q
from socialdesk.store import rule_hits, rules
from socialdesk.store.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListRules: lambda c, x, now: rules.list_rules(c),
    q.RuleHits: lambda c, x, now: rule_hits.hits_of(c, x.mention_id),
    q.SuggestedTemplates: lambda c, x, now: rule_hits.suggestions(c, x.mention_id),
    q.CountRuleHits: lambda c, x, now: rule_hits.count_standing(c, x.rule_id, x.since),
}
