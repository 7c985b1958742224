"""One reply of the outbox, painted: state in words and colour, to whom, the first words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from socialdesk.domain.rows import OutboxRow
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox.model import ROW
from socialdesk.ui.outbox.words import Told, told, whom
from socialdesk.ui.plain import one_line
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import Tokens, tokens
from socialdesk.ui.words import moment

HEIGHT = 72  # px
PAD = 12
FIRST_CHARS = 200


class OutboxCard(QStyledItemDelegate):
    """Reads the row object itself; every rectangle is mirrored for right-to-left."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(280, at_size(HEIGHT, option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        r = index.data(ROW)
        if not isinstance(r, OutboxRow):
            return
        t, rect = tokens(option.palette), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(t.accent_back))
            bar = self._place(option, QRect(rect.left(), rect.top(), 3, rect.height()))
            painter.fillRect(bar, QColor(t.accent))
        inner = rect.adjusted(PAD, 8, -PAD, -8)
        self._words(painter, option, inner, r, told(r, now_ms()), t)
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _words(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, r: OutboxRow,
        said: Told, t: Tokens,
    ) -> None:  # fmt: skip
        line = option.fontMetrics.height() + 2
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        when = moment(r.made_at, now_ms()) if r.made_at else ""
        w_when = option.fontMetrics.horizontalAdvance(when) + 4
        w_state = QFontMetrics(bold).horizontalAdvance(said.state) + 10
        top = QRect(inner.left(), inner.top(), inner.width(), line)
        state = QRect(top.left(), top.top(), min(w_state, top.width()), line)
        to = QRect(state.right(), top.top(), top.width() - w_state - w_when, line)
        clock = QRect(top.right() - w_when, top.top(), w_when, line)
        painter.setFont(bold)
        self._text(painter, option, state, said.state, getattr(t, said.tone))
        painter.setFont(option.font)
        self._text(painter, option, to, whom(r), t.text)
        self._text(painter, option, clock, when, t.dim)
        second = top.translated(0, line)
        self._text(painter, option, second, one_line(r.text[:FIRST_CHARS]), t.text)
        self._text(painter, option, second.translated(0, line), one_line(said.text), t.dim)

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, where: QRect, text: str, color: str
    ) -> None:
        painter.setPen(QColor(color))
        rect = self._place(option, where)
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        align = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(
            option.direction, Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, short)

    @staticmethod
    def _place(option: QStyleOptionViewItem, where: QRect) -> QRect:
        return QStyle.visualRect(option.direction, option.rect, where)
