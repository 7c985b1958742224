"""Questions about what templates were used for."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.suggestion import Suggestion
from socialdesk.domain.replies.template_use import TemplateUse
from socialdesk.engine.queries.base import Query


@frozen
class SuggestTemplates(Query[list[Suggestion]]):
    """The templates that answered mentions like this one, best first."""

    mention_id: int
    limit: int = 3


@frozen
class ReadTemplateUse(Query[list[TemplateUse]]):
    """Per template used between two times (ms UTC): how often, how much it was changed."""

    since: int
    until: int
