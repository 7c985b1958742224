"""Buttons side by side, on as many lines as there is need of: large text and long languages make
no screen wider for them."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

SPACE: Final = 8  # px between two, and between lines


class Flow(QLayout):
    """As `row` of ui/compose/parts.py where all fit on one line. `far`: how many of the last stand
    at the far end of that line."""

    def __init__(self, *widgets: QWidget, far: int = 0) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._n_far = far
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE)
        for widget in widgets:
            self.addWidget(widget)

    # --- what Qt asks of a layout ---

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), is_real=False)

    def sizeHint(self) -> QSize:
        """All on one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(0, len(sizes) - 1)
        return QSize(
            sum(size.width() for size in sizes) + gaps,
            max((size.height() for size in sizes), default=0),
        )

    def minimumSize(self) -> QSize:
        """The widest of them; Qt asks for the height at a width apart."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, is_real=True)

    # --- laying out ---

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay_out(self, rect: QRect, *, is_real: bool) -> int:
        """The height it takes in the width of `rect`; `is_real`: places them there, too."""
        lines = self._lines(rect.width())
        top = rect.top()
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            if is_real:
                self._place(line, QRect(rect.left(), top, rect.width(), height), len(lines) == 1)
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.top())

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            width = item.sizeHint().width()
            if not lines or used + self.spacing() + width > room:
                lines.append([])
                used = width
            else:
                used += self.spacing() + width
            lines[-1].append(item)
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect, is_alone: bool) -> None:
        near = rect.left()
        far = rect.left() + rect.width() - sum(item.sizeHint().width() for item in line)
        far -= self.spacing() * (len(line) - 1)
        first_far = self._items[-self._n_far :] if self._n_far and is_alone else []
        gap = far - near
        for item in line:
            if item in first_far:
                near, gap = near + gap, 0
            size = item.sizeHint().boundedTo(QSize(rect.width(), rect.height()))
            down = (rect.height() - size.height()) // 2
            place = QRect(QPoint(near, rect.top() + down), size)
            item.setGeometry(QStyle.visualRect(self._direction(), rect, place))
            near += size.width() + self.spacing()

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
