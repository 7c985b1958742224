"""The incident room: which incident and what next at the left, everything about it in tabs."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import AudienceRow, LinkedRow, Standing, StepRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.queue.rows import OutboxRow, PersonRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.queries.crisis import (
    ListAudiences,
    ListIncidents,
    ListLinked,
    ListSteps,
    ReadIncident,
)
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.crisis import words
from socialdesk.ui.crisis.quiet_page import QuietPage
from socialdesk.ui.crisis.rail import Rail, next_things
from socialdesk.ui.crisis.tabs import TABS, IncidentRoom, Tabs
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.watch import StandingWatch
from socialdesk.ui.focus import focus_inside
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import isolated
from socialdesk.ui.timers import once

TELLING: Final = frozenset({Area.INCIDENTS, Area.PROMISES, Area.OUTBOX, Area.PEOPLE, Area.ALL})
READ_MS: Final = 200
COUNT_MS: Final = 1_000  # who waits is counted no more often, however many pages come
KEYS: Final = tuple(tab.key for tab in TABS)
_TAB_KEYS: Final = {f"Ctrl+{n}": key for n, key in enumerate(KEYS[:9], 1)}


class IncidentScreen(QWidget):
    """`mention_asked(id)`: show it in the inbox. `act_asked(act, incident id)`: declare, dismiss.
    `action_asked(id)`: an action of the window, while there is no incident.
    Ctrl+1 … Ctrl+9 go to the tabs, Ctrl+Tab to the next one, Ctrl+R to the report."""

    mention_asked = Signal(object)
    act_asked = Signal(str, object)
    action_asked = Signal(str)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk, self.now = desk, now
        self.incident_id = 0
        self._incident: Incident | None = None
        self._steps: list[StepRow] = []
        self._n_untold, self._here = 0, ""
        self._waiting: Counter[str] = Counter()  # linked mentions that need a reply, by category
        self._panes: dict[str, QWidget] = {}
        self._places: dict[str, QVBoxLayout] = {}
        self._watch = StandingWatch(desk, now, self)
        self._reading = once(self, READ_MS, self._read_all)  # many pages a second are one reading
        self._counting = once(self, COUNT_MS, self._count_waiting)
        self._is_stale = self._wants_focus = False
        self._make()
        Speaker(self, self._make_again)
        self._watch.changed.connect(self._on_standing)
        self._watch.ticked.connect(self._on_tick)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    # --- making ---

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self.talk = Talk(self.desk, self, self._notice)
        self.rail = Rail(self.now, self)
        self.rail.incident_chosen.connect(self._on_chosen)
        self.rail.tab_asked.connect(self.show_tab)
        self._head, self._sub = label(tone="title"), label(tone="dim")
        self._report = push(tr("Report… (Ctrl+R)"), self.open_report, icon="file-text")
        self.tabs = Tabs()
        self.tabs.tabBar().setAccessibleName(tr("Parts of the incident"))
        self.tabs.tabBar().setProperty("tight", "yes")  # ten of them, in long languages too
        for n, tab in enumerate(TABS):
            place = QWidget()
            box = QVBoxLayout(place)
            box.setContentsMargins(0, 0, 0, 0)
            self._places[tab.key] = box
            self.tabs.addTab(place, tab.name())
            if n < 9:
                self.tabs.setTabToolTip(n, f"Ctrl+{n + 1}")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        self._quiet = QuietPage()
        self._quiet.act_asked.connect(self.action_asked)
        self._room = QWidget()
        names = column(self._head, self._sub, space=2)
        heads = row(space=8)
        heads.addLayout(names, 1)
        heads.addWidget(self._report)
        top = column(self._notice, heads, space=2)
        top.setContentsMargins(16, 12, 16, 4)
        layout = column(top, self.tabs, space=4)
        layout.setStretchFactor(self.tabs, 1)
        self._room.setLayout(layout)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addWidget(self._room, 1)
        whole.addWidget(self._quiet, 1)
        self._quiet.hide()
        self.setLayout(whole)  # fmt: skip

    def _make_again(self) -> None:
        at, chosen = self.tabs.currentIndex(), self.incident_id
        self._panes.clear()
        self._make()
        self.incident_id = 0
        self.tabs.setCurrentIndex(at)
        self.refresh(chosen)

    # --- reading ---

    def refresh(self, choose: int = 0) -> None:
        """Read the list of incidents again. `choose`: the one to stand on, 0 = as it is."""

        def show(incidents: list[Incident]) -> None:
            self.rail.show_incidents(incidents)
            self._show_quiet(is_quiet=not incidents)
            if choose:
                self.rail.choose(choose)

        self.talk.ask(ListIncidents(), show)

    def _show_quiet(self, *, is_quiet: bool) -> None:
        """What makes an incident, in the place of a room with nothing in it."""
        if is_quiet is not self._quiet.isHidden():
            return
        keys = self.window().focusWidget()
        had_keys = keys is not None and self.isAncestorOf(keys)
        self.rail.setVisible(not is_quiet)
        self._room.setVisible(not is_quiet)
        self._quiet.setVisible(is_quiet)
        if had_keys:
            focus_inside(self)

    def show_incident(self, incident_id: int) -> None:
        """Stand on this one."""
        self.refresh(incident_id)

    def _on_chosen(self, incident_id: int) -> None:
        is_other = incident_id != self.incident_id
        self.incident_id = incident_id
        if is_other:
            self._leave_panes()
        self._read()

    def _read(self) -> None:
        if not self.incident_id:
            return
        self.talk.ask(ReadIncident(self.incident_id), self._take)
        self.talk.ask(ListSteps(self.incident_id), self._take_steps)
        self.talk.ask(ListAudiences(self.incident_id), self._take_audiences)
        self.talk.ask(ListPeople(), self._take_people)
        self._read_waiting()

    def _read_waiting(self) -> None:
        self.talk.ask(ListLinked(self.incident_id), self._take_linked)

    def _take(self, incident: Incident | None) -> None:
        self._incident = incident
        self._show_head()
        self._show_tab()

    def _take_steps(self, steps: list[StepRow]) -> None:
        self._steps = steps
        self._show_next()

    def _take_audiences(self, audiences: list[AudienceRow]) -> None:
        self._n_untold = sum(a.is_in_incident and not a.told_at for a in audiences)
        self._show_next()

    def _take_linked(self, rows: list[LinkedRow]) -> None:
        self._waiting = Counter(row.category for row in rows if row.needs_reply)
        self._show_next()

    def _take_people(self, people: list[PersonRow]) -> None:
        self._here = next((p.name for p in people if p.is_here), "")
        self._show_head()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & TELLING and not self._reading.isActive():
            self._reading.start()
        elif Area.QUEUE in changes.areas and not self._counting.isActive():
            self._counting.start()

    def _read_all(self) -> None:
        """Only while it is seen."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.refresh()
            self._read()

    def _count_waiting(self) -> None:
        """As `_read_all`, when only the queue is different."""
        if not self.isVisible():
            self._is_stale = True
        elif self.incident_id:
            self._read_waiting()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._reading.start()

    def _on_standing(self) -> None:
        self._show_head()
        self._show_tab()

    def _on_tick(self) -> None:
        if not self.isVisible():
            return
        self._show_next()
        tab, pane = TABS[self.tabs.currentIndex()], self.pane
        if tab.tick is not None and pane is not None:
            tab.tick(pane)

    # --- showing ---

    @property
    def standing(self) -> Standing | None:
        """Of the incident that is shown, while it is open."""
        found = (s for s in self._watch.standings if s.incident.id == self.incident_id)
        return next(found, None)

    @property
    def panes(self) -> list[QWidget]:
        """For F6."""
        return [self.rail, self.pane or self.tabs] if self._quiet.isHidden() else [self._quiet]

    @property
    def pane(self) -> QWidget | None:
        """The widget of the tab in front, once it is made."""
        return self._panes.get(KEYS[self.tabs.currentIndex()])

    def show_tab(self, key: str) -> None:
        """By its key, with the keys' focus in it."""
        self.tabs.setCurrentIndex(KEYS.index(key))
        pane = self.pane
        self._wants_focus = pane is None  # it is made once the incident is read
        if pane is not None:
            focus_inside(pane)

    def _show_head(self) -> None:
        incident, standing = self._incident, self.standing
        self._head.setText(words.name_of(incident) if incident else "")
        if incident is None:
            self._sub.setText("")
            return
        parts = [tr("DRILL") if incident.is_drill else "", incident.code]
        parts += [words.severity_word(incident.severity)] if incident.severity else []
        parts.append(words.state_word(incident.state))
        if standing is not None and standing.commander:
            parts.append(tr("commander: {name}", name=isolated(standing.commander)))
        if self._here:
            parts.append(tr("at the keys: {name}", name=isolated(self._here)))
        self._sub.setText(" · ".join(filter(None, parts)))
        self.rail.show_phases(incident)
        self._show_next()

    def _show_next(self) -> None:
        standing = self.standing
        things = [] if standing is None else next_things(
            standing, self._steps, self._n_untold, self.now(), self._waiting
        )  # fmt: skip
        self.rail.next.show_next(things)

    def _show_tab(self) -> None:
        incident, at = self._incident, self.tabs.currentIndex()
        if incident is None or incident.id != self.incident_id:
            return
        tab = TABS[at]
        pane = self._panes.get(tab.key)
        if pane is None:
            pane = self._panes[tab.key] = tab.make(self._as_room())
            self._places[tab.key].addWidget(pane)
            pane.show()  # at once: the keys are wanted in it
            if self._wants_focus:
                self._wants_focus = False
                focus_inside(pane)
        if tab.show is not None:
            tab.show(pane, incident, self.standing)

    def _leave_panes(self) -> None:
        """Another incident: what shows only one of them is made anew."""
        for tab in TABS:
            if tab.show is None and (pane := self._panes.pop(tab.key, None)) is not None:
                pane.hide()
                pane.deleteLater()

    # --- what tabs ask ---

    def _as_room(self) -> IncidentRoom:
        return IncidentRoom(
            self, self.desk, self.now, self.incident_id, self.mention_asked, self.show_tab,
            lambda act: self.act_asked.emit(act, self.incident_id), self.begin_correction,
            self.ask_look,
        )  # fmt: skip

    def begin_correction(self, statement_id: int, sentence: str = "", lang: str = "") -> None:
        """In the statements' tab."""
        self.show_tab("texts")
        begin = getattr(self._panes.get("texts"), "begin_correction", None)
        if begin is not None:
            begin(statement_id, sentence, lang)

    def ask_look(self, reply: OutboxRow) -> None:
        """A second look at a held reply that is to be kept."""
        if self._incident is not None:
            from socialdesk.ui.crisis.held_look import ask_held_look

            ask_held_look(self.talk, reply, self._incident, self.now, self)

    def open_report(self) -> None:
        """As it stands now; of a closed incident, as it was frozen."""
        if self.incident_id:
            from socialdesk.ui.after_action.dialog import open_report

            open_report(self.desk, self.incident_id, self)

    def take_key(self, press: str) -> bool:
        """From anywhere in the window, as from the list of views."""
        if press in _TAB_KEYS:
            self.show_tab(_TAB_KEYS[press])
        elif press == "Ctrl+R":
            self.open_report()
        elif (take := getattr(self.pane, "take_key", None)) is not None:
            return bool(take(press))  # what its buttons name, while the keys are on the tabs
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(press_of(event)):
            event.ignore()
