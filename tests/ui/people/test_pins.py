"""Setting a PIN: by keyboard, never shown, and nothing promised that it is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    CredentialError,
    CredentialFault,
)
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import ListPins, SetPin
from socialdesk.engine.desk import Done
from socialdesk.ui.people.pin_dialog import PinDialog, pin_fault
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.driving import press, type_in
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya", True), PersonRow(2, "Bota")]
    made.outcomes[ListPins] = Done(answer={"people": [2], "why": ""})
    return made


@pytest.fixture
def dialog(qtbot, desk, theme):
    made = PinDialog(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: "Aliya" in made._state.text())
    return made


def test_a_pin_is_set_by_keyboard_and_forgotten(qtbot, desk, dialog, theme):
    assert "no PIN yet" in dialog._state.text()
    dialog._pin.setFocus()
    type_in(dialog, "24681")
    assert not dialog._set.isEnabled()
    assert "1 digit is missing" in dialog._fault.text()
    type_in(dialog, "0")
    shoot(theme, dialog, "pins")
    press(dialog, Qt.Key.Key_Return)
    type_in(dialog, "246810")
    press(dialog, Qt.Key.Key_Return)
    assert [(c.person, c.pin) for c in desk.did(SetPin)] == [(1, "246810")]
    qtbot.waitUntil(lambda: dialog._notice.text == "The PIN is set.")
    assert (dialog._pin.text(), dialog._again.text()) == ("", "")


def test_it_is_never_shown(dialog):
    for field in (dialog._pin, dialog._again):
        assert field.echoMode() is QLineEdit.EchoMode.Password


def test_it_says_what_a_pin_is_not(dialog):
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "no protection against the owner of this computer account" in words


def test_a_pin_is_removed(qtbot, desk, dialog):
    dialog._person.setCurrentIndex(1)
    assert "has a PIN" in dialog._state.text()
    assert not dialog._remove.isEnabled()
    dialog._old.setFocus()
    type_in(dialog, "246810")
    dialog._remove.click()
    assert desk.did(SetPin) == [SetPin(2, "", "246810")]


def test_a_pin_is_changed_by_keyboard_from_the_present_one_on(qtbot, desk, dialog):
    dialog._person.setCurrentIndex(1)
    dialog._old.setFocus()
    for digits in ("246810", "135791", "135791"):
        type_in(dialog, digits)
        press(dialog, Qt.Key.Key_Return)
    assert desk.did(SetPin) == [SetPin(2, "135791", "246810")]
    qtbot.waitUntil(lambda: dialog._notice.text == "The PIN is set.")
    assert (dialog._old.text(), dialog._pin.text()) == ("", "")


def test_a_wrong_present_pin_is_typed_again(qtbot, desk, dialog):
    desk.outcomes[SetPin] = CommandError(CommandFault.PIN, why="wrong", n=4)
    dialog._person.setCurrentIndex(1)
    for field, digits in ((dialog._old, "1"), (dialog._pin, "135791"), (dialog._again, "135791")):
        field.setText(digits)
    dialog.set_pin()
    qtbot.waitUntil(lambda: "4 tries are left" in dialog._notice.text)
    assert (dialog._old.text(), dialog._pin.text()) == ("", "135791")
    assert dialog._old.hasFocus()


def test_a_forgotten_pin_is_removed_with_a_reason_and_it_says_who_will_see(qtbot, desk, dialog):
    dialog._person.setCurrentIndex(1)
    dialog._forgot.click()
    assert not dialog._pin.isVisible() and not dialog._old.isVisible()
    assert "was removed without the old one" in dialog._seen.text()
    type_in(dialog, "Bota forgot it")
    press(dialog, Qt.Key.Key_Return)
    assert desk.did(SetPin) == [] and "6 more characters" in dialog._fault.text()
    type_in(dialog, " in May")
    press(dialog, Qt.Key.Key_Return)
    assert desk.did(SetPin) == [SetPin(2, "", "", "Bota forgot it in May")]
    qtbot.waitUntil(lambda: dialog._pin.isVisible())


def test_a_first_pin_asks_for_no_other(dialog):
    assert not dialog._old.isVisible() and not dialog._forgot.isVisible()


def test_what_was_typed_for_one_person_is_not_set_for_another(dialog):
    dialog._pin.setText("246810")
    dialog._again.setText("246810")
    dialog._person.setCurrentIndex(1)
    assert (dialog._pin.text(), dialog._again.text()) == ("", "")
    assert not dialog._set.isEnabled()


def test_a_pin_of_the_practice_brand_says_how_long_it_lasts(qtbot, desk, dialog):
    desk.outcomes[ListPins] = Done(answer={"people": [1], "passing": [1], "why": ""})
    dialog._read()
    qtbot.waitUntil(lambda: "until the practice brand closes" in dialog._state.text())


def test_the_practice_brand_keeps_none_in_the_keyring_and_says_so(qtbot, desk, dialog):
    assert "in the keyring" in dialog._what.text()
    desk.outcomes[ListPins] = Done(answer={"people": [], "in_memory": True, "why": ""})
    dialog._read()
    qtbot.waitUntil(lambda: "in memory only" in dialog._what.text())
    assert "keyring" not in dialog._what.text()


def test_a_refusal_cuts_no_words_off(qtbot, desk, dialog):
    desk.outcomes[SetPin] = CredentialError(CredentialFault.NONE)
    dialog._pin.setText("246810")
    dialog._again.setText("246810")
    dialog.set_pin()
    qtbot.waitUntil(lambda: dialog._notice.text != "")
    shown = [w for w in dialog.findChildren(QLabel) if w.isVisible() and w.wordWrap() and w.text()]
    qtbot.waitUntil(lambda: all(w.height() >= w.heightForWidth(w.width()) for w in shown))


def test_a_refused_pin_stays_to_be_mended(qtbot, desk, dialog):
    desk.outcomes[SetPin] = CommandError(CommandFault.PIN, why="short", n=6)
    dialog._pin.setText("246810")
    dialog._again.setText("246810")
    dialog.set_pin()
    qtbot.waitUntil(lambda: "6 digits" in dialog._notice.text)
    assert dialog._pin.text() == "246810"


def test_without_a_keyring_it_says_so(qtbot, desk, dialog):
    desk.outcomes[ListPins] = Done(answer={"people": [], "why": "locked"})
    dialog._read()
    qtbot.waitUntil(lambda: "keyring cannot be reached" in dialog._notice.text)
    dialog._pin.setText("246810")
    dialog._again.setText("246810")
    assert not dialog._set.isEnabled()


@pytest.mark.parametrize(
    ("pin", "again", "fault"),
    [("", "", ""), ("12345a", "", "digits only"), ("246810", "24681", "not the same"),
     ("246810", "246810", ""), ("٢٤٦٨١٠", "", "digits only")],
)  # fmt: skip
def test_faults_are_told_while_typing(pin, again, fault):
    said = pin_fault(pin, again)
    assert (fault in said) if fault else said == ""


def test_every_control_has_a_name_and_no_label_guesses_html(dialog):
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []
