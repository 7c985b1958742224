"""One reply of the outbox, painted: state in words and colour, to whom, the first words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.list_card import paint_ground, paint_words
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
    """Reads the row object itself."""

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
        t = tokens(option.palette)
        painter.save()
        paint_ground(painter, option, t)
        inner = option.rect.adjusted(PAD, 8, -PAD, -8)
        self._words(painter, option, inner, r, told(r, now_ms()), t)
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
        paint_words(painter, option, state, said.state, getattr(t, said.tone))
        painter.setFont(option.font)
        paint_words(painter, option, to, whom(r), t.text)
        paint_words(painter, option, clock, when, t.dim)
        second = top.translated(0, line)
        paint_words(painter, option, second, one_line(r.text[:FIRST_CHARS]), t.text)
        paint_words(painter, option, second.translated(0, line), one_line(said.text), t.dim)
