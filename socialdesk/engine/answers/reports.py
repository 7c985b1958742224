"""What answers the questions of the board and the reports."""

from array import array
from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import reports as q
from socialdesk.engine.reports.board import count_board
from socialdesk.engine.reports.terms import read_terms
from socialdesk.store.figures import figures
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadBoard: lambda c, x, now: count_board(c, read_terms(c, now), now),
    q.ListFigure: lambda c, x, now: array("q", figures.list_ids(c, x.ref)),
}
