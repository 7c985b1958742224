"""Small strokes that every picture is made of: text that ends in …, bars, hatching."""

from dataclasses import field
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from socialdesk.domain.frozen import frozen
from socialdesk.ui.theme import Tokens

LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TOP_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
# Of the parts of one whole, in their order; what says nothing is hatched the other way.
PATTERNS: Final = (
    Qt.BrushStyle.NoBrush, Qt.BrushStyle.FDiagPattern, Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.CrossPattern, Qt.BrushStyle.VerPattern,
)  # fmt: skip


@frozen
class Brush:
    """A painter with the colours in force. `unit`: px of ordinary text, which all else is measured
    by, so that a picture grows with its screen."""

    painter: QPainter
    t: Tokens
    font: QFont
    unit: float
    _fonts: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = field(default_factory=dict)

    def _sized(self, size: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
        """A font and its measures, made once in a painting: each costs more than the text."""
        key = round(size, 2), bold
        found = self._fonts.get(key)
        if found is None:
            font = sized(self.font, self.unit * size, bold=bold)
            found = self._fonts[key] = font, QFontMetricsF(font)
        return found

    def color(self, tone: str) -> QColor:
        """By what it means: plain, accent, danger, warn, ok, dim."""
        return QColor(self.t.dim if tone in {"plain", "dim"} else getattr(self.t, tone))

    def text(
        self,
        rect: QRectF,
        words: str,
        *,
        size: float = 1.0,
        tone: str = "",
        bold: bool = False,
        align: Qt.AlignmentFlag = LEADING,
        wraps: bool = False,
    ) -> None:
        """Words within `rect`; cut with … where there is no room. `size`: units; `tone` "" = the
        colour of text."""
        font, measures = self._sized(size, bold)
        self.painter.setFont(font)
        self.painter.setPen(self.color(tone) if tone else QColor(self.t.text))
        flags = int(align)
        if wraps:
            flags |= int(Qt.TextFlag.TextWordWrap)
        else:
            flags |= int(Qt.TextFlag.TextSingleLine)
            elide = Qt.TextElideMode.ElideRight
            words = measures.elidedText(words, elide, rect.width())
        self.painter.drawText(rect, flags, words)

    def width(self, words: str, size: float = 1.0, *, bold: bool = False) -> float:
        """Of words on one line, px."""
        return self._sized(size, bold)[1].horizontalAdvance(words)

    def bar(self, rect: QRectF, tone: str, alpha: float = 1.0) -> None:
        """`tone` none: hatched, for what says nothing."""
        if tone == "none":
            self.ground(rect)
            self.hatch(rect)
            return
        color = self.color(tone)
        color.setAlphaF(alpha)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color)
        radius = min(self.unit * 0.25, rect.width() / 2, rect.height() / 2)
        self.painter.drawRoundedRect(rect, radius, radius)

    def pattern(self, rect: QRectF, number: int) -> None:
        """Lines over a bar, so that parts of one whole differ without their colours."""
        style = PATTERNS[number % len(PATTERNS)]
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(QColor(self.t.base), style))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # as in `hatch`
        self.painter.drawRect(rect)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def clear(self, rect: QRectF, words: str, size: float) -> None:
        """Plain ground in the middle of `rect`, for words on hatching."""
        wide = min(rect.width(), self.width(words, size) + self.unit * 0.5)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.t.base))
        self.painter.drawRect(QRectF(rect.center().x() - wide / 2, rect.y(), wide, rect.height()))

    def ground(self, rect: QRectF) -> None:
        """An empty cell."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.t.chip))
        self.painter.drawRoundedRect(rect, 3, 3)

    def number_on(self, rect: QRectF, words: str, *, is_strong: bool) -> None:
        """A number on a cell of the accent's colour. `is_strong`: hardly any ground shines
        through."""
        self.painter.setFont(self._sized(0.75, False)[0])
        self.painter.setPen(QColor(self.t.on_accent if is_strong else self.t.text))
        self.painter.drawText(rect, int(CENTER), words)

    def hatch(self, rect: QRectF) -> None:
        """A gap: nobody watched."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(QColor(self.t.dim), Qt.BrushStyle.BDiagPattern))
        # A pattern that is smoothed takes 1.8 ms a column, a plain one 0.1 (measured).
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.painter.drawRect(rect)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def ring(self, rect: QRectF) -> None:
        """Where the keys are."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(QColor(self.t.accent), max(2.0, self.unit / 8)))
        self.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)

    def line(self, color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        """The pen of lines drawn next."""
        pen = QPen(QColor(color), width)
        pen.setStyle(style)
        self.painter.setPen(pen)


def sized(font: QFont, px: float, *, bold: bool = False) -> QFont:
    """The same font in another size, px."""
    made = QFont(font)
    made.setPixelSize(max(8, round(px)))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
