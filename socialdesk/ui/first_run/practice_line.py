"""The line over the practice brand's window: everything here is invented."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.plain import dress, label


class PracticeLine(QFrame):
    """In the layout of `whole`, the window's content; `window` is closed by its button."""

    def __init__(self, window: QWidget, whole: QWidget) -> None:
        super().__init__(whole)
        dress(self, "bar", "warn")
        self._text = label(parent=self, wraps=True)
        self.close_it = QPushButton(self)
        self.close_it.setProperty("kind", "link")  # low: the views below need the height
        self.close_it.clicked.connect(window.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 16, 2)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.close_it)
        whole_layout = whole.layout()
        assert isinstance(whole_layout, QVBoxLayout)
        whole_layout.insertWidget(0, self)
        self._translate()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()
        return False

    def _translate(self) -> None:
        text = tr("Practice brand: everybody here is invented, and nothing leaves this computer.")
        self._text.setText(text)
        self.setAccessibleName(text)
        self.close_it.setText(tr("Close the practice brand"))
        self.close_it.setAccessibleName(self.close_it.text())
