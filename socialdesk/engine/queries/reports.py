"""What the board and the reports ask."""

from array import array  # noqa: F401  named in quotes: it takes no [] before Python 3.12

from socialdesk.domain.figures import Figures, Ref
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class ReadBoard(Query[Figures]):
    """The last 24 hours, and what waits now."""


@frozen
class ListFigure(Query["array[int]"]):
    """The mentions a number counted, newest first."""

    ref: Ref
