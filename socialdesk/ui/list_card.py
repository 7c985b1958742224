"""What the painted rows of people and of replies share. Every rectangle is mirrored for
right-to-left."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from socialdesk.ui.theme import Tokens


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, t: Tokens) -> None:
    """A line below; where the row is chosen another ground, and a bar where it begins."""
    rect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(t.accent_back))
        bar = QRect(rect.left(), rect.top(), 3, rect.height())
        painter.fillRect(QStyle.visualRect(option.direction, rect, bar), QColor(t.accent))
    painter.setPen(QColor(t.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def paint_words(
    painter: QPainter, option: QStyleOptionViewItem, where: QRect, words: str, color: str
) -> None:
    """On one line; cut with … where there is no room."""
    painter.setPen(QColor(color))
    rect = QStyle.visualRect(option.direction, option.rect, where)
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    align = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(
        option.direction, Qt.AlignmentFlag.AlignLeft
    )
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, short)
