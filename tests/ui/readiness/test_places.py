"""From the readiness page to where a line is worked on, in a whole window."""

import pytest

from socialdesk.domain.crisis.readiness import Level, ReadyLine
from socialdesk.domain.playbooks.playbook_sheet import PlaybookRow
from socialdesk.engine.queries.crisis import ListAudiences
from socialdesk.engine.queries.playbooks import ListPlaybooks, ReadPlaybookSheet
from socialdesk.engine.queries.readiness import ListQuietLines, ReadReadiness
from socialdesk.ui.playbooks.screen import PlaybooksScreen
from socialdesk.ui.readiness.places import Places
from socialdesk.ui.readiness.screen import ReadinessScreen


@pytest.fixture
def ready_window(desk, open_window):
    desk.answers[ReadReadiness] = (
        ReadyLine("playbooks", Level.RED, {"n": 0, "of": 9, "stale": 0}),
        ReadyLine("drill", Level.RED, {"at": 0, "total": 0}),
    )
    desk.answers[ListPlaybooks] = [PlaybookRow("outage", {"en": "Outage"}, "1.0.0", False, {})]
    desk.answers[ReadPlaybookSheet] = None
    desk.answers[ListQuietLines] = ()
    desk.answers[ListAudiences] = []
    return open_window()


def test_a_key_goes_to_the_page_and_its_button_on(qtbot, ready_window):
    assert ready_window.actions_by_id.press("g") and ready_window.actions_by_id.press("r")
    page = ready_window.screens.currentWidget()
    assert isinstance(page, ReadinessScreen)
    qtbot.waitUntil(lambda: len(page.cards) == 2)
    page.cards[0].way.click()
    assert isinstance(ready_window.screens.currentWidget(), PlaybooksScreen)


def test_acts_of_the_window_are_places_too(ready_window):
    places = Places(ready_window)
    assert places.can_go("drill") and places.can_go("playbooks") and places.can_go("people")
    assert not places.can_go("lines") and not places.can_go("nowhere")
    places.go("nowhere")  # nothing happens


def test_a_key_goes_to_the_playbooks(ready_window):
    assert ready_window.actions_by_id.press("g") and ready_window.actions_by_id.press("y")
    assert isinstance(ready_window.screens.currentWidget(), PlaybooksScreen)
