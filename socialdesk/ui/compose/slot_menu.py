"""The choices of a slot, listed at its place in the text: arrows, first letters, Enter, Esc.

A child of the window, not a popup of its own: popups grab the keyboard from the whole desktop.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.replies.template import Slot
from socialdesk.i18n import tr
from socialdesk.ui.plain import one_line

MOST_ROWS = 8
PAD = 12  # px around the lines
_CHOICE = Qt.ItemDataRole.UserRole


class ChoiceList(QListWidget):
    """`chosen(choice)`; Esc and going elsewhere leave the slot as it is. Ends with its choice."""

    def __init__(self, field: QWidget, slot: Slot, chosen: Callable[[str], None]) -> None:
        super().__init__(field.window())
        self._field, self._chosen = field, chosen
        self.setAccessibleName(tr("What goes in here: {slot}", slot=slot.name))
        self.setProperty("framed", "yes")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for choice in slot.choices:
            line = QListWidgetItem(one_line(choice))
            line.setData(_CHOICE, choice)
            self.addItem(line)
        self.setCurrentRow(0)
        self.itemClicked.connect(lambda _: self._take())

    def open_at(self, place: QRect) -> None:
        """Below `place` (in the field's own pixels), above it where there is more room."""
        window = self.window()
        top = self._field.mapTo(window, place.topLeft())
        height = self.sizeHintForRow(0) * min(self.count(), MOST_ROWS) + PAD
        width = min(max(140, self.sizeHintForColumn(0) + 3 * PAD), window.width())
        below = top.y() + place.height() + 2
        y = below if below + height <= window.height() else max(0, top.y() - height - 2)
        at = QPoint(max(0, min(top.x(), window.width() - width)), y)
        self.setGeometry(QRect(at.x(), at.y(), width, height))
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()
        self.deleteLater()

    def _take(self) -> None:
        line = self.currentItem()
        self._end()
        if line is not None:
            self._chosen(str(line.data(_CHOICE)))

    def _end(self) -> None:
        self._field.setFocus()  # and with the focus goes the list
