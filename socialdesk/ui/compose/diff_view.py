"""Shows what changed between two texts: gone words struck through, new words underlined."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.difference import Edit, Piece, difference
from socialdesk.ui.theme import tokens

MAX_CHARS = 20_000  # of each piece: laying out more would stop the window


class DiffView(QTextEdit):
    """Read-only. Colour never speaks alone: also by line, and in words for a screen reader."""

    def __init__(self, parent: QWidget, max_height: int = 0) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(tr("Difference"))
        if max_height:
            self.setMaximumHeight(max_height)

    def compare(self, old: str, new: str) -> None:
        """Show how `new` differs from `old`."""
        self._pieces = difference(old, new)
        self.setAccessibleDescription(in_words(self._pieces))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_pieces", None):
            self._paint()

    def _paint(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for piece in self._pieces:
            cursor.insertText(piece.text[:MAX_CHARS], self._format(piece.edit))

    def _format(self, edit: Edit) -> QTextCharFormat:
        colors, made = tokens(self.palette()), QTextCharFormat()
        match edit:
            case Edit.GONE:
                made.setFontStrikeOut(True)
                made.setForeground(QColor(colors.danger))
                made.setBackground(QColor(colors.danger_back))
            case Edit.NEW:
                made.setFontUnderline(True)
                made.setForeground(QColor(colors.ok))
                made.setBackground(QColor(colors.ok_back))
            case Edit.SAME:
                made.setForeground(QColor(colors.text))
        return made


def in_words(pieces: list[Piece]) -> str:
    """The difference for somebody who hears it."""
    said = []
    for piece in pieces:
        words = piece.text.strip()
        if words and piece.edit is Edit.GONE:
            said.append(tr("gone: {words}", words=words))
        elif words and piece.edit is Edit.NEW:
            said.append(tr("new: {words}", words=words))
    return "; ".join(said) if said else tr("no difference")
