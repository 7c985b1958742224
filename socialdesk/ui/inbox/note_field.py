"""Where a note for the team is written."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.keys import press_of


class NoteField(QFrame):
    """A note for the team. `written(text)`; `left()`: back to the thread."""

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(self)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(64)
        self._save = QPushButton(self)
        self._save.clicked.connect(self._on_save)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._text)
        line.addWidget(self._save, 0, Qt.AlignmentFlag.AlignBottom)
        self._text.installEventFilter(self)

    def translate(self) -> None:
        self._text.setPlaceholderText(tr("A note for the team; it never leaves this machine"))
        self._text.setAccessibleName(tr("Note"))
        self._save.setText(tr("Save note"))

    def start(self) -> None:
        self._text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            press = press_of(event)
            if press == "Ctrl+Enter":
                self._on_save()
                return True
            if press == "Esc":
                self._leave()
                return True
        return False

    def _on_save(self) -> None:
        if text := self._text.toPlainText().strip():
            self.written.emit(text)
            self._text.clear()
            self._leave()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
