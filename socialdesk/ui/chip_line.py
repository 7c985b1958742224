"""Chips in one line: what does not fit is counted at its end, and told in the hint."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from socialdesk.ui.plain import chip

GAP = 6  # px
MOST = 380  # px of one chip


class ChipLine(QWidget):
    """Widgets side by side, from the line's beginning."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._shown: Sequence[QWidget] = ()
        self._rest = chip("", "plain", self)
        self._rest.hide()

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """`widgets`: children of this line; those before are deleted."""
        for old in self._shown:
            old.hide()
            old.deleteLater()
        self._shown = tuple(widgets)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        heights = [w.sizeHint().height() for w in self._shown]
        return QSize(0, max(heights, default=0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widths = [min(MOST, w.sizeHint().width()) for w in self._shown]
        n = self._n_fitting(widths)
        left = 0
        for widget, width in zip(self._shown[:n], widths, strict=False):
            self._put(widget, left, width)
            left += width + GAP
        for widget in self._shown[n:]:
            widget.hide()
        self._rest.setVisible(n < len(self._shown))
        if n < len(self._shown):
            self._rest.setText(f"+{len(self._shown) - n}")
            self._put(self._rest, left, self._rest.sizeHint().width())

    def _n_fitting(self, widths: Sequence[int]) -> int:
        """How many fit, with room for the number of the others unless all do."""
        room = self.width()
        if sum(widths) + GAP * (len(widths) - 1) <= room:
            return len(widths)
        self._rest.setText(f"+{len(widths)}")
        room -= self._rest.sizeHint().width()
        n = used = 0
        for width in widths:
            used += width + GAP
            if used > room:
                break
            n += 1
        return n

    def _put(self, widget: QWidget, left: int, width: int) -> None:
        height = widget.sizeHint().height()
        place = QRect(left, (self.height() - height) // 2, width, height)
        widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        widget.show()
