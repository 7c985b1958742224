"""Choosing an approved template by typing a few letters of its name or words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.choosing import Choice, narrowed
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.plain import isolated

WIDTH, HEIGHT = 420, 320  # px
MOST_SHOWN = 200  # more letters find the rest
_MOVES = {
    Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5
}  # fmt: skip


class TemplatePicker(QFrame):
    """`chosen(Choice)`: Enter; `added(Choice)`: Shift+Enter, below what is there. Opens over the
    window beside a widget; Esc closes, and so does going elsewhere. `closed`: nothing was chosen.

    A child of the window, not a popup of its own: popups grab the keyboard from the whole desktop.
    """

    chosen = Signal(object)
    added = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []
        self._shown: list[Choice] = []
        self._lang = ""
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setProperty("pane", "base")
        self.setAccessibleName(tr("Choose a template"))
        self._typed = QLineEdit()
        self._typed.setAccessibleName(tr("Search approved templates"))
        self._typed.setPlaceholderText(tr("Name or words of an approved template"))
        self._typed.textChanged.connect(self._narrow)
        self._typed.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Approved templates"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("framed", "yes")
        self._list.setUniformItemSizes(True)
        self._list.currentRowChanged.connect(self._show_words)
        self._list.itemClicked.connect(lambda _: self._choose(self.chosen))
        self._words = label(tone="dim")
        self._words.setFixedHeight(self._words.fontMetrics().lineSpacing() * 4)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hide()
        self._hint = label(tr("Enter inserts, Shift+Enter adds it below"), tone="dim")
        self.setLayout(column(self._typed, self._list, self._words, self._hint, margin=8))

    def open_at(self, anchor: QWidget, choices: Sequence[Choice], lang: str) -> None:
        """Show `choices`; their words in `lang` where there is such a version."""
        self._choices, self._lang = list(choices), lang
        self._typed.clear()
        self._narrow("")
        self.setParent(anchor.window())
        self.setGeometry(self._place(anchor))
        self.show()
        self.raise_()
        self._typed.setFocus()

    def suggest(self, choices: Sequence[Choice]) -> None:
        """The same choices, some with a reason now. Not once somebody types or has moved: a line
        must not go away under the finger."""
        if self.isVisible() and not self._typed.text() and self._list.currentRow() <= 0:
            self._choices = list(choices)
            self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the letters go into the field."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_below = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._choose(self.added if is_below else self.chosen)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif event.key() in _MOVES:
            self._move(_MOVES[Qt.Key(event.key())])
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        at = self._list.currentRow() + step
        self._list.setCurrentRow(max(0, min(at, self._list.count() - 1)))

    def _narrow(self, typed: str) -> None:
        self._shown = narrowed(self._choices, typed)[:MOST_SHOWN]
        self._list.clear()
        for choice in self._shown:
            entry = QListWidgetItem(_line(choice))
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, _line(choice))
            self._list.addItem(entry)
        self._list.setCurrentRow(0 if self._shown else -1)
        self._show_words(self._list.currentRow())

    def _show_words(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            body = self._shown[at].version(self._lang).body
            self._words.setText(body if len(body) <= 300 else body[:300] + "…")
        elif self._choices:
            self._words.setText(tr("No approved template holds these words."))
        else:
            self._words.setText(
                tr("No template is approved yet. Write one under Templates and approve it there.")
            )

    def _choose(self, tell: SignalInstance) -> None:
        at = self._list.currentRow()
        if 0 <= at < len(self._shown):
            self.hide()
            tell.emit(self._shown[at])

    def _place(self, anchor: QWidget) -> QRect:
        """Above the anchor when there is more room than below it."""
        window = anchor.window()
        top = anchor.mapTo(window, QPoint(0, 0))
        below = window.height() - top.y() - anchor.height()
        height = min(HEIGHT, max(below, top.y()) - 4)
        width = min(max(anchor.width(), WIDTH), window.width())
        y = top.y() + anchor.height() + 2 if below >= height else top.y() - height - 2
        return QRect(max(0, min(top.x(), window.width() - width)), max(0, y), width, height)


def _line(choice: Choice) -> str:
    used = trn("used {n} time", "used {n} times", choice.n_uses)
    folder = f"{choice.folder} / " if choice.folder else ""
    if choice.because:
        used = tr("suggested: {words}", words=isolated(", ".join(choice.because)))
    return f"{folder}{choice.name}   {', '.join(choice.langs)} · {used}"
