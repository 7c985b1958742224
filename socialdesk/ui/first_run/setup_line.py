"""One line that reminds of the first steps until they are finished or dismissed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from socialdesk.domain.first_run import FirstRun
from socialdesk.i18n import tr
from socialdesk.ui.first_run.words import reminder
from socialdesk.ui.plain import dress, label


class SetupLine(QFrame):
    """`go_on()`, `dismissed()`."""

    go_on = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "bar", "accent")
        self._text = label(parent=self)
        self._go, self._no = QPushButton(self), QPushButton(self)
        self._no.setProperty("kind", "quiet")
        self._go.clicked.connect(self.go_on)
        self._no.clicked.connect(self.dismissed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(self._text)
        layout.addWidget(self._go)
        layout.addStretch(1)
        layout.addWidget(self._no)
        self.hide()

    def show_state(self, state: FirstRun) -> None:
        """In the language in use."""
        text = reminder(state)
        self._text.setText(text)
        self.setAccessibleName(text)
        for button, words in ((self._go, tr("Go on")), (self._no, tr("Dismiss"))):
            button.setText(words)
            button.setAccessibleName(f"{text}: {words}")
