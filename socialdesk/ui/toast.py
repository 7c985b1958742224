"""A line at the bottom that says what was just done, with one button, and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from socialdesk.ui.plain import label

SHOWN_MS = 6_000
MARGIN = 16  # px


class Toast(QFrame):
    """Over the bottom of its parent; a new sentence takes the place of the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "toast")
        self._text = label(parent=self)
        self._button = QPushButton(self)
        self._run: Callable[[], object] = bool
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._button.clicked.connect(self._on_clicked)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now, "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, button: str = "", run: Callable[[], object] = bool) -> None:
        """`button` with `run`: what may be done about it."""
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._run = run
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        self.setMaximumWidth(max(100, over.width() - 2 * MARGIN))
        self.adjustSize()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - MARGIN)

    def _on_clicked(self) -> None:
        self.hide()
        self._run()
