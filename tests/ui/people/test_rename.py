"""Another name for somebody who works here, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands import RenamePerson
from socialdesk.ui.people.rename import ask_rename
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.driving import CTRL, press, type_in
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya"), PersonRow(2, "Bota", True)]
    return made


@pytest.fixture
def sheet(qtbot, desk, theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = ask_rename(desk, window)
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: name_of(made).text() == "Bota")
    yield made  # `window`, its parent, is alive until here


def name_of(sheet):
    return next(f for f in sheet.findChildren(QLineEdit) if f.accessibleName() == "New name")


def test_who_is_at_the_keys_is_renamed_at_once(qtbot, desk, sheet):
    closed: list[int] = []
    sheet.finished.connect(closed.append)
    type_in(sheet, "Bota Akhmet")  # over the old one, which is chosen
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(RenamePerson) == [RenamePerson(2, "Bota Akhmet")]
    qtbot.waitUntil(lambda: bool(closed))


def test_somebody_else_is_chosen(desk, sheet):
    sheet.findChild(QComboBox).setCurrentIndex(0)
    assert name_of(sheet).text() == "Aliya"
    name_of(sheet).setText("Aliya B.")
    sheet.yes.click()
    assert desk.did(RenamePerson) == [RenamePerson(1, "Aliya B.")]


@pytest.mark.parametrize(("typed", "said"), [("ALIYA", "is there already"), (" ", "a few words")])
def test_what_cannot_be_is_said_and_stays(desk, sheet, typed, said):
    name_of(sheet).setText(typed)
    sheet.yes.click()
    assert said in sheet.notice.text and desk.did(RenamePerson) == []


def test_the_same_name_changes_nothing(desk, sheet):
    sheet.yes.click()
    assert desk.did(RenamePerson) == []


def test_a_refusal_is_told(qtbot, desk, sheet):
    desk.outcomes[RenamePerson] = CommandError(CommandFault.NOT_FOUND)
    name_of(sheet).setText("Bea")
    sheet.yes.click()
    qtbot.waitUntil(lambda: sheet.notice.text != "")


def test_every_control_has_a_name_and_no_label_guesses_html(sheet):
    assert unnamed(sheet) == [] and wrong_format(sheet) == []
