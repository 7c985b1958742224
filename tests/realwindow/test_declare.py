"""From the alert to the declared incident within a minute, by keyboard only, in a real window.
Pictures of each step lie in tests/output."""

import time

import pytest

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.queue.rows import View
from socialdesk.engine.queries.crisis import ListIncidents, ListSteps
from tests.realwindow.conftest import Person, keep_picture, wait_until, wait_until_still

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(300)]
MOST_S = 60.0  # from the alert to the lock


def states(person: Person) -> list[IncidentState]:
    return [i.state for i in person.desk.ask(ListIncidents()).result()]


def test_from_alert_to_declared_within_a_minute(person: Person) -> None:
    wait_until(lambda: len(person.rows(View.NEEDS_REPLY)) > 3, "mentions arrive")
    wait_until_still()
    person.press("ctrl+k")
    person.type("something is wrong")
    person.press("Return")
    wait_until(lambda: states(person) == [IncidentState.SUSPECTED], "it is suspected")
    wait_until_still()
    keep_picture("crisis-1-suspected")

    begun = time.monotonic()
    person.press("ctrl+shift+F12")
    keep_picture("crisis-2-sheet")
    person.press("Down", "Tab")
    person.type(" in two shops")
    keep_picture("crisis-3-filled")
    person.press("ctrl+Return")
    wait_until(lambda: states(person) == [IncidentState.DECLARED], "it is declared")
    took = time.monotonic() - begun
    wait_until_still()
    keep_picture("crisis-4-declared")
    assert took <= MOST_S, f"{took:.1f} s"

    (incident,) = person.desk.ask(ListIncidents()).result()
    assert incident.commander and incident.severity and "in two shops" in incident.title
    assert person.desk.ask(ListSteps(incident.id)).result()
    for number, name in ((2, "steps"), (5, "mentions"), (7, "audiences"), (9, "log")):
        person.press(f"ctrl+{number}")
        wait_until_still()
        keep_picture(f"crisis-5-{name}")
