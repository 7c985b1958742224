"""A page that is longer than the window: scrolled by keys, and one sees when it has them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from socialdesk.ui.scroll_area import ScrollArea

_RING = """
QScrollArea[page="yes"] { border: 2px solid transparent }
QScrollArea[page="yes"]:focus { border: 2px solid palette(highlight) }
"""


class Page(ScrollArea):
    """Beside arrows and Page Up/Down, which Qt does, Home and End."""

    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self.setWidget(content)
        self.setAccessibleName(name)
        self.setProperty("page", "yes")
        self.setStyleSheet(_RING)

    @property
    def is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.to_end()
        elif event.key() == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        else:
            super().keyPressEvent(event)
