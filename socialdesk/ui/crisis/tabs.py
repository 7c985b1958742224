"""The tabs of the incident room: each is made when it is first looked at, and read only then."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QWidget

from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr

if TYPE_CHECKING:
    from socialdesk.ui.crisis.screen import IncidentScreen


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
class Tab:
    """`make(screen)`: its widget. `show(pane, incident, standing)`: read for this incident; None =
    the pane reads by itself and is made anew for another incident. `tick`: a second passed."""

    key: str
    name: Callable[[], str]
    make: "Callable[[IncidentScreen], QWidget]"
    show: Callable[[Any, Incident, Standing | None], None] | None = _tell
    tick: Callable[[Any], None] | None = None


def _overview(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.overview_pane import OverviewPane

    made = OverviewPane(screen.desk, screen.now, screen)
    made.tab_asked.connect(screen.show_tab)
    made.declare_asked.connect(lambda: screen.act_asked.emit("declare", screen.incident_id))
    made.dismiss_asked.connect(lambda: screen.act_asked.emit("dismiss", screen.incident_id))
    return made


def _steps(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.steps_pane import StepsPane

    return StepsPane(screen.desk, screen.now, screen)


def _mentions(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.mentions_pane import MentionsPane

    made = MentionsPane(screen.desk, screen.now, screen)
    made.mention_asked.connect(screen.mention_asked)
    return made


def _facts(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.text.facts_panel import FactsPanel

    made = FactsPanel(screen.desk, screen.incident_id, screen)
    made.correction_asked.connect(screen.begin_correction)
    return made


def _texts(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.text.panel import TextPanel

    return TextPanel(screen.desk, screen.incident_id, screen.now, screen)


def _held(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.outbox.held import HeldPane

    made = HeldPane(screen.desk, screen.now, screen)
    made.mention_asked.connect(screen.mention_asked)
    made.look_asked.connect(screen.ask_look)
    return made


def _audiences(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.audiences_pane import AudiencesPane

    return AudiencesPane(screen.desk, screen.now, screen)


def _dues(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.dues_pane import DuesPane

    made = DuesPane(screen.desk, screen.now, screen)
    made.mention_asked.connect(screen.mention_asked)
    return made


def _log(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.log_pane import LogPane

    return LogPane(screen.desk, screen.now, screen)


def _review(screen: "IncidentScreen") -> QWidget:
    from socialdesk.ui.crisis.review_pane import ReviewPane

    return ReviewPane(screen.desk, screen.now, screen)


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
