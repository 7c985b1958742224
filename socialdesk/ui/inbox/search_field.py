"""The search field over the list, and when what is typed is worth a search."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from socialdesk.domain.queue.rows import SearchFault
from socialdesk.domain.queue.search import Operator
from socialdesk.i18n import tr
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.icons import pixmap
from socialdesk.ui.plain import isolated

GLASS = "#7d8694"  # between both palettes: 3.6:1 on either ground, and only decoration
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LANGUAGE, LANGUAGE_LETTERS = f"{Operator.LANG.value}:", 2
MIN_LETTERS = 3  # of the word being typed; one of Chinese, Japanese or Korean
_CJK = (
    ("\u2e80", "\u9fff"),
    ("\uac00", "\ud7af"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


class SearchField(QLineEdit):
    """`left_down()`: Down was pressed, on to the list. Esc is the window's."""

    left_down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        glass = QIcon(pixmap("search", GLASS))
        self._glass = self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setEnabled(False)

    def translate(self) -> None:
        """The texts in the language in use."""
        make_clearable(self)
        self.setPlaceholderText(tr("Search mentions, authors, labels"))
        self.setAccessibleName(tr("Search"))
        self._glass.setText(tr("Search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
            return
        super().keyPressEvent(event)
        if event.key() in _ENTER:  # Qt leaves it to the window, where it opens the first one found
            event.accept()


def is_ready(text: str) -> bool:
    """Whether what is typed is worth a search: three letters of the last word, one of CJK, both of
    a language's code, or nothing at all."""
    last = text.split(" ")[-1]
    if not last:
        return True
    word = last.split(":")[-1].strip('"-()<>')
    least = LANGUAGE_LETTERS if last.lstrip("-").casefold().startswith(LANGUAGE) else MIN_LETTERS
    return len(word) >= least or any(a <= c <= b for c in word for a, b in _CJK)


def fault_words(faults: Sequence[SearchFault]) -> str:
    """What is wrong in a search, a line for each; "" = nothing is."""
    if not faults:
        return ""
    from socialdesk.engine.words.phrases import search_fault  # no first list is searched

    shown = (replace(f, word=isolated(f.word), known=tuple(map(isolated, f.known))) for f in faults)
    return "\n".join(map(search_fault, shown))
