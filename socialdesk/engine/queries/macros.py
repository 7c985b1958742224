"""What is asked about macros."""

from dataclasses import dataclass

from socialdesk.domain.macro import Macro
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ListMacros(Query[list[Macro]]):
    """In the order of their keys."""
