"""What stands where on the board."""

from socialdesk.domain.changes import Area
from socialdesk.engine.queries.reports import ReadBoard
from socialdesk.engine.reports.board_sections import board_of
from socialdesk.i18n import tr
from socialdesk.ui.board.wall import Plan

BOARD = Plan(
    name=lambda: tr("The board as text"),
    ask=ReadBoard,
    sections=board_of,
    places={
        "numbers": (0, 0, 1, 6), "volume": (1, 0, 1, 4), "sentiment": (1, 4, 1, 2),
        "words": (2, 0, 1, 2), "authors": (2, 2, 1, 2), "networks": (2, 4, 1, 2),
    },
    heights=(20, 42, 38),
    telling=frozenset({Area.QUEUE, Area.OUTBOX, Area.INSIGHT, Area.SETTINGS, Area.ALL}),
)  # fmt: skip
