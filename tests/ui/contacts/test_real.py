"""People on the real engine and store, with the practice network behind them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.ui.contacts.context_part import PersonPart
from socialdesk.ui.contacts.erase_dialog import EraseDialog
from socialdesk.ui.contacts.screen import ContactsScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401
from tests.ui.compose.looks import shoot
from tests.ui.driving import open_real_window, type_in

WAIT = 20_000  # ms; the commits are real


@pytest.fixture
def window(qtbot, bench, theme):  # noqa: F811
    made = open_real_window(qtbot, bench.desk, bench.clock)
    yield made
    made.close()


def part(window):
    """As it is now: it is made anew when the mention is read again."""
    found: PersonPart = window.inbox.context._person
    return found


def person(window):
    return None if part(window) is None else part(window).person


def is_kept(shown):
    return shown is not None and shown.contact_id > 0


def test_who_makes_a_contact_goes_on_with_a_note(window, bench, qtbot):  # noqa: F811
    if window.inbox.context.isHidden():
        type_in(window, "i")
    qtbot.waitUntil(lambda: person(window) is not None, timeout=WAIT)
    part(window)._make.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: is_kept(person(window)), timeout=WAIT)
    qtbot.waitUntil(lambda: window.focusWidget() is part(window)._note)


def test_from_a_note_beside_the_thread_to_an_empty_file(
    window, bench, qtbot, tmp_path, theme,  # noqa: F811
):  # fmt: skip
    row = window.inbox.row
    if window.inbox.context.isHidden():
        type_in(window, "i")
    qtbot.waitUntil(lambda: person(window) is not None, timeout=WAIT)
    qtbot.keyClicks(part(window)._note, "Called back.")
    qtbot.keyClick(part(window)._note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_kept(person(window)), timeout=WAIT)
    window.inbox.pane.list.setFocus()
    type_in(window, "gk")
    screen = window.findChild(ContactsScreen)
    qtbot.waitUntil(lambda: screen.pane.person is not None, timeout=WAIT)
    assert screen.pane.person.notes[0].text == "Called back."
    qtbot.waitUntil(lambda: screen.pane.history._list.count() == 1, timeout=WAIT)
    shoot(theme, window, "contacts-window")
    assert screen.model.rowCount() == 1
    screen.pane._erase.click()
    dialog = screen.findChild(EraseDialog)
    qtbot.waitUntil(lambda: bool(dialog._name), timeout=WAIT)
    dialog._receipt.setText(str(tmp_path / "receipt.json"))
    dialog._typed.insert(dialog._name)  # QTest types ASCII only
    dialog.erase.click()
    qtbot.waitUntil(lambda: (tmp_path / "receipt.json").exists(), timeout=WAIT)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 0, timeout=WAIT)
    assert bench.desk.ask(ReadPerson(mention_id=row.id)).result() is None
