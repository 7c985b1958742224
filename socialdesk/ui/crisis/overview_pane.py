"""The overview: state, severity, age, next promise, roles, strategy; what the next state
waits for; and every step from one state to the next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from socialdesk.domain.crisis.crisis_rows import FlightRow, Standing
from socialdesk.domain.crisis.incident import (
    MAX_STRETCH,
    Cluster,
    Incident,
    IncidentState,
    Role,
    Severity,
    Strategy,
)
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.crisis import ChangeIncident, MoveIncident
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.queries.crisis import (
    ListInFlight,
    WhatClosingWaitsFor,
    WhatStandDownWaitsFor,
)
from socialdesk.engine.words.waits import QUIET, usual_number, wait_words
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row
from socialdesk.ui.crisis import words
from socialdesk.ui.crisis.ask_sheets import Choices, Sheet, ask_change, ask_words
from socialdesk.ui.crisis.declared import outcome_word
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import isolated
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.text_size import follow_text
from socialdesk.ui.words import age, moment

NAME_PX, VALUE_PX = 280, 200  # px; a longer name wraps, a value takes more where there is room
LINES = ("title", "severity", "strategy", "cluster", "gap_min")
TOLD = ("age", "numbers", "flight")  # lines that nobody changes
ROLES = tuple(f"role:{role.value}" for role in Role)
ENDED = frozenset({IncidentState.CLOSED, IncidentState.DISMISSED})


class OverviewPane(QWidget):
    """`declare_asked()`, `dismiss_asked()`: of a suspected incident. `tab_asked(key)`."""

    declare_asked = Signal()
    dismiss_asked = Signal()
    tab_asked = Signal(str)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._incident: Incident | None = None
        self._standing: Standing | None = None
        self._people: dict[int, str] = {}
        self._put_away: frozenset[int] = frozenset()
        notice = NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        self._values: dict[str, QLabel] = {}
        self._changes: dict[str, QPushButton] = {}
        self._waits, self._clock = label(), label(tone="heading", wraps=False)
        self._waiting = label(tone="strong", wraps=False)  # what waits
        self._acts = row(space=8)
        self._buttons: list[QPushButton] = []  # of the acts
        self.setLayout(column(notice, self._whole(), space=0))

    def _whole(self) -> ScrollArea:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for n, key in enumerate(LINES + TOLD + ROLES):
            self._line(grid, n, key)
        grid.setColumnMinimumWidth(1, VALUE_PX)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 1)
        self._lines = column(
            self._clock, self._acts, self._waiting, self._waits,
            label(tr("How it is led"), "strong", wraps=False), grid, None, space=10, margin=14,
        )  # fmt: skip
        inner = QWidget()
        inner.setLayout(self._lines)
        names = [self._name(key) for key in LINES + TOLD + ROLES]
        follow_text(inner, lambda _: grid.setColumnMinimumWidth(0, _width(names, inner)))
        scroll = ScrollArea()
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "none")
        return scroll

    def _line(self, grid: QGridLayout, n: int, key: str) -> None:
        name = self._name(key)
        value = self._values[key] = label()
        grid.addWidget(label(name, "dim"), n, 0)
        grid.addWidget(value, n, 1)
        if key not in TOLD:
            button = push(tr("Change…"), partial(self._ask_change, key), kind="link")
            button.setAccessibleName(tr("Change: {what}", what=name))
            self._changes[key] = button
            grid.addWidget(button, n, 2)

    def _name(self, key: str) -> str:
        own = {"age": tr("Since"), "numbers": tr("Numbers"), "flight": tr("On the wire then")}
        return own.get(key) or words.field_word(key)

    # --- showing ---

    def show_incident(self, incident: Incident, standing: Standing | None = None) -> None:
        """`standing`: while it is open."""
        self._incident, self._standing = incident, standing
        self.talk.ask(ListPeople(with_put_away=True), self._take_people)
        self.talk.ask(ListInFlight(incident.id), self._show_flight)
        if incident.state in ENDED or incident.state is IncidentState.SUSPECTED:
            self._show_waits([])
        elif incident.state is IncidentState.REVIEW:
            self.talk.ask(WhatClosingWaitsFor(incident.id), self._show_waits)
        else:
            self.talk.ask(WhatStandDownWaitsFor(incident.id), self._show_waits)
        self._show()
        self._show_acts(incident)
        self.tick()

    def tick(self) -> None:
        """A second passed."""
        due_at = words.next_due(self._standing) if self._standing else 0
        if self._standing is None or not due_at:
            self._clock.setText("")
            self._clock.setVisible(False)
            return
        time = words.left(due_at, self._now())
        name = words.due_name(self._standing)
        self._clock.setText(tr("{what}: {time}", what=name, time=time))
        self._clock.setVisible(True)

    def _take_people(self, people: list[PersonRow]) -> None:
        self._people = {p.id: p.name for p in people}
        self._put_away = frozenset(p.id for p in people if p.is_put_away)
        self._show()

    def _show(self) -> None:
        incident = self._incident
        if incident is None:
            return
        gap = incident.gap_min or incident.pace.gap_min
        shown = {
            "title": words.name_of(incident),
            "severity": words.severity_word(incident.severity),
            "strategy": words.strategy_word(incident.strategy),
            "cluster": words.cluster_word(incident.cluster) or "—",
            "gap_min": tr("{n} min", n=gap),
            "age": self._since(incident),
            "numbers": self._numbers(incident),
        }
        for role in Role:
            person = self._people.get(incident.roles.get(role.value, 0), "")
            shown[f"role:{role.value}"] = isolated(person) if person else tr("Nobody yet")
        for key, text in shown.items():
            self._values[key].setText(text)
        for button in self._changes.values():
            button.setEnabled(incident.is_open and incident.state is not IncidentState.SUSPECTED)

    def _since(self, incident: Incident) -> str:
        now, at = self._now(), incident.declared_at or incident.suspected_at
        if not at:
            return "—"
        return tr("{moment} ({age})", moment=moment(at, now), age=age(at, now))

    def _numbers(self, incident: Incident) -> str:
        usual = tr("usual: {n} in 15 min", n=usual_number(incident.baseline_15m))
        if self._standing is None:
            return usual
        n_linked, n_held = self._standing.n_mentions, self._standing.n_held
        linked = trn("{n} mention linked", "{n} mentions linked", n_linked)
        held = trn("{n} reply held", "{n} replies held", n_held)
        return " · ".join((linked, held, usual))

    def _show_flight(self, rows: list[FlightRow]) -> None:
        """What had left when it was declared, by name and outcome."""
        named = [f"{isolated(r.to)}: {outcome_word(r)}" for r in rows]
        self._values["flight"].setText("\n".join(named) if named else tr("Nothing"))

    def _show_waits(self, waits: list[tuple[str, int]]) -> None:
        """What the next state waits for: a person leads to stand-down and to the end, the quiet
        alone to the review."""
        match self._incident.state if self._incident else IncidentState.SUSPECTED:
            case IncidentState.SUSPECTED:
                waiting, nothing = "", tr("It is not declared; nothing is locked.")
            case IncidentState.STAND_DOWN:
                waiting, nothing = tr("The review waits for"), tr("Nothing. It begins by itself.")
                waits = [wait for wait in waits if wait[0] == QUIET]
            case IncidentState.REVIEW:
                waiting, nothing = tr("Closing waits for"), tr("Nothing. It may be closed.")
            case state if state in ENDED:
                waiting, nothing = "", tr("It is over.")
            case _:
                waiting, nothing = tr("Stand-down waits for"), tr("Nothing. It may stand down.")
        self._waiting.setText(waiting)
        self._waiting.setVisible(bool(waiting))
        said = "\n".join(f"• {wait_words(*wait)}" for wait in waits) if waiting else ""
        self._waits.setText(said or nothing)

    # --- acting ---

    def _show_acts(self, incident: Incident) -> None:
        """Made again only when they are others: who has tabbed to one stays there."""
        acts = self._acts_of(incident)
        if [name for name, _, _ in acts] == [button.text() for button in self._buttons]:
            return
        at = self.window().focusWidget()
        had_keys = at in self._buttons
        clear(self._acts)
        self._buttons = [push(name, act, kind=kind) for name, act, kind in acts]
        for button in self._buttons:
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        tab_as_read(self._lines)
        if had_keys:
            self.focus_first()

    def focus_first(self) -> None:
        """The likeliest act; when it is over, what was said of it."""
        able = [b for b in (*self._buttons, *self._changes.values()) if b.isEnabled()]
        for button in able[:1]:
            button.setFocus()

    def _acts_of(self, incident: Incident) -> list[tuple[str, Callable[[], None], str]]:
        move, state = self._move, IncidentState
        texts = tr("To the statements"), partial(self.tab_asked.emit, "texts")
        match incident.state:
            case state.SUSPECTED:
                return [(tr("Declare…"), self.declare_asked.emit, "danger"),
                        (tr("Dismiss…"), self.dismiss_asked.emit, "")]  # fmt: skip
            case state.DECLARED:
                return [(*texts, "primary")]
            case state.HOLDING:
                begin = tr("Begin responding"), partial(move, state.RESPONDING, "")
                none = tr("No serious statement is needed…"), self._ask_none_needed
                is_small = incident.severity is Severity.SEV3
                return [(*begin, "primary"), *([(*none, "")] if is_small else []), (*texts, "")]
            case state.RESPONDING:
                return [(tr("Stand down"), partial(move, state.STAND_DOWN, ""), "primary"),
                        (*texts, "")]  # fmt: skip
            case state.STAND_DOWN:
                return [(tr("Back to responding…"), self._ask_back, ""), (*texts, "")]
            case state.REVIEW:
                return [(tr("To the review"), partial(self.tab_asked.emit, "review"), "primary")]
            case _:
                return []

    def _move(self, state: IncidentState, reason: str, sheet: Sheet | None = None) -> None:
        if self._incident is not None:
            done = sheet.accept if sheet else lambda: None
            self.talk.do(
                MoveIncident(self._incident.id, state.value, reason), lambda _: done(),
            )  # fmt: skip

    def _ask_none_needed(self) -> None:
        ask_words(
            tr("No serious statement is needed"), tr("Why (it stands in the report)"),
            tr("Begin responding"),
            lambda why, sheet: self._move(IncidentState.RESPONDING, why, sheet), self,
        )  # fmt: skip

    def _ask_back(self) -> None:
        ask_words(
            tr("Back to responding"), tr("What happened (the full lock comes back)"),
            tr("Back to responding"),
            lambda why, sheet: self._move(IncidentState.RESPONDING, why, sheet), self,
        )  # fmt: skip

    def _ask_change(self, key: str) -> None:
        incident = self._incident
        if incident is None:
            return

        def change(value: str, reason: str, sheet: Sheet) -> None:
            command = ChangeIncident(incident.id, _field(key), value, reason)
            Talk(self.talk.desk, sheet, sheet.notice).do(command, lambda _: sheet.accept())

        choices, now = self._choices(key, incident)
        ask_change(self._name(key), choices, now, change, self)

    def _choices(self, key: str, incident: Incident) -> tuple[Choices | None, str]:
        """What may be chosen, and what holds now."""
        match key:
            case "severity":
                rated = [s for s in Severity if s]
                said = [(f"{words.severity_word(s)}: {words.severity_means(s)}", str(s.value))
                        for s in rated]  # fmt: skip
                return said, str(incident.severity.value)
            case "strategy":
                return [
                    (words.strategy_word(s), s.value) for s in Strategy
                ], incident.strategy.value
            case "cluster":
                return [(words.cluster_word(c.value), c.value) for c in Cluster], incident.cluster
            case "gap_min":
                own = incident.pace.gap_min
                gaps = [(tr("{n} min", n=own * k), str(own * k)) for k in range(1, MAX_STRETCH + 1)]
                return gaps, str(incident.gap_min or own)
            case "title":
                return None, incident.title
            case _:
                held = incident.roles.get(key.removeprefix("role:"), 0)
                people = [
                    (isolated(name), str(id_))
                    for id_, name in self._people.items()
                    if id_ not in self._put_away
                ]
                return people, str(held)


def _field(key: str) -> str:
    return "commander" if key == f"role:{Role.COMMANDER.value}" else key


def _width(names: Sequence[str], at: QWidget) -> int:
    """px of the longest on one line, where that leaves room for what it names."""
    return min(NAME_PX, max(map(at.fontMetrics().horizontalAdvance, names)) + 2)
