"""Parts side by side; one below the other where large text leaves too little room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from socialdesk.ui.compose.parts import row
from socialdesk.ui.settling import Settling

WAYS = QBoxLayout.Direction


class Turning(Settling):
    """Asks for no more width than its widest part. None is a stretch. `margin`: px around it."""

    def __init__(self, *parts: QWidget | None, margin: int = 0) -> None:
        super().__init__()
        self._parts = [part for part in parts if part is not None]
        self._box = row(*parts, margin=margin)
        for part in self._parts:
            self._box.setAlignment(part, Qt.AlignmentFlag.AlignLeading)
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(self._edges() + widest, super().minimumSizeHint().height())

    def _settle(self) -> None:
        wanted = sum(part.sizeHint().width() for part in self._parts) + self._edges()
        wanted += self._box.spacing() * (self._box.count() - 1)
        way = WAYS.LeftToRight if wanted <= self.width() else WAYS.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)

    def _edges(self) -> int:
        edges = self._box.contentsMargins()
        return edges.left() + edges.right()


def together(*parts: QWidget) -> QWidget:
    """Parts that stay side by side, as one part."""
    made = QWidget()
    made.setLayout(row(*parts))
    return made
