"""A line at the bottom that says what was just done, with one button, and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from socialdesk.ui.plain import label
from socialdesk.ui.text_size import at_size
from socialdesk.ui.timers import once

SHOWN_MS = 6_000
MARGIN = 16  # px
BUTTONS = 48  # px of a row of buttons at the foot of a screen
_MOVES = {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class Toast(QFrame):
    """At the foot of `over`, a part of its parent, where it covers nothing that is being written;
    low in the parent while that part is out of sight, above the buttons that stand at the foot of
    many screens. A new sentence takes the place of the old one."""

    def __init__(self, parent: QWidget, over: QWidget) -> None:
        super().__init__(parent)
        self._over = over
        self.setProperty("bar", "toast")
        self._text = label(parent=self)
        self._button = QPushButton(self)
        self._run: Callable[[], object] = bool
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._timer = once(self, SHOWN_MS, self.hide)
        self._button.clicked.connect(self._on_clicked)
        for ground in (parent, over):
            ground.installEventFilter(self)
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
        _tell_readers(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        ground = self._ground()
        self._text.setWordWrap(False)
        width = min(self.sizeHint().width(), max(100, ground.width() - 2 * MARGIN))
        self._text.setWordWrap(True)
        self.resize(width, self.heightForWidth(width))
        x = ground.x() + (ground.width() - width) // 2
        foot = MARGIN if self._over.isVisible() else MARGIN + at_size(BUTTONS, self.font())
        self.move(x, ground.y() + ground.height() - self.height() - foot)

    def _ground(self) -> QRect:
        whole = self.parentWidget()
        if whole is None or self._over.isVisible():
            return QRect(self._over.mapTo(whole or self._over, QPoint()), self._over.size())
        return whole.rect()

    def _on_clicked(self) -> None:
        self.hide()
        self._run()


def _tell_readers(said: QFrame) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # nothing is said at the start

    QAccessible.updateAccessibility(QAccessibleEvent(said, QAccessible.Event.Alert))
