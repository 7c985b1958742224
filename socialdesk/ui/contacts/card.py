"""One person of the list, painted: name and labels, where they are, their last words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from socialdesk.domain.people.contact import ContactRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.contacts.model import ROW
from socialdesk.ui.contacts.words import where
from socialdesk.ui.list_card import paint_ground, paint_words
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import age

HEIGHT = 70  # px
PAD = 12


class ContactCard(QStyledItemDelegate):
    """Reads the row object itself."""

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
        row = index.data(ROW)
        if not isinstance(row, ContactRow):
            return
        t = tokens(option.palette)
        painter.save()
        paint_ground(painter, option, t)
        inner = option.rect.adjusted(PAD, 7, -PAD, -7)
        line = option.fontMetrics.height() + 2
        at = age(row.last_at, now_ms()) if row.last_at else ""
        w_at = option.fontMetrics.horizontalAdvance(at) + 6 if at else 0
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        name = isolated(row.name)
        w_name = min(QFontMetrics(bold).horizontalAdvance(name) + 10, inner.width() - w_at)
        painter.setFont(bold)
        place = QRect(inner.left(), inner.top(), w_name, line)
        paint_words(painter, option, place, name, t.text)
        painter.setFont(option.font)
        labels = QRect(place.right() + 1, inner.top(), inner.width() - w_name - w_at, line)
        marks = [tr("VIP")] if row.is_vip else []
        paint_words(painter, option, labels, " · ".join([*marks, *row.labels]), t.accent)
        paint_words(
            painter, option, QRect(inner.right() - w_at, inner.top(), w_at, line), at, t.dim
        )
        second = QRect(inner.left(), inner.top() + line, inner.width(), line)
        paint_words(painter, option, second, where(row), t.dim)
        paint_words(painter, option, second.translated(0, line), one_line(row.last_words), t.text)
        painter.restore()
