"""A network among many: its icon, its name, and below it what comes from there, never cut off."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from socialdesk.ui.icons import pixmap
from socialdesk.ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
ICON: Final = Qt.ItemDataRole.UserRole + 1  # the icon's name
SIZE: Final = 20  # px, as are all below
LEFT: Final = 42  # where the words begin
EDGE: Final = 10
PAD: Final = 6  # above and below the words
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading


class NetworkDelegate(QStyledItemDelegate):
    """Two parts of the text, parted by its first line break. Qt's own delegate measures a line
    that is nearly as wide as the list by one width and draws it by another."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens(QGuiApplication.palette())  # the style sheet changes the option's own
        name, facts, room = _name(index), _facts(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            has_keys = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(QColor(t.accent_back))
            painter.setPen(QPen(QColor(t.accent if has_keys else t.accent_back), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 7, 7)
        at = QRect(room.left() + 11, room.center().y() - SIZE // 2, SIZE, SIZE)
        picture = pixmap(index.data(ICON), t.text, SIZE)
        painter.drawPixmap(QStyle.visualRect(option.direction, room, at), picture)
        words = room.adjusted(LEFT, PAD, -EDGE, -PAD)
        words = QStyle.visualRect(option.direction, room, words)
        bold = _bold(option.font)
        painter.setFont(bold)
        painter.setPen(QColor(t.text))
        painter.drawText(words, int(_WRAPPED), name)
        painter.setFont(option.font)
        painter.setPen(QColor(t.dim))
        words.setTop(words.top() + QFontMetrics(bold).lineSpacing())
        painter.drawText(words, int(_WRAPPED), facts)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as its words wrapped."""
        wide = _room(option.widget)
        height = QFontMetrics(_bold(option.font)).lineSpacing() + 2 * PAD
        if facts := _facts(index):
            room = QRect(0, 0, wide - LEFT - EDGE, 10_000)
            height += QFontMetrics(option.font).boundingRect(room, int(_WRAPPED), facts).height()
        return QSize(wide, height)


def _room(view: object) -> int:
    if not isinstance(view, QListView):
        raise TypeError(view)
    return view.viewport().width() - 2 * view.spacing()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _name(index: Index) -> str:
    return str(index.data()).partition("\n")[0]


def _facts(index: Index) -> str:
    return str(index.data()).partition("\n")[2]
