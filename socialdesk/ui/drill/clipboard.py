"""What is copied in a drill's window begins with the word, whichever screen copied it."""

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from socialdesk.engine.words.drills import drill_marked


class Board(Protocol):
    """As QClipboard."""

    def ownsClipboard(self) -> bool: ...

    def text(self) -> str: ...

    def setText(self, text: str) -> None: ...


class MarkedClipboard(QObject):
    """Marks each text of ours as it lands there; what other programs copy is not touched."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        QGuiApplication.clipboard().dataChanged.connect(self._on_copied)

    def _on_copied(self) -> None:
        mark(QGuiApplication.clipboard())


def mark(board: Board) -> None:
    """A text that is there and ours says that it comes from a drill."""
    if not board.ownsClipboard():
        return
    text = board.text()
    if text and drill_marked(text) != text:
        board.setText(drill_marked(text))
