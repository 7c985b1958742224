"""What answers the questions about rules."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.replies.suggestion import Suggestion
from socialdesk.engine.queries import rules as q
from socialdesk.engine.queries.templates import SuggestTemplates
from socialdesk.i18n import tr
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.replies import template_use
from socialdesk.store.rules import rule_hits, rules


def suggested_templates(conn: Connection, query: SuggestTemplates) -> list[Suggestion]:
    """What rules offer for the mention first, then what answered its like before."""
    ruled = [
        Suggestion(s.template_id, 0.0, (tr("rule {name}", name=s.rule),), 0)
        for s in rule_hits.suggestions(conn, query.mention_id)
    ]
    ids = {s.template_id for s in ruled}
    used = template_use.suggested(conn, query.mention_id, query.limit)
    return [*ruled, *(s for s in used if s.template_id not in ids)][: max(query.limit, len(ruled))]


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListRules: lambda c, x, now: rules.list_rules(c),
    q.RuleHits: lambda c, x, now: rule_hits.hits_of(c, x.mention_id),
    q.SuggestedTemplates: lambda c, x, now: rule_hits.suggestions(c, x.mention_id),
    q.CountRuleHits: lambda c, x, now: rule_hits.count_standing(c, x.rule_id, x.since),
}
