"""Putting somebody away who left, and bringing them back, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.duty import DutyRow
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands.workspace import BringBackPerson, PutAwayPerson
from socialdesk.engine.queries.people import ReadDuties
from socialdesk.ui.people.putting_away import ask_bring_back, ask_put_away
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.driving import CTRL, press
from tests.ui.fake_desk import FakeDesk

ALIYA, BOTA, DANA = PersonRow(1, "Aliya", True), PersonRow(2, "Bota"), PersonRow(3, "Dana")
GONE = PersonRow(4, "Erlan", is_put_away=True)
BUSY = DutyRow(n_mentions=2, n_tasks=1, n_rules=1, n_macros=1, has_pin=True)


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListPeople] = lambda asked: (
        [ALIYA, BOTA, DANA, GONE] if asked.with_put_away else [ALIYA, BOTA, DANA]
    )
    made.answers[ReadDuties] = lambda asked: BUSY if asked.person_id == 2 else DutyRow()
    return made


@pytest.fixture
def window(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def open_sheet(qtbot, desk, window):
    def make(ask):
        made = ask(desk, window)
        qtbot.waitExposed(made)
        made.activateWindow()
        return made

    return make


def names(sheet):
    box = sheet.findChild(QComboBox)
    return [box.itemText(n) for n in range(box.count())]


def said(sheet):
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def test_what_it_means_is_said_before_it_is_done(qtbot, desk, open_sheet):
    sheet = open_sheet(ask_put_away)
    qtbot.waitUntil(sheet.yes.isEnabled)
    assert names(sheet) == ["Bota", "Dana"]  # nobody puts themselves away
    for words in ("2 mentions that wait", "1 open task", "1 rule hands", "1 macro hands",
                  "PIN is removed", "name stays on everything"):  # fmt: skip
        assert words in said(sheet), words
    assert "2 mentions that wait" in sheet.findChild(QComboBox).accessibleDescription()
    closed: list[int] = []
    sheet.finished.connect(closed.append)
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(PutAwayPerson) == [PutAwayPerson(2)]
    qtbot.waitUntil(lambda: bool(closed))


def test_another_is_chosen(qtbot, desk, open_sheet):
    sheet = open_sheet(ask_put_away)
    qtbot.waitUntil(sheet.yes.isEnabled)
    press(sheet, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Nothing waits for" in said(sheet))
    sheet.yes.click()
    assert desk.did(PutAwayPerson) == [PutAwayPerson(3)]


def test_a_role_in_an_open_incident_says_what_to_do_first(qtbot, desk, open_sheet):
    desk.answers[ReadDuties] = DutyRow(incident="INC-2026-0001")
    sheet = open_sheet(ask_put_away)
    qtbot.waitUntil(lambda: "INC-2026-0001" in sheet.notice.text)
    assert "Give the role to somebody else" in sheet.notice.text
    assert not sheet.yes.isEnabled()
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(PutAwayPerson) == []


def test_alone_there_is_nobody_to_put_away(qtbot, desk, open_sheet):
    desk.answers[q.ListPeople] = [ALIYA]
    sheet = open_sheet(ask_put_away)
    qtbot.waitUntil(lambda: "Nobody else works here" in said(sheet))
    assert not sheet.yes.isEnabled()


def test_a_refusal_is_told_and_it_can_be_tried_again(qtbot, desk, open_sheet):
    desk.outcomes[PutAwayPerson] = CommandError(CommandFault.PERSON, why="here", name="Bota")
    sheet = open_sheet(ask_put_away)
    qtbot.waitUntil(sheet.yes.isEnabled)
    sheet.yes.click()
    qtbot.waitUntil(lambda: "at the keys" in sheet.notice.text)
    assert sheet.yes.isEnabled()


def test_somebody_is_brought_back(qtbot, desk, open_sheet):
    sheet = open_sheet(ask_bring_back)
    qtbot.waitUntil(sheet.yes.isEnabled)
    assert names(sheet) == ["Erlan"]
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(BringBackPerson) == [BringBackPerson(4)]


def test_nobody_is_put_away(qtbot, desk, open_sheet):
    desk.answers[q.ListPeople] = [ALIYA, BOTA]
    sheet = open_sheet(ask_bring_back)
    qtbot.waitUntil(lambda: "Nobody is put away" in sheet.notice.text)
    assert not sheet.yes.isEnabled()


@pytest.mark.parametrize("ask", [ask_put_away, ask_bring_back])
def test_every_control_has_a_name_and_no_label_guesses_html(qtbot, open_sheet, ask):
    sheet = open_sheet(ask)
    qtbot.waitUntil(sheet.yes.isEnabled)
    assert unnamed(sheet) == [] and wrong_format(sheet) == []
