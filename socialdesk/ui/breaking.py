"""Wrapped plain text that breaks within a word wider than its place; Qt's label cuts such a word.

For what strangers choose without spaces in it: handles, names, servers.
"""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QStaticText, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy


class BreakingLabel(QLabel):
    """As wide as its place, and as high as its lines. `tone`: see `theme.style_sheet`."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if tone:
            self.setProperty("tone", tone)

    def heightForWidth(self, width: int) -> int:
        sides = self.contentsMargins()
        room = width - sides.left() - sides.right()
        return ceil(self._laid(room).size().height()) + sides.top() + sides.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        laid = self._laid(room.width())
        painter = QPainter(self)
        top = room.y() + max(0.0, (room.height() - laid.size().height()) / 2)
        painter.drawStaticText(room.x(), round(top), laid)

    def _laid(self, width: int) -> QStaticText:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        made = QStaticText(self.text())
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextOption(option)
        made.setTextWidth(max(1, width))
        made.prepare(font=self.font())
        return made
