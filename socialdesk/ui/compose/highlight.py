"""Marks people, links, tags and slots inside the text while it is written."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from socialdesk.ui.compose.marks import MAX_CHARS, marks, qt_offset
from socialdesk.ui.compose.matching import Span
from socialdesk.ui.theme import tokens


class Highlighter(QSyntaxHighlighter):
    """In the words of `field`. `show_slots` tells where slots stand in the whole text; the rest it
    finds per line."""

    def __init__(self, field: QPlainTextEdit | QTextEdit) -> None:
        super().__init__(field.document())
        self._field = field
        self._slots: list[tuple[int, int, bool]] = []  # Qt offsets in the document
        self._dress()
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
            self._mark_again()
        return False

    def _dress(self) -> None:
        """Take the colours of light or dark. Slots are also underlined: never colour alone."""
        colors = tokens(self._field.palette())
        self._mark = QTextCharFormat()
        self._mark.setForeground(QColor(colors.accent))
        self._filled = QTextCharFormat()
        self._filled.setBackground(QColor(colors.accent_back))
        self._filled.setFontUnderline(True)
        self._empty = QTextCharFormat()
        self._empty.setBackground(QColor(colors.warn_back))
        self._empty.setForeground(QColor(colors.warn))
        self._empty.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)

    def show_slots(self, text: str, spans: Iterable[Span]) -> None:
        """`spans` count characters of `text`, the document's own."""
        found = [(qt_offset(text, s.start), qt_offset(text, s.end), s.is_empty) for s in spans]
        if found != self._slots:
            self._slots = found
            self._mark_again()

    def _mark_again(self) -> None:
        """Other marks on the same words: without a `textChanged`, which Qt gives for them too, and
        after which the words would count as typed and be saved as a draft."""
        with QSignalBlocker(self._field):
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if len(text) > MAX_CHARS:
            return
        for mark in marks(text):
            start, end = qt_offset(text, mark.start), qt_offset(text, mark.end)
            self.setFormat(start, end - start, self._mark)
        at = self.currentBlock().position()
        for start, end, is_empty in self._slots:
            self.setFormat(start - at, end - start, self._empty if is_empty else self._filled)
