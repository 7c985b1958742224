"""One line of the settings: its name, its field, what it does; saved when it changes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QSpinBox, QWidget

from socialdesk.engine.settings import KNOWN
from socialdesk.ui.compose.parts import column, label, number, row
from socialdesk.ui.settings.choices import Shown

FIELD_WIDTH = 220  # px, so that the fields stand in a column


class SettingLine(QFrame):
    """`chosen(key, value)`: a person changed it. `show_value` does not tell."""

    chosen = Signal(str, str)

    def __init__(self, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self._shown = shown.key, shown
        self._field = self._make_field()
        self._field.setAccessibleName(shown.name)
        self._field.setAccessibleDescription(shown.what)
        what = label(shown.what, "dim")
        if isinstance(self._field, QCheckBox):
            self._field.setText(shown.name)
            self.setLayout(column(self._field, what, space=2))
            return
        name = label(shown.name, wraps=False)
        name.setBuddy(self._field)
        self._field.setMinimumWidth(FIELD_WIDTH)
        self.setLayout(column(row(name, None, self._field), what, space=2))

    def matches(self, typed: str) -> bool:
        """Whether somebody who types this looks for it."""
        words = [self._shown.name, self._shown.what, *(text for _, text in self._shown.choices)]
        text = "\n".join(words).casefold()
        return all(word in text for word in typed.casefold().split())

    def show_value(self, value: str) -> None:
        """What is stored, or the default."""
        field = self._field
        field.blockSignals(True)
        if isinstance(field, QCheckBox):
            field.setChecked(value == "yes")
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(value)))
        elif value.isdecimal():
            field.setValue(int(value))
        field.blockSignals(False)

    def _make_field(self) -> QCheckBox | QComboBox | QSpinBox:
        choices = self._shown.choices
        if [value for value, _ in choices] == ["no", "yes"]:
            box = QCheckBox()
            box.toggled.connect(lambda on: self.chosen.emit(self.key, "yes" if on else "no"))
            return box
        if choices:
            combo = QComboBox()
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            for value, text in choices:
                combo.addItem(text, value)
            combo.currentIndexChanged.connect(
                lambda _: self.chosen.emit(self.key, str(combo.currentData()))
            )
            return combo
        spin = number(self._shown.name, *_range(self.key), self._shown.unit)
        spin.valueChanged.connect(lambda n: self.chosen.emit(self.key, str(n)))
        return spin


def _range(key: str) -> tuple[int, int]:
    """The bounds that the engine knows: "int:LOW:HIGH"."""
    _, low, high = KNOWN[key].allowed[0].split(":")
    return int(low), int(high)
