"""The left side of the incident room: which incident, its phases, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.crisis.crisis_rows import Standing, StepRow
from socialdesk.domain.crisis.incident import Category, Incident, IncidentState
from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.crisis import words
from socialdesk.ui.crisis.table import ROW_PX, Column, Table
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import one_line
from socialdesk.ui.text_size import Px, follow_text
from socialdesk.ui.wrapped import wrap_rows

TAB: Final = Qt.ItemDataRole.UserRole
PATH: Final = (
    IncidentState.SUSPECTED, IncidentState.DECLARED, IncidentState.HOLDING,
    IncidentState.RESPONDING, IncidentState.STAND_DOWN, IncidentState.REVIEW, IncidentState.CLOSED,
)  # fmt: skip
PRESS: Final = (Category.PRESS, Category.AUTHORITY)  # whom the spokesperson answers
NOBODY: Final[Mapping[str, int]] = MappingProxyType({})
WIDTH, WIDEST = 250, 300  # px
STATE_PX = 118  # the longest state, in any language, in bold


@frozen
class Next:
    """One thing to do, and the tab where it is done."""

    text: str
    tab: str


class NextList(QListWidget):
    """`chosen(tab)`: Enter, or a click."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What to do next"))
        wrap_rows(self)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(TAB)))

    def show_next(self, things: Sequence[Next]) -> None:
        if [t.tab for t in things] == [self.item(n).data(TAB) for n in range(self.count())]:
            for n, thing in enumerate(things):
                self.item(n).setText(thing.text)
            self.scheduleDelayedItemsLayout()  # a wider countdown may need one line more
            return
        self.clear()
        for thing in things:
            entry = QListWidgetItem(thing.text)
            entry.setData(TAB, thing.tab)
            self.addItem(entry)
        if things:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = press_of(event)
        entry = self.currentItem()
        if press == "Enter" and entry is not None:
            self.chosen.emit(entry.data(TAB))
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """`incident_chosen(id)`, `tab_asked(key)`."""

    incident_chosen = Signal(object)
    tab_asked = Signal(str)

    def __init__(self, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("pane", "views")
        columns = (
            Column(tr("Incident"), words.name_of, least=60),
            Column(tr("State"), lambda i: words.state_word(i.state), STATE_PX, _tone),
        )
        self.incidents = Table(tr("Incidents"), columns, lambda i: i.id, self)
        self.incidents.moved.connect(self._on_incident)
        self._phases = label(wraps=False)
        self.next = NextList()
        self.next.chosen.connect(self.tab_asked)
        head = label(tr("What to do next"), "strong", wraps=False)
        head.setBuddy(self.next)
        layout = column(
            label(tr("Incidents"), "title", wraps=False), self.incidents, self._phases, head,
            self.next, space=8, margin=12,
        )  # fmt: skip
        layout.setStretchFactor(self.incidents, 1)
        layout.setStretchFactor(self.next, 1)
        self.setLayout(layout)
        follow_text(self, self._lay_out)
        self.next.setProperty("framed", "yes")
        self._told = 0

    def _lay_out(self, px: Px) -> None:
        """Large text leaves more of the window to the incident itself."""
        self.setFixedWidth(min(px(WIDTH), WIDEST))
        self.incidents.setMaximumHeight(px(7 * ROW_PX))

    def show_incidents(self, incidents: Sequence[Incident]) -> None:
        """Open ones first, then newest first."""
        order = sorted(incidents, key=lambda i: (not i.is_open, -i.id))
        self.incidents.show_rows(order)

    def choose(self, incident_id: int) -> None:
        self.incidents.choose(incident_id)

    def show_phases(self, incident: Incident) -> None:
        """Where it stands on the way; ✓ passed, ● here, ○ to come."""
        self._phases.setText(phase_words(incident))
        self._phases.setAccessibleName(tr("Phases"))

    def _on_incident(self) -> None:
        found = self.incidents.current()
        if found is not None and found.id != self._told:
            self._told = found.id
            self.incident_chosen.emit(found.id)


def phase_words(incident: Incident) -> str:
    """The way of an incident, a line a state."""
    if incident.state is IncidentState.DISMISSED:
        return f"● {words.state_word(IncidentState.DISMISSED)}"
    at = PATH.index(incident.state)
    marks = ["✓" if n < at else "●" if n == at else "○" for n in range(len(PATH))]
    return "\n".join(f"{m} {words.state_word(s)}" for m, s in zip(marks, PATH, strict=True))


def next_things(
    standing: Standing,
    steps: Sequence[StepRow],
    n_untold: int,
    now: int,
    waiting: Mapping[str, int] = NOBODY,
) -> list[Next]:
    """What to do next, the most pressing first. `waiting`: category → linked mentions that need a
    reply."""
    incident, state = standing.incident, IncidentState
    due_at, things = words.next_due(standing), []
    if n := waiting.get(Category.SAFETY.value, 0):
        said = trn("Answer {n} safety report at once", "Answer {n} safety reports at once", n)
        things.append(Next(said, "mentions"))
    match incident.state:
        case state.SUSPECTED:
            things.append(Next(tr("Decide: declare it, or dismiss it"), "overview"))
            things.append(Next(tr("Look at what is linked"), "mentions"))
            return things
        case state.DECLARED:
            said = tr("Write the first statement: {time}", time=words.left(due_at, now))
            things.append(Next(said, "texts"))
        case state.HOLDING | state.RESPONDING if due_at:
            said = tr("Publish the next update: {time}", time=words.left(due_at, now))
            things.append(Next(said, "texts"))
        case state.REVIEW:
            things.append(Next(tr("Write the review"), "review"))
    if n := sum(waiting.get(category.value, 0) for category in PRESS):
        said = trn("Spokesperson: answer {n} mention of the press",
                   "Spokesperson: answer {n} mentions of the press", n)  # fmt: skip
        things.append(Next(said, "mentions"))
    late = [s for s in steps if not s.done_at and not s.skipped_why]
    if late and incident.is_locking:
        first = min(late, key=lambda s: s.due_at or 1 << 62)
        time = f" ({words.left(first.due_at, now)})" if first.due_at else ""
        things.append(Next(one_line(first.text) + time, "steps"))
    if standing.n_held:
        n = standing.n_held
        things.append(Next(trn("Decide about {n} held reply", "Decide about {n} held replies", n),
                           "held"))  # fmt: skip
    if n_untold:
        things.append(Next(trn("Tell {n} audience", "Tell {n} audiences", n_untold), "audiences"))
    if incident.state is state.HOLDING:
        things.append(Next(tr("Then begin responding"), "overview"))
    if incident.state is state.RESPONDING:
        things.append(Next(tr("See what stand-down waits for"), "overview"))
    if incident.state is state.STAND_DOWN:
        things.append(Next(tr("Watch; the review begins after the quiet time"), "mentions"))
    return things


def _tone(incident: Incident) -> str:
    if incident.is_locking:
        return "danger"
    return "warn" if incident.state is IncidentState.SUSPECTED else "dim"
