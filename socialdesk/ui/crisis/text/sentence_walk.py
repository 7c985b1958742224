"""A text in another face and a larger size, one sentence at a time: Keep or Change.

The second look of one person works only when the text looks unlike the one just written.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.crisis.statement import sentences
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import clean

FACES = ("Noto Serif", "DejaVu Serif")
POINTS = 18.0


class SentenceWalk(QFrame):
    """`kept`: every sentence was. `change_asked(sentence)`. k keeps, c changes."""

    kept = Signal()
    change_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentences: list[str] = []
        self._at = 0
        self._count, self._words = label(tone="dim"), label()
        face = QFont()
        face.setFamilies(list(FACES))
        face.setPointSizeF(POINTS)
        self._words.setFont(face)
        # A style sheet's font wins over a font set by hand; this one names both.
        self._words.setStyleSheet(
            f"font-family: {', '.join(repr(f) for f in FACES)}; font-size: {POINTS}pt"
        )
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing() * 4)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._keep = push(tr("Keep (k)"), self.keep)
        self._change = push(tr("Change (c)"), self.change)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(self._count, self._words, row(self._keep, self._change, None), None))

    def show_text(self, text: str) -> None:
        """From its first sentence."""
        self._sentences, self._at = sentences(text), 0
        self._show()

    def keep(self) -> None:
        """The next one; after the last all are kept."""
        if self._at < len(self._sentences):
            self._at += 1
            if self._at == len(self._sentences):
                self.kept.emit()
            else:
                self._show()

    def change(self) -> None:
        """Back to writing, at this sentence."""
        if self._at < len(self._sentences):
            self.change_asked.emit(self._sentences[self._at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match press_of(event):
            case "k":
                self.keep()
            case "c":
                self.change()
            case _:
                super().keyPressEvent(event)

    def _show(self) -> None:
        n, total = self._at + 1, len(self._sentences)
        self._count.setText(tr("Sentence {n} of {total}", n=n, total=total))
        self._words.setText(clean(self._sentences[self._at]) if self._sentences else "")
        self.setAccessibleName(f"{self._count.text()}. {self._words.text()}")
        self.setFocus()
