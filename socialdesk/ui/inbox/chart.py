"""Mentions per hour as bars; an hour that nobody watched is a gap, not a zero."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialdesk.i18n import tr, trn
from socialdesk.ui.theme import tokens

HEIGHT = 48  # px
NOT_WATCHED = -1
BUSY = 3.0  # times the average: drawn in the colour of danger


class HourChart(QWidget):
    """`show_counts`: oldest hour first, -1 = not watched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.translate()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def show_counts(self, counts: Sequence[int]) -> None:
        if tuple(counts) != tuple(self._counts):
            self._counts = tuple(counts)
            self.translate()
            self.update()

    def translate(self) -> None:
        """What the bars say, for those who do not see them."""
        n = sum(c for c in self._counts if c > 0)
        gaps = sum(c == NOT_WATCHED for c in self._counts)
        text = trn("{n} mention in {hours} hours", "{n} mentions in {hours} hours", n,
                   hours=len(self._counts))  # fmt: skip
        if gaps:
            gap = trn("{n} hour was not watched", "{n} hours were not watched", gaps)
            text = tr("{text}; {gap}", text=text, gap=gap)
        self.setAccessibleName(tr("Mentions per hour"))
        self.setAccessibleDescription(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        counts, t = self._counts, tokens(self.palette())
        if not counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        seen = [c for c in counts if c >= 0]
        top = max([*seen, 1])
        normal = sum(seen) / len(seen) if seen else 0.0
        step = self.width() / len(counts)
        for n, value in enumerate(counts):
            place = n if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -n - 1
            x = place * step if place >= 0 else self.width() + place * step
            if value == NOT_WATCHED:
                painter.setBrush(QBrush(QColor(t.dim), Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(x + 2, self.height() - 14, step - 4, 14))
                continue
            height = max(2.0, (self.height() - 2) * value / top)
            is_busy = value > BUSY * normal and value > 3
            painter.setBrush(QColor(t.danger if is_busy else t.accent))
            painter.drawRoundedRect(QRectF(x + 2, self.height() - height, step - 4, height), 2, 2)
        painter.end()
