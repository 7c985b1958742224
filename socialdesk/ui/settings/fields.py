"""One line of the settings: its name, its field, what it does and its default; saved when it
changes."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from socialdesk.engine.settings import KNOWN
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, number, row
from socialdesk.ui.settings.choices import Shape, Shown
from socialdesk.ui.settings.mark import Mark
from socialdesk.ui.theme import tokens

FIELD_WIDTH = 220  # px, so that the fields stand in a column
LETTERS = 14  # of the longest choice, that have room at least
LINES_HEIGHT = 84  # px, of a field of several lines
BAR_WIDTH = 3  # px, beside what a search led to


class Words(QPlainTextEdit):
    """Several lines of text. `left()`: the keys went elsewhere."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(LINES_HEIGHT)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


Field = QCheckBox | QComboBox | QSpinBox | QLineEdit | Words


class SettingLine(QFrame):
    """`chosen(key, value)`: a person changed it; "" = back to the default. `show_value` does not
    tell."""

    chosen = Signal(str, str)

    def __init__(self, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.shown, self._kept = shown.key, shown, ""
        self.is_found = self._is_refused = False
        self._field = self._make_field()
        self._mark = Mark(shown.name, self, self._field, is_after=shown.shape is Shape.CHECK)
        self._mark.back.connect(self._go_back)
        self._field.setAccessibleName(shown.name)
        self.what = f"{shown.what} {tr('Default: {value}.', value=self._default_words())}"
        self.setLayout(self._laid_out())

    @property
    def field(self) -> Field:
        """What takes the keys."""
        return self._field

    @property
    def is_changed(self) -> bool:
        return self._mark.is_changed

    def show_value(self, value: str) -> None:
        """What is stored, or the default; what somebody is typing stays."""
        self._kept = value
        self._mark.show_changed(value != KNOWN[self.key].default)
        changed = tr("Changed") if self.is_changed else ""
        self._field.setAccessibleDescription(f"{self.what} {changed}".strip())
        field = self._field
        field.blockSignals(True)
        match field:
            case QCheckBox():
                field.setChecked(value == "yes")
            case QComboBox():
                field.setCurrentIndex(max(0, field.findData(value)))
            case QSpinBox():
                if value.isdecimal() and int(value) != field.value():
                    field.setValue(int(value))
            case QLineEdit():
                is_typed = field.hasFocus() and field.isModified()
                if field.text() != value and not (is_typed or self._is_refused):
                    field.setText(value)
            case Words():
                if field.toPlainText() != value and not (field.hasFocus() or self._is_refused):
                    field.setPlainText(value)
        field.blockSignals(False)

    def show_refused(self) -> None:
        """What was typed was refused: it stays there, to be mended."""
        self._is_refused = True

    def show_found(self, is_found: bool) -> None:
        """Marked as what a search led to: a bar at its beginning."""
        self.is_found = is_found
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.is_found:
            painter, is_mirrored = QPainter(self), self.isRightToLeft()
            bar = QRect(0, 0, BAR_WIDTH, self.height())
            bar.moveLeft(self.width() - BAR_WIDTH if is_mirrored else 0)
            painter.fillRect(bar, QColor(tokens(self.palette()).accent))

    # --- making ---

    def _laid_out(self) -> QVBoxLayout:
        what = label(self.what, "dim")
        if isinstance(self._field, QCheckBox):
            self._field.setText(self.shown.name)
            return column(row(self._field, None, self._mark), what, space=2)
        name = label(self.shown.name, wraps=False)
        name.setBuddy(self._field)
        if isinstance(self._field, Words | QLineEdit):
            return column(row(name, None, self._mark), self._field, what, space=2)
        self._field.setMinimumWidth(FIELD_WIDTH)
        return column(row(name, None, self._mark, self._field), what, space=2)

    def _default_words(self) -> str:
        value = KNOWN[self.key].default
        if self.shown.shape is Shape.CHECK:
            return tr("on") if value == "yes" else tr("off")
        if words := dict(self.shown.choices).get(value):
            return words
        unit = self.shown.unit if self.shown.shape is Shape.NUMBER else ""
        return " ".join(filter(None, (value, unit))) or tr("empty")

    def _make_field(self) -> Field:
        match self.shown.shape:
            case Shape.CHECK:
                box = QCheckBox()
                box.toggled.connect(lambda on: self._tell("yes" if on else "no"))
                return box
            case Shape.CHOICE:
                return self._make_combo()
            case Shape.TEXT:
                line = QLineEdit()
                line.setPlaceholderText(self.shown.unit)
                line.editingFinished.connect(lambda: self._tell(line.text().strip()))
                return line
            case Shape.LINES:
                words = Words()
                words.setPlaceholderText(self.shown.unit)
                words.left.connect(lambda: self._tell(words.toPlainText().strip()))
                return words
            case _:
                spin = number(self.shown.name, *_range(self.key), self.shown.unit)
                spin.valueChanged.connect(lambda n: self._tell(str(n)))
                return spin

    def _make_combo(self) -> QComboBox:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in self.shown.choices:
            combo.addItem(text, value)
        longest = max((len(text) for _, text in self.shown.choices), default=0)
        combo.setMinimumContentsLength(min(longest, LETTERS))
        combo.currentIndexChanged.connect(lambda _: self._tell(str(combo.currentData())))
        return combo

    # --- telling ---

    def _tell(self, value: str) -> None:
        if value != self._kept:
            self._kept, self._is_refused = value, False
            self.chosen.emit(self.key, value)

    def _go_back(self) -> None:
        self._is_refused = False
        self._field.setFocus()
        self.chosen.emit(self.key, "")


def _range(key: str) -> tuple[int, int]:
    """The bounds that the engine knows: "int:LOW:HIGH"."""
    _, low, high = KNOWN[key].allowed[0].split(":")
    return int(low), int(high)
