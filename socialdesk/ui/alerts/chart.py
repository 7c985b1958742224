"""Mentions per 15 minutes as bars, with a line for what is usual."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialdesk.domain.crisis.alert import Bar
from socialdesk.i18n import decimal, tr, trn
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import clock

HEIGHT = 130  # px
FOOT = 20  # px, for the times
LEFT = 34  # px, for the highest number
LOUD = 2.5  # times usual: drawn in the colour of danger
N_TIMES = 5


class BarsChart(QWidget):
    """`show_bars`: oldest first. Everything it draws is also said as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(tr("Mentions per 15 minutes, against what is usual"))
        n = sum(bar.n for bar in self._bars)
        usual = sum(bar.expected for bar in self._bars)
        text = trn("{n} mention in {hours} hours; usual are {usual}",
                   "{n} mentions in {hours} hours; usual are {usual}", n,
                   hours=len(self._bars) // 4, usual=decimal(usual))  # fmt: skip
        if self._bars:
            top = max(self._bars, key=lambda bar: bar.n)
            text = tr("{text}; most at {time}: {n}", text=text, time=clock(top.at), n=top.n)
        self.setAccessibleDescription(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = max([1.0, *(float(bar.n) for bar in self._bars), *(b.expected for b in self._bars)])
        self._paint_ground(painter, top)
        self._paint_bars(painter, top)
        self._paint_usual(painter, top)
        self._paint_times(painter)
        painter.end()

    def _place(self, n: int) -> QRectF:
        """The column of bar `n`; the other way round in a mirrored layout."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = (self.width() - LEFT) / len(self._bars)
        at = len(self._bars) - 1 - n if is_mirrored else n
        left = 0 if is_mirrored else LEFT
        return QRectF(left + at * step, 2, step, self.height() - FOOT - 2)

    def _paint_ground(self, painter: QPainter, top: float) -> None:
        t, floor = tokens(self.palette()), self.height() - FOOT
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(0, floor, self.width(), floor)
        painter.setPen(QColor(t.dim))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - LEFT if is_mirrored else 0
        side = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(left + 2, 0, LEFT - 8, 16), side, f"{top:.0f}")
        painter.drawText(QRectF(left + 2, floor - 16, LEFT - 8, 16), side, "0")

    def _paint_bars(self, painter: QPainter, top: float) -> None:
        t = tokens(self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        for n, bar in enumerate(self._bars):
            if not bar.n:
                continue
            place = self._place(n)
            height = place.height() * bar.n / top
            is_loud = bar.n > LOUD * bar.expected
            painter.setBrush(QColor(t.danger if is_loud else t.accent))
            gap = min(2.0, place.width() / 5)
            painter.drawRect(QRectF(place.left() + gap / 2, place.bottom() - height,
                                    place.width() - gap, height))  # fmt: skip

    def _paint_usual(self, painter: QPainter, top: float) -> None:
        """A line through the middles; colour alone never says it: it is dashed."""
        line = QPolygonF()
        for n, bar in enumerate(self._bars):
            place = self._place(n)
            y = place.bottom() - place.height() * bar.expected / top
            line.append(QPointF(place.center().x(), y))
        painter.setPen(QPen(QColor(tokens(self.palette()).text), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)

    def _paint_times(self, painter: QPainter) -> None:
        painter.setPen(QColor(tokens(self.palette()).dim))
        every = max(1, len(self._bars) // N_TIMES)
        for n in range(0, len(self._bars), every):
            middle = self._place(n).center().x()
            place = QRectF(middle - 30, self.height() - FOOT + 3, 60, FOOT - 3)
            if place.left() >= 0 and place.right() <= self.width():
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, clock(self._bars[n].at))
