"""The blocks of a text in one language: the wording, and beside it a field for each place."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from socialdesk.domain.crisis.statement import NEXT_UPDATE
from socialdesk.domain.replies.placeholder import MAX_CHARS, placeholders
from socialdesk.domain.replies.template import MAX_VALUE_CHARS
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, row
from socialdesk.ui.crisis.text.draft import LangDraft
from socialdesk.ui.crisis.text.places import block_word, place_hint, place_word
from socialdesk.ui.focus import tab_as_read

MAX_LINES = 6
WIDE = 460  # px; narrower, the fields stand below the words
MAX_CHARS_OF_TEXT = 20_000


class Wording(QPlainTextEdit):
    """As high as its words, up to MAX_LINES; Tab leaves it."""

    def __init__(self, name: str, text: str, parent: QWidget, *, n_lines: int = 1) -> None:
        super().__init__(text, parent)
        self._n_lines = n_lines
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.textChanged.connect(self.fit)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """As high as the words now."""
        bar = self.verticalScrollBar()
        # Without the bar: height that hangs on the bar, which hangs on the height, never settles.
        width = self.viewport().width() + (bar.width() if bar.isVisible() else 0)
        width = max(60, width - 2 * round(self.document().documentMargin()))
        n_lines = n_wrapped(self.toPlainText(), self.font(), width)
        is_long = n_lines > MAX_LINES
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn if is_long
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # fmt: skip
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(self._n_lines, min(MAX_LINES, n_lines)) * line + 26)


def n_wrapped(text: str, font: QFont, width: int) -> int:
    """How many lines a text editor `width` px wide makes of it."""
    option, n = QTextOption(), 0
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for part in text.split("\n"):
        layout = QTextLayout(part, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            n += 1
        layout.endLayout()
        n += not layout.lineCount()
    return n


class BlocksForm(QWidget):
    """`wording_changed(key, text)`, `value_changed(name, value)`, `own_changed(text)`.
    `went_on`: the keys are in the next place, which may be out of sight."""

    wording_changed = Signal(str, str)
    value_changed = Signal(str, str)
    own_changed = Signal(str)
    went_on = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self._fields: dict[str, QLineEdit] = {}
        self._values: dict[str, str] = {}
        self._places: dict[str, QVBoxLayout] = {}  # block key → where its fields stand
        self._texts: dict[str, str] = {}
        self._words: list[Wording] = []
        self._lines: list[QBoxLayout] = []  # of each block: its words, its fields
        self._last: Wording | None = None
        self._shape: tuple[str, dict[str, tuple[str, ...]]] = ("", {})
        self.setLayout(column(self._rows))

    def show_words(self, kind: str, words: LangDraft) -> None:
        """Another text, or another language. Where it has the same blocks and places the fields
        stay: making them takes 30 ms."""
        if self._takes(kind, words):
            return
        clear(self._rows)
        self._fields.clear()
        self._places.clear()
        self._last = None
        self._words, self._lines = [], []
        self._values, self._texts = dict(words.values), dict(words.blocks)
        for key, text in words.blocks:
            self._rows.addWidget(self._row(kind, key, text))
        if not words.blocks:
            self._rows.addWidget(self._own(words.own))
        self._lay_fields()

    def _takes(self, kind: str, words: LangDraft) -> bool:
        """Whether the fields that stand here could be used again; then they were."""
        shape = kind, _wanted(dict(words.blocks))
        if shape != self._shape or not words.blocks:
            self._shape = shape
            return False
        self._values, self._texts = dict(words.values), dict(words.blocks)
        self._last = None
        for box, (_, text) in zip(self._words, words.blocks, strict=True):
            box.blockSignals(True)
            box.setPlainText(text)
            box.blockSignals(False)
            box.fit()
        for name, field in self._fields.items():
            field.setText(self._values.get(name, ""))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Fields beside the words; below them where there is no room."""
        is_wide = self.width() >= WIDE
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        for line in self._lines:
            if line.direction() != way:
                line.setDirection(way)

    def focus_first(self) -> None:
        """The first place that is empty, else the first words."""
        empty = next((f for f in self._fields.values() if not f.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        elif self._words:
            self._words[0].setFocus()

    def insert(self, sentence: str) -> None:
        """A sentence, at the cursor of the words that were last written in."""
        if (words := self._last or (self._words[0] if self._words else None)) is not None:
            cursor = words.textCursor()
            before = words.toPlainText()[: cursor.position()]
            cursor.insertText(f" {sentence}" if before and not before[-1].isspace() else sentence)
            words.setFocus()

    def go_to(self, sentence: str) -> None:
        """Select it where it stands word for word; else the first words take the keys."""
        for words in self._words:
            if words.find(sentence):
                words.setFocus()
                return
        self.focus_first()

    def set_value(self, name: str, value: str) -> None:
        """From elsewhere: the next update's time."""
        self._values[name] = value
        if (field := self._fields.get(name)) is not None and field.text() != value:
            field.setText(value)

    def _row(self, kind: str, key: str, text: str) -> QFrame:
        name = block_word(kind, key)
        words = Wording(name, text, self)
        self._words.append(words)
        words.textChanged.connect(partial(self._on_wording, key, words))
        self._places[key] = column(space=4)
        side = QWidget()
        side.setLayout(column(self._places[key], None))
        made = QFrame()
        line = row(words, side, space=8)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        line.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        self._lines.append(line)
        self._turn()
        made.setLayout(column(label(name, "strong"), line, space=2))
        return made

    def _own(self, text: str) -> QFrame:
        words = Wording(tr("The text"), text, self, n_lines=5)
        self._words.append(words)
        words.textChanged.connect(lambda: self._on_own(words))
        made = QFrame()
        made.setLayout(column(label(tr("The text"), "strong"), words, space=2))
        return made

    def _on_own(self, words: Wording) -> None:
        self._last = words
        self.own_changed.emit(words.toPlainText()[:MAX_CHARS_OF_TEXT])

    def _on_wording(self, key: str, words: Wording) -> None:
        self._last = words
        before = _wanted(self._texts)
        self._texts[key] = words.toPlainText()[:MAX_CHARS_OF_TEXT]
        if (wanted := _wanted(self._texts)) != before:
            self._lay_fields()
            self._shape = self._shape[0], wanted
        self.wording_changed.emit(key, self._texts[key])

    def _lay_fields(self) -> None:
        """A place that stands in several blocks has one field, at the first of them."""
        self._fields.clear()
        for key, box in self._places.items():
            clear(box)
            for name in _wanted(self._texts).get(key, ()):
                self._add_field(name, box)
        tab_as_read(self._rows)

    def _add_field(self, name: str, box: QVBoxLayout) -> None:
        field = QLineEdit(self._values.get(name, ""))
        field.setMaxLength(MAX_CHARS.get(name, MAX_VALUE_CHARS))
        field.setAccessibleName(place_word(name))
        field.setPlaceholderText(place_hint(name))
        field.textEdited.connect(partial(self._on_value, name))
        field.returnPressed.connect(partial(self._go_on, name))
        self._fields[name] = field
        title = label(place_word(name), "dim")
        title.setBuddy(field)
        box.addWidget(title)
        box.addWidget(field)

    def _go_on(self, name: str) -> None:
        """Enter: the next place, past the words between; after the last one whatever comes next."""
        names = list(self._fields)
        after = names[names.index(name) + 1 :]
        if after:
            self._fields[after[0]].setFocus(Qt.FocusReason.TabFocusReason)
            self.went_on.emit()
        else:
            self.focusNextChild()

    def _on_value(self, name: str, value: str) -> None:
        self._values[name] = value
        self.value_changed.emit(name, value)


def _wanted(texts: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Block → the places that are filled in beside it. The next update has its own keys."""
    seen = {NEXT_UPDATE}
    found: dict[str, tuple[str, ...]] = {}
    for key, text in texts.items():
        names = tuple(name for name in placeholders(text) if name not in seen)
        seen.update(names)
        found[key] = names
    return found
