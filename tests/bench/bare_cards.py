"""The floor of a list: cards painted by hand in a plain scroll area, no item view and no program.

As perf/b5_qtmodel.py paints them (case own_scrollarea): author, network and time, two lines of
wrapped words; rows from the file by pages of 64, of which 48 are kept. Only the height of a row is
the list's own, so that both paint as many.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea

from socialdesk.store.file.sqlite import Connection

PAGE: Final = 64  # rows a read
KEPT: Final = 48  # pages
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_ONE_LINE: Final = _LEFT | Qt.TextFlag.TextSingleLine
_WRAPPED: Final = _LEFT | Qt.TextFlag.TextWordWrap
# Ten columns of one table, as there; the names of the authors lie in another table here.
_ROWS: Final = (
    "SELECT id, network, author_id, substr(body, 1, 180), published_at, lang, role, kind, n_stars,"
    " n_reposts FROM mention WHERE id IN ({})"
)
Row = tuple[Any, ...]


class BareCards(QAbstractScrollArea):
    """`ids` in their order; `height`: px of a row."""

    def __init__(self, conn: Connection, ids: Sequence[int], height: int) -> None:
        super().__init__()
        self._conn, self._ids, self._height = conn, ids, height
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._bold, self._small = QFont(), QFont()
        self._bold.setBold(True)
        self._small.setPointSize(8)
        self.verticalScrollBar().setRange(0, max(0, len(ids) - 10))
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top, width = self.verticalScrollBar().value(), self.viewport().width()
        n = self.viewport().height() // self._height + 1
        for k in range(min(n, len(self._ids) - top)):
            self._paint(
                painter, QRect(0, k * self._height, width, self._height), self._row(top + k)
            )
        painter.end()

    def _paint(self, painter: QPainter, place: QRect, row: Row) -> None:
        left, top, width = place.left(), place.top(), place.width()
        painter.save()
        painter.fillRect(place, QColor("white"))
        painter.fillRect(left, top, 4, place.height(), QColor("#188038"))
        painter.setFont(self._bold)
        painter.setPen(QColor("#202124"))
        painter.drawText(QRect(left + 12, top + 4, width - 160, 18), _ONE_LINE, f"Author {row[2]}")
        painter.setFont(self._small)
        painter.setPen(QColor("#5f6368"))
        painter.drawText(
            QRect(place.right() - 150, top + 4, 140, 18),
            Qt.AlignmentFlag.AlignRight,
            f"{row[1]} {row[4]}",
        )
        painter.setPen(QColor("#3c4043"))
        painter.drawText(QRect(left + 12, top + 24, width - 24, 44), _WRAPPED, row[3])
        painter.restore()

    def _row(self, number: int) -> Row:
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            found = self._conn.execute(_ROWS.format(", ".join(map(str, ids))))
            by_id = {row[0]: row for row in found.fetchall()}
            rows = self._pages[page] = [by_id[id] for id in ids]
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return rows[place]
