"""When a reply leaves: at once, or at a typed time with "drop it if they write first"."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import label, now_ms, push, row, tool, when
from socialdesk.ui.inbox.questions import snooze_choices
from socialdesk.ui.palette import Picker, ask


def ask_time(title: str, chosen: Callable[[int], None], parent: QWidget) -> Picker:
    """A preset or a typed time, shown as it is understood while it is typed; ms UTC."""
    return ask(
        title,
        tr("2h, tomorrow 9, fri, 24.12 10:00"),
        lambda typed: snooze_choices(typed, now_ms()),
        chosen,
        parent,
        tr("Not understood. Write it like this: 2h, tomorrow 9, fri"),
    )


class ScheduleLine(QFrame):
    """Shown when the reply has a time. `changed`: another time, or none, or the choice below it."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._at = 0
        self._text = label(wraps=False)
        self._drop = QCheckBox(tr("Drop it if they write first"))
        self._drop.setChecked(True)
        self._drop.toggled.connect(lambda _: self.changed.emit())
        change = push(tr("Change time"), self.open, kind="link")
        away = tool(tr("Send it at once instead"), lambda: self.set_time(0), "x")
        self.setProperty("bar", "accent")
        self.setLayout(row(self._text, self._drop, None, change, away, space=14, margin=6))
        self.hide()

    @property
    def at(self) -> int:
        """ms UTC; 0 = at once."""
        return self._at

    @property
    def is_dropped_if_written(self) -> bool:
        return self._drop.isChecked()

    def load(self, at: int, is_dropped_if_written: bool) -> None:
        """Of a draft."""
        self._drop.blockSignals(True)
        self._drop.setChecked(is_dropped_if_written)
        self._drop.blockSignals(False)
        self._show(at)

    def open(self) -> None:
        """Ask when."""
        ask_time(tr("Send this reply at"), self.set_time, self)

    def set_time(self, at: int) -> None:
        """ms UTC; 0 = at once."""
        self._show(at)
        self.changed.emit()

    def _show(self, at: int) -> None:
        self._at = at
        self.setVisible(at > 0)
        passed = 0 < at <= now_ms()
        said = (
            tr("Its time has passed: {when}", when=when(at))
            if passed
            else tr("Leaves at {when}", when=when(at))
        )
        self._text.setText(said)
        self.setAccessibleName(said)
