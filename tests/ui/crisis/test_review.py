"""The review of an incident: what is written is kept, stays with its incident, and ends with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit, QPushButton

from socialdesk.domain.crisis.crisis_rows import Review
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.engine.commands import crisis as c
from socialdesk.engine.queries import crisis as cq
from tests.ui.crisis.conftest import an_incident
from tests.ui.crisis.room import button_of, key, open_room, sheet_of, tell

LATE = (("went_badly", "Late"),)


@pytest.fixture
def screen(qtbot, desk, theme):
    desk.answers[cq.ReadIncident] = an_incident(IncidentState.REVIEW)
    made = open_room(qtbot, desk)
    made.show_tab("review")
    qtbot.waitUntil(lambda: made.pane.fields["cause"].toPlainText() != "")
    return made


def write(screen, qtbot, name="went_badly", words="Late"):
    field = screen.pane.fields[name]
    field.setFocus()
    qtbot.keyClicks(field, words)


def test_the_first_thing_to_write_has_the_keys(screen):
    assert screen.window().focusWidget() is screen.pane.fields["cause"]


def test_what_is_written_is_kept_after_a_pause(screen, desk, qtbot):
    screen.pane._idle.setInterval(1)
    write(screen, qtbot)
    qtbot.waitUntil(lambda: desk.did(c.SaveReview)[-1:] == [c.SaveReview(1, LATE)])


def test_what_is_written_is_kept_at_leaving_it(screen, desk, qtbot):
    write(screen, qtbot)
    screen.show_tab("log")
    assert desk.did(c.SaveReview) == [c.SaveReview(1, LATE)]


def test_what_was_read_is_no_reason_to_save(screen, desk, qtbot):
    screen.pane.save()
    screen.show_tab("log")
    assert desk.did(c.SaveReview) == []


def test_words_never_go_over_to_another_incident(screen, desk, qtbot):
    write(screen, qtbot)
    desk.answers[cq.ReadReview] = Review({"cause": "Another one"}, ())
    screen.pane.show_incident(an_incident(IncidentState.REVIEW, id=2))
    fields = screen.pane.fields
    qtbot.waitUntil(lambda: fields["cause"].toPlainText() == "Another one")
    assert fields["went_badly"].toPlainText() == ""
    screen.pane.save()
    assert desk.did(c.SaveReview) == [c.SaveReview(1, LATE)]


def test_a_closed_incident_is_read_and_the_keys_stay_at_it(screen, desk, qtbot):
    close = button_of(screen.pane, "Close the incident")
    qtbot.waitUntil(close.isEnabled)
    close.setFocus()
    desk.answers[cq.ReadIncident] = an_incident(IncidentState.CLOSED)
    tell(desk)
    qtbot.waitUntil(lambda: not close.isEnabled())
    assert all(field.isReadOnly() for field in screen.pane.fields.values())
    save = [b for b in screen.pane.findChildren(QPushButton) if b.text().startswith("Save")]
    assert [b.isEnabled() for b in save] == [False]
    assert screen.window().focusWidget() is screen.pane.tasks
    screen.pane.focus_first()
    assert screen.window().focusWidget() is screen.pane.tasks


def test_the_date_of_an_action_reads_as_dates_do_elsewhere(screen, qtbot):
    screen.pane.tasks.setFocus()
    key(screen, Qt.Key.Key_A)
    due = sheet_of(screen, qtbot).findChild(QDateEdit)
    assert due.text() == due.date().toString(Qt.DateFormat.ISODate)
    before = due.grab().toImage()
    due.setDate(due.date().addDays(11))
    assert due.grab().toImage() != before  # it is seen
