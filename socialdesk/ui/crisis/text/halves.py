"""The text, and what is chosen for it: side by side, or one below the other in large text."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from socialdesk.ui.text_size import at_size

SIDE: Final = 280  # px of what is chosen
TEXT: Final = 200  # px of the text beside it, at least
UNBOUND: Final = 16_777_215  # px; Qt's own word for "no maximum"


class Halves(QWidget):
    """`text` takes what room there is; `chosen` is as wide as its words need."""

    def __init__(self, text: QLayout, chosen: QWidget) -> None:
        super().__init__()
        self._chosen = chosen
        self.both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.both.setSpacing(20)
        self.both.setContentsMargins(12, 12, 12, 12)
        self.both.addLayout(text, 1)
        self.both.addWidget(chosen)
        self._chosen.setFixedWidth(SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = at_size(SIDE, self.font())
        if event.size().width() >= side + at_size(TEXT, self.font()):
            self.both.setDirection(QBoxLayout.Direction.LeftToRight)
            self._chosen.setFixedWidth(side)
        else:
            self.both.setDirection(QBoxLayout.Direction.TopToBottom)
            self._chosen.setMinimumWidth(0)
            self._chosen.setMaximumWidth(UNBOUND)
