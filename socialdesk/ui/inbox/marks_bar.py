"""The line over a list that says what the next act is about, when that is more than one mention."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.plain import label
from socialdesk.ui.words import count, mentions


class MarksBar(QFrame):
    """`all_asked()`: also what matches beyond the marked ones. Hidden while one mention at most is
    marked."""

    all_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "accent")
        self._n, self._n_shown, self._n_matches = 0, 0, 0
        self._is_all = False
        self._text = label(parent=self, tone="strong", wraps=True)
        self._all = QPushButton(self)
        self._all.setProperty("kind", "link")
        self._all.clicked.connect(self.all_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 6, 5)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._all)
        self.translate()

    @property
    def is_all(self) -> bool:
        """The next act is about all that match."""
        return self._is_all

    @property
    def offers_all(self) -> bool:
        """Everything in the list is marked."""
        return 1 < self._n == self._n_shown

    @property
    def n_matches(self) -> int:
        """How many match, 0 while they are counted."""
        return self._n_matches

    def show_marks(self, n: int, n_shown: int) -> None:
        """`n` of the `n_shown` in the list are marked."""
        self._n, self._n_shown, self._n_matches, self._is_all = n, n_shown, 0, False
        self.translate()

    def show_matches(self, n: int) -> None:
        self._n_matches = n
        self.translate()

    def take_all(self) -> None:
        """All that match are meant, until the marks change."""
        self._is_all = True
        self.translate()

    def translate(self) -> None:
        """The texts in the language in use."""
        self.setVisible(self._n > 1 or self._is_all)
        n_all = count(self._n_matches) if self._n_matches else "…"
        if self._is_all:
            text = tr("All {n} that match: the next act is about them all. Esc lets go.", n=n_all)
        else:
            text = tr("{mentions} marked", mentions=mentions(self._n))
        self._text.setText(text)
        self.setAccessibleName(text)
        self._all.setText(tr("All {n} that match (Ctrl+Shift+A)", n=n_all))
        self._all.setVisible(self.offers_all and not self._is_all)
