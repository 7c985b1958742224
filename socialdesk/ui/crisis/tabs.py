"""The tabs of the incident room: each is made when it is first looked at, and read only then."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QTabWidget, QWidget

from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr


class Tabs(QTabWidget):
    """As high as the page in front needs to be: Qt takes what the highest of all would like."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        least = layout.totalMinimumHeightForWidth(width) if layout is not None else 0
        return self.tabBar().sizeHint().height() + least


def _tell(pane: Any, incident: Incident, _: Standing | None) -> None:
    pane.show_incident(incident)


def _tell_standing(pane: Any, incident: Incident, standing: Standing | None) -> None:
    pane.show_incident(incident, standing)


def _tell_held(pane: Any, incident: Incident, _: Standing | None) -> None:
    pane.show_held(incident.id)


def _tick(pane: Any) -> None:
    pane.tick()


@frozen
class IncidentRoom:
    """What a tab may ask of the room around it. `incident_id`: the one shown while the tab is made;
    `act`: declare or dismiss the one shown when it is called."""

    widget: QWidget
    desk: Desk
    now: Callable[[], int]
    incident_id: int
    mention_asked: SignalInstance
    show_tab: Callable[[str], None]
    act: Callable[[str], None]
    begin_correction: Callable[[int, str, str], None]
    ask_look: Callable[[OutboxRow], None]


@frozen
class Tab:
    """`make(room)`: its widget. `show(pane, incident, standing)`: read for this incident; None =
    the pane reads by itself and is made anew for another incident. `tick`: a second passed."""

    key: str
    name: Callable[[], str]
    make: Callable[[IncidentRoom], QWidget]
    show: Callable[[Any, Incident, Standing | None], None] | None = _tell
    tick: Callable[[Any], None] | None = None


def _overview(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.overview_pane import OverviewPane

    made = OverviewPane(room.desk, room.now, room.widget)
    made.tab_asked.connect(room.show_tab)
    made.declare_asked.connect(lambda: room.act("declare"))
    made.dismiss_asked.connect(lambda: room.act("dismiss"))
    return made


def _steps(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.steps_pane import StepsPane

    return StepsPane(room.desk, room.now, room.widget)


def _mentions(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.mentions_pane import MentionsPane

    made = MentionsPane(room.desk, room.now, room.widget)
    made.mention_asked.connect(room.mention_asked)
    return made


def _facts(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.text.facts_panel import FactsPanel

    made = FactsPanel(room.desk, room.incident_id, room.widget)
    made.correction_asked.connect(room.begin_correction)
    return made


def _texts(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.text.panel import TextPanel

    return TextPanel(room.desk, room.incident_id, room.now, room.widget)


def _held(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.outbox.held import HeldPane

    made = HeldPane(room.desk, room.now, room.widget)
    made.mention_asked.connect(room.mention_asked)
    made.look_asked.connect(room.ask_look)
    return made


def _audiences(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.audiences_pane import AudiencesPane

    return AudiencesPane(room.desk, room.now, room.widget)


def _dues(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.dues_pane import DuesPane

    made = DuesPane(room.desk, room.now, room.widget)
    made.mention_asked.connect(room.mention_asked)
    return made


def _log(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.log_pane import LogPane

    return LogPane(room.desk, room.now, room.widget)


def _review(room: IncidentRoom) -> QWidget:
    from socialdesk.ui.crisis.review_pane import ReviewPane

    return ReviewPane(room.desk, room.now, room.widget)


TABS: tuple[Tab, ...] = (
    Tab("overview", lambda: tr("Overview"), _overview, _tell_standing, _tick),
    Tab("steps", lambda: tr("Steps"), _steps, tick=_tick),
    Tab("texts", lambda: tr("Statements"), _texts, show=None),
    Tab("facts", lambda: tr("Facts"), _facts, show=None),
    Tab("mentions", lambda: tr("Mentions"), _mentions),
    Tab("held", lambda: tr("Held"), _held, _tell_held),
    Tab("audiences", lambda: tr("Audiences"), _audiences),
    Tab("dues", lambda: tr("Promises"), _dues, tick=_tick),
    Tab("log", lambda: tr("Log"), _log),
    Tab("review", lambda: tr("Review"), _review),
)
