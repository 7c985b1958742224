"""Seven lines of hours: one a day, as one types them."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from socialdesk.engine.words.dues import weekdays
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import label


class WeekLines(QWidget):
    """`changed()`: a line was left, or Enter pressed. `empty`: what an empty line means."""

    changed = Signal()

    def __init__(self, name: str, empty: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._fields: list[QLineEdit] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for n, day in enumerate(weekdays()):
            field = QLineEdit(self)
            field.setAccessibleName(tr("{name}, {day}", name=name, day=day))
            field.setPlaceholderText(empty)
            field.editingFinished.connect(self._on_left)
            word = label(day, wraps=False)
            word.setBuddy(field)
            grid.addWidget(word, n, 0)
            grid.addWidget(field, n, 1)
            self._fields.append(field)
        grid.setColumnStretch(1, 1)
        self._last = self.texts()

    def texts(self) -> tuple[str, ...]:
        """Monday to Sunday, as typed."""
        return tuple(field.text().strip() for field in self._fields)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Without telling."""
        for field, text in zip(self._fields, texts, strict=True):
            if field.text() != text:
                with QSignalBlocker(field):
                    field.setText(text)
        self._last = self.texts()

    def _on_left(self) -> None:
        if self.texts() != self._last:
            self._last = self.texts()
            self.changed.emit()
