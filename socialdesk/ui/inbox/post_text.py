"""A post's words: plain text that wraps anywhere, as high as it needs, never more at once than Qt
can lay out in a blink."""

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from socialdesk.i18n import tr
from socialdesk.ui.plain import FIRST_CHARS, clean
from socialdesk.ui.text_size import follow_text
from socialdesk.ui.words import count

MIN_WIDTH = 120  # px


class PlainText(QTextEdit):
    """Read-only words to select and copy. A QLabel would not break a long word, and would guess
    HTML; `setPlainText` never does, and nothing is loaded from anywhere."""

    def __init__(self, text: str, parent: QWidget, *, points: float = 0.0) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("words", "yes")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._heights: dict[int, int] = {}
        if points:
            follow_text(self, lambda px: self._set_points(points * px(1_000) / 1_000))
        # Not Fixed: a layout would keep the height of a width that was as the least for good.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setPlainText(text)
        self.setAccessibleName(tr("Words of the post"))

    def _set_points(self, points: float) -> None:
        font = self.font()
        font.setPointSizeF(points)
        self.document().setDefaultFont(font)
        self._heights.clear()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # copy, select all
            super().keyPressEvent(event)
        else:  # Space reads on, and arrows scroll the thread
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def heightForWidth(self, width: int) -> int:
        """px the words need at `width` px; laid out once for each width."""
        height = self._heights.get(width)
        if height is None:
            document = self.document()
            document.setTextWidth(width)
            height = self._heights[width] = math.ceil(document.size().height())
        return height

    def sizeHint(self) -> QSize:
        width = max(self.width(), MIN_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(MIN_WIDTH, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._heights.clear()
            self.updateGeometry()


class LongText(QWidget):
    """The first 5,000 characters, and the rest on demand, so much at a time."""

    def __init__(self, text: str, parent: QWidget, *, points: float = 0.0) -> None:
        super().__init__(parent)
        self._rest, self._points = text, points
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._more: QPushButton | None = None
        self.show_more()

    def show_more(self) -> None:
        """The next 5,000 characters."""
        part, self._rest = self._rest[:FIRST_CHARS], self._rest[FIRST_CHARS:]
        words = PlainText(clean(part), self, points=self._points)
        if self._rest and self._more is None:
            self._more = QPushButton(self)
            self._more.setProperty("kind", "link")
            self._more.clicked.connect(self.show_more)
            self._layout.addWidget(self._more)
        self._layout.insertWidget(self._layout.count() - bool(self._more), words)
        if self._more is not None:
            self._more.setVisible(bool(self._rest))
            self._more.setText(tr("Show more ({n} characters left)", n=count(len(self._rest))))
