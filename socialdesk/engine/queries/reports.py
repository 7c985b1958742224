"""What the board and the reports ask."""

from array import array  # noqa: F401  named in quotes: it takes no [] before Python 3.12
from dataclasses import dataclass

from socialdesk.domain.figures import Figures, Ref
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadBoard(Query[Figures]):
    """The last 24 hours, and what waits now."""


@dataclass(frozen=True, slots=True)
class ListFigure(Query["array[int]"]):
    """The mentions a number counted, newest first."""

    ref: Ref
