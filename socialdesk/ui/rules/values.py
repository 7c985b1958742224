"""The field for the value of a condition: typed, chosen, a span, or days and a clock."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from socialdesk.domain.rules.rule import ALL_DAYS, DAY_MIN, FLAGS, OPEN_END, SPANS, TEXTS, Field
from socialdesk.engine.words.rules import day_names
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, row
from socialdesk.ui.rules.known import Known
from socialdesk.ui.rules.names import choices, explained, field_name, hint

Value = str | int
MOST = 1_000_000_000
_NO_BUTTONS = "::up-button, ::down-button { width: 0; height: 0; border: 0 }"
DAY_PAD = 6  # px, so that a week fits beside its condition
SHOWN = 3  # chosen ones that are named on the button


class ValueField(QWidget):
    """`changed`: somebody typed or chose."""

    changed = Signal()

    def values(self) -> tuple[Value, ...]:
        """As `domain/rules/rule.py` says for the field; () while nothing is filled in."""
        return ()

    def show_values(self, values: Sequence[Value]) -> None:
        """What is stored."""


def value_field(field: Field, known: Known) -> ValueField:
    """The widget for the value of a condition."""
    if field in FLAGS:
        return ValueField()
    if field in TEXTS or field is Field.HANDLE:
        return TextField(field)
    if field in SPANS:
        return SpanField(field)
    return TimeField() if field is Field.TIME else ChoiceField(field, known)


class TextField(ValueField):
    """Words by commas (stored a line each), a regular expression, handles."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint(field))
        self.edit.setAccessibleName(field_name(field))
        self.edit.setAccessibleDescription(explained(field))
        self.edit.setToolTip(explained(field))
        self.edit.textEdited.connect(lambda _: self.changed.emit())
        self.setLayout(row(self.edit))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.edit.setFocus(reason)

    def values(self) -> tuple[Value, ...]:
        text = self.edit.text()
        if self._field is Field.PATTERN:
            return (text,) if text else ()
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if self._field is Field.HANDLE:
            return tuple(parts)
        return ("\n".join(parts),) if parts else ()

    def show_values(self, values: Sequence[Value]) -> None:
        lines = [line for value in values for line in str(value).splitlines()]
        text = str(values[0]) if self._field is Field.PATTERN and values else ", ".join(lines)
        if text != self.edit.text():
            self.edit.setText(text)


class ChoiceField(ValueField):
    """Any of several, from a menu; what is stored and no longer offered stays chosen."""

    def __init__(self, field: Field, known: Known) -> None:
        super().__init__()
        self._field = field
        self._chosen: list[Value] = []
        self._names = dict(choices(field, known))
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setStyleSheet("text-align: left")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)
        self.setLayout(row(self.button))
        self._show()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.button.setFocus(reason)

    def values(self) -> tuple[Value, ...]:
        return tuple(self._chosen)

    def show_values(self, values: Sequence[Value]) -> None:
        self._chosen = list(values)
        self._show()

    def turn(self, value: Value, *, is_on: bool) -> None:
        """Choose one, or no longer."""
        rest = [v for v in self._chosen if v != value]
        self._chosen = [*rest, value] if is_on else rest
        self._show()
        self.changed.emit()

    def _fill(self) -> None:
        self._menu.clear()
        offered = self._names | {v: str(v) for v in self._chosen if v not in self._names}
        for value, name in offered.items():
            entry = QAction(name.replace("&", "&&"), self._menu, checkable=True)
            entry.setChecked(value in self._chosen)
            entry.toggled.connect(lambda on, value=value: self.turn(value, is_on=on))
            self._menu.addAction(entry)
        if not offered:
            self._menu.addAction(tr("There is none yet")).setEnabled(False)

    def _show(self) -> None:
        names = [self._names.get(v, str(v)) for v in self._chosen]
        rest = len(names) - SHOWN
        shown = ", ".join(names[:SHOWN]) + (f" +{rest}" if rest > 0 else "")
        text = shown or tr("Choose…")
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(f"{field_name(self._field)}: {text}")


class SpanField(ValueField):
    """From – to; either may be left open."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        most = 5 if field is Field.STARS else MOST
        self.low = _open_number(tr("{what}, at least", what=field_name(field)), most)
        self.high = _open_number(tr("{what}, at most", what=field_name(field)), most)
        for spin in (self.low, self.high):
            spin.valueChanged.connect(lambda _: self.changed.emit())
        self.setToolTip(explained(field))
        line = row(label(tr("at least"), "dim", wraps=False), self.low,
                   label(tr("at most"), "dim", wraps=False), self.high)  # fmt: skip
        line.setStretch(1, 1)
        line.setStretch(3, 1)
        self.setLayout(line)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.low.setFocus(reason)

    def values(self) -> tuple[Value, ...]:
        return self.low.value(), self.high.value()

    def show_values(self, values: Sequence[Value]) -> None:
        for spin, value in zip((self.low, self.high), values, strict=False):
            spin.blockSignals(True)
            spin.setValue(int(value))
            spin.blockSignals(False)


class TimeField(ValueField):
    """Weekdays and a clock range; one that ends before it begins goes over midnight."""

    def __init__(self) -> None:
        super().__init__()
        self.days = [_day(name) for name in day_names()]
        self.start = _clock(tr("From"))
        self.end = _clock(tr("Until"))
        self.start.setTime(QTime(18, 0))
        self.end.setTime(QTime(8, 0))
        for day in self.days:
            day.setChecked(True)
            day.toggled.connect(lambda _: self.changed.emit())
        for edit in (self.start, self.end):
            edit.timeChanged.connect(lambda _: self.changed.emit())
        self.setToolTip(explained(Field.TIME))
        dash = label("–", "dim", wraps=False)
        self.setLayout(column(
            row(*self.days, None, space=2), row(self.start, dash, self.end, None, space=6), space=4
        ))  # fmt: skip

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.days[0].setFocus(reason)

    def values(self) -> tuple[Value, ...]:
        days = sum(1 << n for n, day in enumerate(self.days) if day.isChecked())
        return days, _minute(self.start), _minute(self.end) or DAY_MIN

    def show_values(self, values: Sequence[Value]) -> None:
        days, start, end = (int(v) for v in values) if len(values) == 3 else (ALL_DAYS, 1080, 480)
        for n, day in enumerate(self.days):
            day.blockSignals(True)
            day.setChecked(bool(days >> n & 1))
            day.blockSignals(False)
        for edit, minute in ((self.start, start), (self.end, end % DAY_MIN)):
            edit.blockSignals(True)
            edit.setTime(QTime(minute // 60, minute % 60))
            edit.blockSignals(False)


def _open_number(name: str, most: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(OPEN_END, most)
    spin.setValue(OPEN_END)
    spin.setSpecialValueText(tr("any"))
    spin.setGroupSeparatorShown(True)
    spin.setAccessibleName(name)
    spin.setStyleSheet(f"QSpinBox{_NO_BUTTONS}".replace(", ::", ", QSpinBox::"))
    spin.lineEdit().setStyleSheet("border: 0; padding: 0 8px; background: transparent")
    return spin


def _day(name: str) -> QToolButton:
    made = QToolButton()
    made.setText(name)
    made.setAccessibleName(name)
    made.setCheckable(True)
    made.setStyleSheet(f"padding: 5px {DAY_PAD}px")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _clock(name: str) -> QTimeEdit:
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    made.setAccessibleName(name)
    made.setStyleSheet(f"QTimeEdit{_NO_BUTTONS}".replace(", ::", ", QTimeEdit::"))
    made.lineEdit().setStyleSheet("border: 0; padding: 0 8px; background: transparent")
    return made


def _minute(edit: QTimeEdit) -> int:
    return edit.time().hour() * 60 + edit.time().minute()
