"""The line over a window whose workspace lies on a network drive: what may happen, what to do."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialdesk.engine.health.disk import drive_step, drive_words
from socialdesk.i18n import tr
from socialdesk.ui.plain import dress, label


class DriveLine(QFrame):
    """At the top of the layout of `whole`, the content of `window`, until it is put away; the next
    start shows it again. `kind`: how the drive is reached."""

    def __init__(self, kind: str, window: QWidget, whole: QWidget) -> None:
        super().__init__(whole)
        dress(self, "bar", "warn")
        self._kind = kind
        self._text = label(parent=self, wraps=True)
        self.hide_it = QPushButton(self)
        self.hide_it.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.hide_it)
        whole_layout = whole.layout()
        assert isinstance(whole_layout, QVBoxLayout)
        whole_layout.insertWidget(0, self)
        self._translate()
        window.installEventFilter(self)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()
        return False

    def _translate(self) -> None:
        self._text.setText(f"{drive_words(self._kind)} {drive_step()}.")
        self.setAccessibleName(self._text.text())
        self.hide_it.setText(tr("Hide"))
        self.hide_it.setAccessibleName(self.hide_it.text())
