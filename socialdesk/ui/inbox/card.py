"""A mention as a card: painted by hand from the row object, as it was laid out once.

Measured: asking `data()` role by role takes 94 ms for a frame of a million rows (p95), one column
with such a delegate takes 3.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from socialdesk.ui.icons import pixmap
from socialdesk.ui.inbox.laid_card import MARGIN, TOP, CardLayout, LaidCard, Look
from socialdesk.ui.inbox.model import QueueModel
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import tokens

HEIGHT = 92  # px of a row: card and the gap around it
_SMOOTH, _NO_PEN = QPainter.RenderHint.Antialiasing, Qt.PenStyle.NoPen


class CardDelegate(QStyledItemDelegate):
    """Of `view`, which shows `model`. `now()`: ms UTC, for ages and timers. `is_apart(number)`:
    whether a card is marked beside the selection."""

    def __init__(
        self,
        model: QueueModel,
        now: Callable[[], int],
        view: QTableView,
        is_apart: Callable[[int], bool],
    ) -> None:
        super().__init__(view)
        self._is_apart = is_apart
        self._model, self._now, self._view = model, now, view
        self._layout: CardLayout | None = None

    def forget(self) -> None:
        """Lay out anew: the language changed."""
        self._layout = None

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, at_size(HEIGHT, option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        place, number = option.rect, index.row()
        # The application's palette: the style sheet changes the option's own.
        colors = tokens(QGuiApplication.palette())
        look = Look(place.width(), option.font, option.direction, colors)
        layout = self._layout
        if layout is None or layout.look != look:
            layout = self._layout = CardLayout(look)
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected) or self._is_apart(number)
        is_current = self._view.currentIndex().row() == number
        painter.save()
        painter.setRenderHint(_SMOOTH)
        painter.translate(place.topLeft())
        if is_marked or is_current:
            self._paint_ground(painter, place.height(), layout, is_marked, is_current)
        _paint(painter, layout.card(self._model.row(number), self._now()))
        painter.restore()

    def left_out(self, number: int, at: QPoint) -> tuple[str, ...]:
        """The words of the chips that found no room, where `at`, px from the corner of the row,
        is on their number; a reader of the screen says them all anyway."""
        if self._layout is None:
            return ()
        card = self._layout.card(self._model.row(number), self._now())
        return card.rest if card.count.contains(at) else ()

    def _paint_ground(
        self, painter: QPainter, high: int, layout: CardLayout, is_marked: bool, is_current: bool
    ) -> None:
        t = layout.look.colors
        card = QRect(MARGIN, TOP, layout.look.width - 2 * MARGIN, high - 2 * TOP)
        has_ring = is_current and self._view.hasFocus()  # only where the keys are
        painter.setBrush(QColor(t.accent_back))
        painter.setPen(QPen(QColor(t.accent if has_ring else t.accent_back), 2 if has_ring else 1))
        painter.drawRoundedRect(card, 8, 8)
        if is_marked:  # colour never speaks alone
            size = at_size(14, layout.look.font)
            spot = QRect(card.left() + 5, card.bottom() - size - 5, size, size)
            painter.drawPixmap(layout.mirrored(spot), pixmap("check", t.accent, size))


def _paint(painter: QPainter, card: LaidCard) -> None:
    painter.setPen(_NO_PEN)
    for color, place in card.discs:
        painter.setBrush(color)
        painter.drawEllipse(place)
    for color, place in card.grounds:
        painter.setBrush(color)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    for place, icon in card.icons:
        painter.drawPixmap(place, icon)
    for font, words in card.words:
        painter.setFont(font)
        for ink, start, text in words:
            painter.setPen(ink)
            painter.drawStaticText(start, text)
