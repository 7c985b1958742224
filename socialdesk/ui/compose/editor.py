"""The text field of a reply: plain text, slots to step through, no paste that freezes it."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.marks import py_offset, qt_offset
from socialdesk.ui.compose.matching import Span
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import clean

# No network takes more than 65,536; laying out a line of 20,000 takes some 10 ms here.
MAX_CHARS = 20_000
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_OPENING = "([{«“„‘\"'/"  # what comes after these belongs to them
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReplyEdit(QPlainTextEdit):
    """`send_asked`: Ctrl+Enter. `later_asked`: Ctrl+Shift+Enter. `promise_asked`: Ctrl+Shift+P.
    `template_asked`: "/" at the start of a line, or Ctrl+T. `paste_cut(n)`: only MAX_CHARS of `n`
    characters found room. `slot_left`: Tab was pressed. Not `with_templates`: "/" is a slash
    everywhere, and nothing is sent later."""

    send_asked = Signal()
    later_asked = Signal()
    promise_asked = Signal()
    template_asked = Signal()
    slot_left = Signal()
    slot_reached = Signal(object)
    paste_cut = Signal(int)

    def __init__(self, parent: QWidget, *, with_templates: bool = True) -> None:
        super().__init__(parent)
        self._with_templates = with_templates
        self.take_other: Callable[[QMimeData], bool] | None = None  # pictures, not words
        self._spans: tuple[Span, ...] = ()
        self._marks = Highlighter(self)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(tr("Reply text"))
        self.setTabChangesFocus(True)

    @property
    def text(self) -> str:
        return self.toPlainText()

    def write(self, text: str) -> None:
        """Replace everything; the field's own undo brings the old words back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text[:MAX_CHARS])

    def load(self, text: str) -> None:
        """Start afresh with other words: nothing to undo."""
        self.setPlainText(text[:MAX_CHARS])

    def put(self, start: int, end: int, text: str) -> None:
        """Replace the characters `start` to `end`."""
        self._cursor(start, end).insertText(text)

    def insert_words(self, words: str) -> None:
        """At the cursor, in place of what is selected, and apart from the words beside it."""
        cursor, document = self.textCursor(), self.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        before = document.characterAt(start - 1) if start else ""
        after = document.characterAt(end)
        is_glued = bool(before) and not before.isspace() and before not in _OPENING
        cursor.insertText(" " * is_glued + words + " " * after.isalnum())

    def show_slots(self, spans: tuple[Span, ...]) -> None:
        """Where the slots of a template stand; () when there is none."""
        self._spans = spans
        self._marks.show_slots(self.text, spans)

    def select_slot(self, span: Span) -> None:
        """Mark a slot so that typing replaces it."""
        self.setTextCursor(self._cursor(span.start, span.end))
        self.setFocus()
        self.slot_reached.emit(span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & _CTRL:
            self._on_ctrl_enter(event)
        elif press_of(event) == "Ctrl+Shift+P":
            self.promise_asked.emit()
        elif self._asks_template(event):
            self.template_asked.emit()
        else:
            super().keyPressEvent(event)

    def _on_ctrl_enter(self, event: QKeyEvent) -> None:
        if event.modifiers() & _SHIFT and self._with_templates:
            self.later_asked.emit()
        else:
            self.send_asked.emit()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab steps through the slots, then leaves the field as Tab does everywhere."""
        if self._spans:
            self.slot_left.emit()
            if (span := self._neighbour(is_next)) is not None:
                self.select_slot(span)
                return True
        return super().focusNextPrevChild(is_next)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only text, and only as much as a reply can need; what found no room is told."""
        if self.take_other is not None and self.take_other(source):
            return
        text = source.text().replace("\r\n", "\n")
        cursor = self.textCursor()
        room = MAX_CHARS - self.document().characterCount() + 1 + len(cursor.selectedText())
        cursor.insertText(clean(text[: max(room, 0)]))
        if len(text) > room:
            self.paste_cut.emit(len(text))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or (
            self.take_other is not None and (source.hasImage() or source.hasUrls())
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()

    def _asks_template(self, event: QKeyEvent) -> bool:
        if not self._with_templates:
            return False
        if press_of(event) == "Ctrl+T":
            return True
        is_slash = event.text() == "/" and not event.modifiers() & _CTRL
        return is_slash and self._is_at_line_start()

    def _is_at_line_start(self) -> bool:
        cursor = self.textCursor()
        return cursor.atBlockStart() and not cursor.hasSelection()

    def _neighbour(self, is_next: bool) -> Span | None:
        cursor, text = self.textCursor(), self.text
        if is_next:
            at = py_offset(text, cursor.selectionEnd())
            return next((s for s in self._spans if s.start >= at and s.end > at), None)
        at = py_offset(text, cursor.selectionStart())
        return next((s for s in reversed(self._spans) if s.end <= at and s.start < at), None)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        text, cursor = self.text, QTextCursor(self.document())
        cursor.setPosition(qt_offset(text, start))
        cursor.setPosition(qt_offset(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor
