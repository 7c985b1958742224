"""The room of live reviews within the window: by its line, its chord and the palette."""

import pytest

from socialdesk.domain.panel import panel_json
from socialdesk.engine.commands.panels import ShowPanel
from socialdesk.engine.queries import ListAccounts
from socialdesk.ui.panels.screen import PanelsScreen
from tests.ui.compose.looks import shoot
from tests.ui.panels.test_screen import PANEL, an_account


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1400, 900)])
def test_the_chord_goes_there(qtbot, desk, window, theme, width, height):
    desk.answers[ListAccounts] = [an_account(2, "tripadvisor"), an_account(3, "yelp")]
    desk.outcomes[ShowPanel] = panel_json(PANEL)
    window.resize(width, height)
    qtbot.keyClicks(window.inbox.pane.list, "gg")
    qtbot.waitUntil(lambda: isinstance(window.screens.currentWidget(), PanelsScreen))
    screen = window.screens.currentWidget()
    qtbot.waitUntil(lambda: screen._list.count() == 2)
    shoot(theme, window, f"panels-window-{width}")
    assert screen._review._body.text() == PANEL.reviews[0].body


def test_without_a_source_the_way_leads_to_the_accounts(qtbot, desk, window):
    desk.answers[ListAccounts] = []
    window.show_place("panels")
    screen = window.screens.currentWidget()
    qtbot.waitUntil(lambda: not screen._add.isHidden())
    screen._add.click()
    qtbot.waitUntil(lambda: type(window.screens.currentWidget()).__name__ == "AccountsScreen")
