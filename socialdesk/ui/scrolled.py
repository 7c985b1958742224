"""A part of the window that scrolls when large text leaves it too little room."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from socialdesk.ui.scroll_area import ScrollArea

NO_LIMIT = QSize(100_000, 100_000)  # px


class Scrolled(ScrollArea):
    """Gives the part it holds all the room there is, and never less than it needs: bars appear
    instead. A part is made as a child of `inside`, where it stays, and then given to `hold`.

    `at_most`: px beyond which it asks for no more room, whatever the part needs. Not `sideways`:
    the part becomes as narrow as the area, for what wraps or ends in ….
    """

    def __init__(
        self, parent: QWidget | None, at_most: QSize = NO_LIMIT, *, sideways: bool = True
    ) -> None:
        super().__init__(parent)
        self._at_most = at_most
        self.inside = _Inside(self.updateGeometry, sideways=sideways)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys go to what is inside
        self.setProperty("ground", "none")
        self.setWidget(self.inside)

    def hold(self, part: QWidget) -> None:
        self.inside.hold(part)

    def ask_at_most(self, room: QSize) -> None:
        """Another limit: there is more room around, or less."""
        if room != self._at_most:
            self._at_most = room
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.inside.minimumSizeHint().boundedTo(self._at_most)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows that nobody inside took scroll only where there is something to scroll."""
        if self.verticalScrollBar().maximum() or self.horizontalScrollBar().maximum():
            super().keyPressEvent(event)
        else:
            event.ignore()


class _Inside(QWidget):
    def __init__(self, on_change: Callable[[], object], *, sideways: bool) -> None:
        super().__init__()
        self._on_change, self._sideways = on_change, sideways
        self._part: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, part: QWidget) -> None:
        self._part = part
        self._column.addWidget(part)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return least if self._sideways else QSize(0, least.height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # an area keeps it for itself
            self._on_change()
        return done

    def heightForWidth(self, width: int) -> int:
        """The least, in px: Qt would take what wrapped texts and lists would like to have."""
        page = self._part.currentWidget() if isinstance(self._part, QStackedWidget) else self._part
        layout = page.layout() if page else None
        if layout is None or not layout.hasHeightForWidth():
            return -1
        return layout.totalMinimumHeightForWidth(width)
