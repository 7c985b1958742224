"""The hits of a search: one line each for what, where and why, what was typed marked in them."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from socialdesk.i18n import tr
from socialdesk.ui.settings.found import Entry, spans
from socialdesk.ui.theme import tokens

PAD, GAP = 8, 2  # px
ENTRY = Qt.ItemDataRole.UserRole
_KEYS_OF_FIELD = (Qt.Key.Key_Backspace,)


class Hits(QListWidget):
    """`entry_chosen(entry)`: Enter or a click. `left(text)`: the keys go back to the field, with
    what was typed here."""

    entry_chosen = Signal(object)
    left = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.typed = ""
        self.setAccessibleName(tr("Settings that were found"))
        self.setItemDelegate(_Lines(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._choose)

    def show_entries(self, typed: str, entries: Sequence[Entry]) -> None:
        """The first one is chosen: Enter in the field goes to it."""
        self.typed = typed
        self.clear()
        for entry in entries:
            item = QListWidgetItem(f"{entry.name}. {entry.section}. {entry.what}")
            item.setData(ENTRY, entry)
            self.addItem(item)
        self.setCurrentRow(0)

    def choose_current(self) -> None:
        """As Enter in it."""
        if (item := self.currentItem()) is not None:
            self._choose(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
        )  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        elif event.key() == Qt.Key.Key_Up and self.currentRow() == 0:
            self.left.emit("")
        elif is_plain and event.text().isprintable() and event.text().strip():
            self.left.emit(event.text())
        elif event.key() in _KEYS_OF_FIELD:
            self.left.emit("")
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()

    def _choose(self, item: QListWidgetItem) -> None:
        self.entry_chosen.emit(item.data(ENTRY))


class _Lines(QStyledItemDelegate):
    """Name and section on the first line, the sentence on the second."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, 2 * option.fontMetrics.height() + GAP + 2 * PAD)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: Entry = index.data(ENTRY)
        view = option.widget
        assert isinstance(view, Hits)  # its own delegate
        colors, rect = tokens(view.palette()), QRect(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, QColor(colors.accent_back))
        if is_chosen and view.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inside = rect.adjusted(PAD + 2, PAD, -PAD, -PAD)
        height = option.fontMetrics.height()
        section = QRect(inside.left(), inside.top(), inside.width(), height)
        painter.setPen(QColor(colors.dim))
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(section, QStyle.visualAlignment(view.layoutDirection(), end),
                         entry.section)  # fmt: skip
        used = option.fontMetrics.horizontalAdvance(entry.section) + 2 * PAD
        name, what = QRect(section), section.translated(0, height + GAP)
        name.setWidth(max(0, section.width() - used))
        if view.isRightToLeft():
            name.moveRight(section.right())
        painter.setPen(QColor(colors.text))
        self._line(painter, view, name, entry.name)
        painter.setPen(QColor(colors.dim))
        self._line(painter, view, what, entry.what)

    def _line(self, painter: QPainter, view: Hits, rect: QRect, text: str) -> None:
        """One line, cut with …, what was typed heavy and underlined."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, painter.font())
        option = layout.textOption()
        option.setTextDirection(view.layoutDirection())
        layout.setTextOption(option)
        layout.setFormats([_marked(begin, length) for begin, length in spans(view.typed, shown)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(rect)
        layout.draw(painter, QPointF(rect.topLeft()))
        painter.restore()


def _marked(begin: int, length: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = begin, length
    marks = QTextCharFormat()
    marks.setFontWeight(QFont.Weight.Bold)
    marks.setFontUnderline(True)
    made.format = marks
    return made
