"""The bar that stands in every window while an incident is open: what, how bad, what is due when,
and the ways on. Words say everything that its colour says."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.ui.crisis import words
from socialdesk.ui.crisis.watch import StandingWatch
from socialdesk.ui.plain import Elided, chip, dress, label
from socialdesk.ui.words import day

OPEN: Final = "open"
DECLARE: Final = "declare"
DISMISS: Final = "dismiss"
ACTS: Final = (OPEN, DECLARE, DISMISS)
_TONES: Final = {
    IncidentState.SUSPECTED: "warn", IncidentState.STAND_DOWN: "warn",
    IncidentState.REVIEW: "accent",
}  # fmt: skip


class Banner(QFrame):
    """`asked(act, incident id)`: of ACTS. Hidden while nothing is open. `is_wall`: no buttons, for
    a screen nobody sits at."""

    asked = Signal(str, object)

    def __init__(
        self, desk: Desk, now: Callable[[], int], parent: QWidget, *, is_wall: bool = False
    ) -> None:
        super().__init__(parent)
        self._now, self._is_wall, self._said = now, is_wall, ""
        self.watch = StandingWatch(desk, now, self)
        self._badge = chip("", "danger", self)
        self._code = label(parent=self, tone="strong")
        self._text = Elided(self)
        self._due = label(parent=self, tone="strong")
        self._more = chip("", "plain", self)
        self._buttons = {act: self._button(act) for act in ACTS}
        self._lay_out()
        self.watch.changed.connect(self._show)
        self.watch.ticked.connect(self._show_due)
        self.translate()
        self.hide()

    def _button(self, act: str) -> QPushButton:
        made = QPushButton(self)
        made.setAutoDefault(False)
        if act == DECLARE:
            made.setProperty("kind", "danger")
        made.clicked.connect(lambda: self._ask(act))
        return made

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 16, 5)
        layout.setSpacing(10)
        layout.addWidget(self._badge)
        layout.addWidget(self._code)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._due)
        layout.addWidget(self._more)
        for button in self._buttons.values():
            layout.addWidget(button)

    @property
    def worst(self) -> Standing | None:
        return self.watch.standings[0] if self.watch.standings else None

    def translate(self) -> None:
        """The texts in the language in use."""
        names = {OPEN: tr("Look…"), DECLARE: tr("Declare…"), DISMISS: tr("Dismiss…")}
        for act, button in self._buttons.items():
            button.setText(names[act])
            button.setAccessibleName(names[act])
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.translate()

    def _ask(self, act: str) -> None:
        if self.worst is not None:
            self.asked.emit(act, self.worst.incident.id)

    def _show(self) -> None:
        standing = self.worst
        self.setVisible(standing is not None)
        if standing is None:
            self._said = ""
            return
        incident, state = standing.incident, standing.incident.state
        tone = _TONES.get(state, "danger")
        dress(self, "bar", tone)
        self._badge.setText(_badge(standing))
        dress(self._badge, "chip", tone)
        self._code.setText(incident.code)
        self._text.setText(_text(standing, self._now()))
        n_more = len(self.watch.standings) - 1
        self._more.setVisible(n_more > 0)
        self._more.setText(trn("+{n} open", "+{n} open", n_more))
        is_suspected = state is IncidentState.SUSPECTED
        for act, button in self._buttons.items():
            button.setVisible(not self._is_wall and (is_suspected or act == OPEN))
        self._show_due()
        self._tell(standing)

    def _show_due(self) -> None:
        """Only the countdown moves between two readings."""
        standing = self.worst
        due_at = words.next_due(standing) if standing else 0
        self._due.setVisible(due_at > 0)
        if standing is None or not due_at:
            return
        now = self._now()
        time = words.left(due_at, now)
        self._due.setText(tr("{what}: {time}", what=words.due_name(standing), time=time))
        dress(self._due, "tone", "danger" if due_at <= now or standing.is_late else "strong")

    def _tell(self, standing: Standing) -> None:
        """To a screen reader, once per change of what it says; a countdown is not read out."""
        said = ", ".join((_badge(standing), standing.incident.code, self._text.text()))
        self.setAccessibleName(said)
        if said != self._said:
            self._said = said
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _badge(standing: Standing) -> str:
    incident = standing.incident
    drill = tr("DRILL") if incident.is_drill else ""
    state = words.state_word(incident.state)
    if not incident.severity:
        return " · ".join(filter(None, (drill, state)))
    severity = words.severity_word(incident.severity)
    return " · ".join(filter(None, (drill, severity, state)))


def _text(standing: Standing, now: int) -> str:
    incident = standing.incident
    name = words.name_of(incident)
    match incident.state:
        case IncidentState.SUSPECTED:
            n = standing.n_mentions
            said = trn(
                "{what} · {n} mention linked · nothing is locked",
                "{what} · {n} mentions linked · nothing is locked",
                n,
                what=name,
            )
        case IncidentState.STAND_DOWN:
            said = tr("{what} · linked mentions and planned posts stay locked", what=name)
        case IncidentState.REVIEW:
            due = day(incident.review_due_at, now) if incident.review_due_at else ""
            said = tr("{what} · review due {day}", what=name, day=due) if due else name
        case _:
            said = name
    if standing.n_held and incident.state is not IncidentState.SUSPECTED:
        held = trn("{n} reply held", "{n} replies held", standing.n_held)
        said = f"{said} · {held}"
    return said  # fmt: skip
