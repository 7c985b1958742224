"""Questions about what templates were used for."""

from dataclasses import dataclass

from socialdesk.domain.suggestion import Suggestion
from socialdesk.domain.template_use import TemplateUse
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class SuggestTemplates(Query[list[Suggestion]]):
    """The templates that answered mentions like this one, best first."""

    mention_id: int
    limit: int = 3


@dataclass(frozen=True, slots=True)
class ReadTemplateUse(Query[list[TemplateUse]]):
    """Per template used between two times (ms UTC): how often, how much it was changed."""

    since: int
    until: int
