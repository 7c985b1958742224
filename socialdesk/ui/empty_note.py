"""What a list says while it has no rows, in the place of the rows: the keys stay in the list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSizePolicy, QVBoxLayout

from socialdesk.ui import plain

EDGE = 12  # px around the words


class EmptyNote(QLabel):
    """`say("")` takes it away. Clicks fall through to the list."""

    def __init__(self, of: QAbstractItemView) -> None:
        super().__init__(of.viewport())
        self._of = of
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", "dim")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QVBoxLayout(of.viewport())
        box.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        box.addWidget(self)
        box.addStretch(1)
        self.hide()

    def say(self, words: str) -> None:
        """A reader of the screen hears them as what the list is about: it skips the viewport."""
        self.setText(plain.clean(words))
        self.setVisible(bool(words))
        self._of.setAccessibleDescription(words)
