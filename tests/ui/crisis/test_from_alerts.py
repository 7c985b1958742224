"""The room of alerts within the window: an alert's incident opens the window's own sheets."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.crisis.alert import Alert, AlertKind, AlertLine, Explanation, Level, Series
from socialdesk.engine.queries.alerts import ListAlerts, ReadAlert
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.ui.alerts.screen import AlertsScreen
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.crisis.declare import DeclareSheet
from tests.ui.crisis.conftest import a_standing, suspected
from tests.ui.fake_desk import MINUTE, NOW

FACTS = {"n": 23, "expected": 2.0, "window_s": 3600, "severity": 1}


@pytest.fixture
def pane(qtbot, desk, open_window):
    incident = suspected()
    loud = Alert(3, NOW - 5 * MINUTE, AlertKind.VOLUME, Level.CRISIS, Series.NEGATIVE, "", FACTS,
                 incident.id, NOW)  # fmt: skip
    desk.answers[ListAlerts] = [AlertLine(loud, "", incident.code, "suspected")]
    desk.answers[ReadAlert] = Explanation(
        loud, incident=incident.code, incident_state=incident.state.value
    )
    desk.answers[ReadStanding] = [a_standing(incident, n_held=0)]
    window = open_window()
    window.show_place("alerts")
    (screen,) = window.findChildren(AlertsScreen)
    qtbot.waitUntil(lambda: screen.pane.alert is not None)
    qtbot.waitUntil(window.signs().is_suspected)
    return screen.pane


@pytest.mark.parametrize(("button", "sheet"), [("declare", DeclareSheet), ("dismiss", Sheet)])
def test_its_incident_opens_the_sheet_of_the_window(qtbot, pane, button, sheet):
    qtbot.mouseClick(getattr(pane, button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(s.isVisible() for s in pane.window().findChildren(sheet)))
