"""What is asked about macros."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.macro import Macro
from socialdesk.engine.queries.base import Query


@frozen
class ListMacros(Query[list[Macro]]):
    """In the order of their keys."""
