"""Rows of a small list whose words wrap: as high as the words are when they are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

HIGHEST = 10_000  # px; no row comes near


class WrappedRows(QStyledItemDelegate):
    """Qt (6.11) wraps them in the width of the row when it asks how high they are, and in that less
    the theme's padding when it paints them: the last line then ends in …"""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        view = self._view
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.rect = QRect(0, 0, view.viewport().width() - 2 * view.spacing(), hint.height())
        style = view.style()
        part = QStyle.SubElement.SE_ItemViewItemText
        room = style.subElementRect(part, shown, view)
        edge = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, shown, view) + 1
        space = QRect(0, 0, room.width() - 2 * edge, HIGHEST)
        words = shown.fontMetrics.boundingRect(space, Qt.TextFlag.TextWordWrap, index.data())
        return QSize(
            hint.width(), max(hint.height(), words.height() + hint.height() - room.height())
        )


def wrap_rows(view: QListView) -> None:
    """Let the words of its rows wrap. It has no bar to scroll sideways."""
    view.setWordWrap(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setItemDelegate(WrappedRows(view))
