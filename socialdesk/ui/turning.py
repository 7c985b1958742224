"""Parts side by side; one below the other where large text leaves too little room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSplitter, QWidget

from socialdesk.ui.compose.parts import row
from socialdesk.ui.settling import Settling
from socialdesk.ui.text_size import at_size

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


class TurningSplit(QSplitter):
    """A list, and beside it what is chosen there; or below, where there is less room than `wide`,
    px at 100 per cent. `sizes`: px of the two, side by side. `above`: the list's share of the
    height."""

    def __init__(
        self,
        chooser: QWidget,
        chosen: QWidget,
        sizes: tuple[int, int],
        wide: int,
        above: float = 0.3,
    ) -> None:
        super().__init__()
        self._sizes, self._wide, self._above = sizes, wide, above
        self._parts = (chooser, chosen)
        for part in self._parts:
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setSizes(sizes)

    def minimumSizeHint(self) -> QSize:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def _turn(self) -> None:
        is_wide = self.width() >= at_size(self._wide, self.font())
        way = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if way is not self.orientation():
            self.setOrientation(way)
            above = round(self.height() * self._above)
            self.setSizes(self._sizes if is_wide else (above, self.height() - above))
