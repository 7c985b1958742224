"""When the next update comes: one key each, or typed; R22 is shown at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.domain.crisis.statement import StatementKind, next_update_fault
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.compose.schedule import ask_time
from socialdesk.ui.plain import dress
from socialdesk.ui.words import moment, span

STEPS_MIN = (5, 10, 15, 30, 60, 120, 240, 480, 960)
N_STEPS = 3
FIRST_KEY = 7  # F7, F8, F9: digits with Ctrl go to the tabs of the room
LOOK_MS = 10_000  # a time that lies ahead now may be past soon


class NextUpdate(QFrame):
    """`chosen(at)`: ms UTC."""

    chosen = Signal(object)

    def __init__(self, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, self._limit_min, self._severity = now, 30, 1
        self._kind, self._at = StatementKind.FIRST, 0
        self._said, self._fault = label(tone="strong"), label(tone="danger")
        self._keys: list[QPushButton] = [
            push("", partial(self.press, n)) for n in range(N_STEPS)
        ]  # fmt: skip
        self._other = push(tr("Another time…"), self.ask, kind="link")
        self.setLayout(column(label(tr("Next update in"), "dim"), row(*self._keys, None, space=6),
                              row(self._said, self._other), self._fault, space=4))  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._show)
        self.hide()  # its buttons have no words before `show_time`

    @property
    def fault(self) -> str:
        """The sentence of R22; "" when the time will do."""
        return "" if self._fault.isHidden() else self._fault.text()

    def show_time(self, kind: str, at: int, limit_min: int, severity: int) -> None:
        """Hidden for the kinds that promise nothing."""
        self._kind, self._at = StatementKind(kind), at
        self._limit_min, self._severity = limit_min, severity
        fault = next_update_fault(self._kind, 0, 0, limit_min)
        self.setVisible(bool(fault))
        if not fault:
            self._timer.stop()
            return
        for n, (button, minutes) in enumerate(zip(self._keys, self.steps(), strict=False)):
            words = span(minutes * MINUTE_MS)
            button.setText(f"{words} F{FIRST_KEY + n}")
            button.setAccessibleName(tr("Next update in {span}", span=words))
        for n, button in enumerate(self._keys):
            button.setVisible(n < len(self.steps()))
        self._timer.start()
        self._show()

    def steps(self) -> list[int]:
        """The minutes behind the keys, the longest that is allowed last."""
        return [minutes for minutes in STEPS_MIN if minutes <= self._limit_min][-N_STEPS:]

    def press(self, number: int) -> None:
        """One of the keys; nothing where there is none."""
        steps = self.steps()
        if not self.isHidden() and number < len(steps):
            whole_minutes = (self._now() // MINUTE_MS + steps[number]) * MINUTE_MS
            self._take(whole_minutes)

    def ask(self) -> None:
        """A typed time."""
        ask_time(tr("Next update at"), self._take, self)

    def _take(self, at: int) -> None:
        self._at = at
        self._show()
        self.chosen.emit(at)

    def _show(self) -> None:
        now = self._now()
        fault = next_update_fault(self._kind, self._at, now, self._limit_min)
        said = tr("Not chosen")
        if self._at > now:
            left = span(self._at - now)
            said = tr("{time}, in {left}", time=moment(self._at, now), left=left)
        elif self._at:
            said = moment(self._at, now)
        self._said.setText(said)
        dress(self._said, "tone", "danger" if fault else "strong")
        facts: dict[str, str | int] = {"why": fault, "m": self._limit_min, "n": self._severity}
        self._fault.setText(refusal_sentence("R22", facts).text if fault else "")
        self._fault.setVisible(bool(fault))
        self.setAccessibleName(tr("Next update: {when}", when=f"{said} {self.fault}".strip()))
