"""A section as a picture: painted natively, every spot within reach of the keys and told in words.

One Tab stop; arrows go from spot to spot, Enter or a click opens the mentions of one.
"""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from socialdesk.domain.figures import Section, Shape, Spot
from socialdesk.i18n import tr
from socialdesk.ui.board.brush import Brush
from socialdesk.ui.board.shapes import LAYS, PAINTS, Drawing, height, is_open, steps
from socialdesk.ui.plain import clean, tip
from socialdesk.ui.theme import tokens

HEAD, FOOT, PAD = 2.0, 1.7, 0.9  # units: title, summary, edge
NOTHING = Section("", "", Shape.NUMBERS, ())


class Picture(QWidget):
    """`chosen(Spot)`: its mentions are asked for. `unit`: px of ordinary text; 0 = the font's own.
    `is_fixed`: as high as its content wants, for a page that scrolls."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, *, unit: float = 0.0, is_fixed: bool = True) -> None:
        super().__init__(parent)
        self.section = NOTHING
        self._unit, self._is_fixed, self._at = unit, is_fixed, 0
        self._drawing = Drawing(NOTHING, QRectF(), (), self._mirrored)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed if is_fixed else policy.Expanding)

    @property
    def unit(self) -> float:
        return self._unit or float(self.fontMetrics().height()) * 0.78

    @property
    def _head(self) -> float:
        """Units of the title's line."""
        return HEAD if self.section.title else 0.0

    @property
    def spot(self) -> Spot | None:
        """Where the keys are."""
        spots = self.section.spots
        return spots[self._at] if 0 <= self._at < len(spots) else None

    def show_section(self, section: Section) -> None:
        """Another picture, or newer numbers; the keys stay where they were."""
        if section == self.section:
            return
        self.section = section
        self._at = max(0, min(self._at, len(section.spots) - 1))
        self._lay()
        self._tell()
        self.update()

    def set_unit(self, unit: float) -> None:
        if unit != self._unit:
            self._unit = unit
            self._lay()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, round(self._wanted(max(320, self.width()))))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height() if self._is_fixed else round(6 * self.unit))

    def _wanted(self, width: int) -> float:
        content = 0.0 if self.section.empty else height(
            self.section, width - 2 * PAD * self.unit, self.unit)  # fmt: skip
        foot = FOOT if self._foot() else 0.4
        return (self._head + foot + 2 * PAD) * self.unit + max(content, 2 * self.unit)

    # --- where things lie ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        unit, pad = self.unit, PAD * self.unit
        foot = FOOT * unit if self._foot() else 0.0
        whole = QRectF(self.rect())
        if self._is_fixed and self.width() > 1:
            # It may be told of its new height never: Qt 6.11 forgets a resize within a resize.
            whole.setHeight(round(self._wanted(self.width())))
            self.setFixedHeight(round(whole.height()))
        area = whole.adjusted(pad, pad + self._head * unit, -pad, -pad - foot)
        rects: tuple[QRectF, ...] = ()
        if not self.section.empty and self.section.spots:
            rects = tuple(LAYS[self.section.shape](self.section, area, unit))
        self._drawing = Drawing(self.section, area, rects, self._mirrored)

    def _mirrored(self, rect: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return rect
        turned = QStyle.visualRect(self.layoutDirection(), self.rect(), rect.toRect())
        return QRectF(turned)

    def _foot(self) -> str:
        return "" if self.section.shape is Shape.NUMBERS else self.section.summary

    def rect_of(self, number: int) -> QRect:
        """Where a spot is."""
        return self._mirrored(self._drawing.rects[number]).toRect()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        brush = Brush(painter, tokens(self.palette()), self.font(), self.unit)
        self._ground(painter, brush)
        if self._drawing.rects:
            PAINTS[self.section.shape](brush, self._drawing)
        else:
            brush.text(self._drawing.area, self.section.empty, tone="dim", wraps=True)
        if self.hasFocus():
            here = self._drawing.rects[self._at] if self._drawing.rects else QRectF(self.rect())
            brush.ring(self._mirrored(here) if here.isValid() else QRectF(self.rect()))
        painter.end()

    def _ground(self, painter: QPainter, brush: Brush) -> None:
        whole, unit = QRectF(self.rect()), self.unit
        painter.setPen(QColor(brush.t.line))
        painter.setBrush(QColor(brush.t.base))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inner = whole.adjusted(PAD * unit, PAD * unit, -PAD * unit, -PAD * unit)
        title = QRectF(inner.x(), inner.y(), inner.width(), 1.5 * unit)
        brush.text(title, self.section.title, size=1.1, bold=True)
        if foot := self._foot():
            below = QRectF(inner.x(), inner.bottom() - 1.4 * unit, inner.width(), 1.5 * unit)
            brush.text(below, foot, size=0.85, tone="dim")

    # --- keys, mouse, words ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = steps(self.section)
        is_left_first = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        match event.key():
            case Qt.Key.Key_Right:
                self._go(self._at + (across if is_left_first else -across))
            case Qt.Key.Key_Left:
                self._go(self._at - (across if is_left_first else -across))
            case Qt.Key.Key_Down:
                self._go(self._at + down)
            case Qt.Key.Key_Up:
                self._go(self._at - down)
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(len(self.section.spots) - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._open()
            case _:
                event.ignore()

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.section.spots):
            self._at = number
            self._tell()
            self.update()

    def _open(self) -> None:
        if (spot := self.spot) is not None and is_open(spot):
            self.chosen.emit(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event)
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(number)
            self._open()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event)
        can_open = number is not None and is_open(self.section.spots[number])
        shape = Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._number_at(event)
            words = self.section.summary if number is None else self.section.spots[number].sentence
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().event(event)

    def _number_at(self, event: QMouseEvent | QHelpEvent) -> int | None:
        point = event.position() if isinstance(event, QMouseEvent) else event.pos().toPointF()
        for number, rect in enumerate(self._drawing.rects):
            if self._mirrored(rect).contains(point):
                return number
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._lay()

    def _tell(self) -> None:
        """The picture and the spot the keys are on, for those who hear it."""
        spot = self.spot
        self.setAccessibleName(self.section.title or tr("Now"))
        said = self.section.empty or (clean(spot.sentence) if spot is not None else "")
        whole = tr("{spot}. {summary}", spot=said, summary=self.section.summary)
        self.setAccessibleDescription(whole)
        if self.hasFocus():
            changed = QAccessible.Event.DescriptionChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self, changed))
