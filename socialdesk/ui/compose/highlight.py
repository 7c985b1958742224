"""Marks people, links, tags and slots inside the text while it is written."""

from collections.abc import Iterable

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from socialdesk.ui.compose.marks import MAX_CHARS, marks, qt_offset
from socialdesk.ui.compose.matching import Span
from socialdesk.ui.theme import Tokens


class Highlighter(QSyntaxHighlighter):
    """`show_slots` tells where slots stand in the whole text; the rest it finds per line."""

    def __init__(self, document: QTextDocument, colors: Tokens) -> None:
        super().__init__(document)
        self._slots: list[tuple[int, int, bool]] = []  # Qt offsets in the document
        self.dress(colors)

    def dress(self, colors: Tokens) -> None:
        """Take the colours of light or dark. Slots are also underlined: never colour alone."""
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
