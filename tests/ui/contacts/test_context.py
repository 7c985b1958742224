"""The person behind an author, beside a thread."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.queries.contacts import ListSaid, ReadPerson
from socialdesk.ui.contacts.context_part import PersonPart
from socialdesk.ui.contacts.edit_dialog import EditDialog
from socialdesk.ui.inbox.context import ContextPane
from socialdesk.ui.window import MainWindow
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.contacts.test_screen import ANNA, AUTHOR, SAID
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row, an_author


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[ReadPerson] = ANNA
    made.answers[ListSaid] = lambda query: SAID if not query.before else []
    return made


@pytest.fixture
def pane(qtbot, desk, theme):
    made = ContextPane(desk, lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(270, 900)
    made.show_card(an_author(a_row(1)))
    made.show()
    qtbot.waitUntil(lambda: part_of(made).person is ANNA)
    return made


def part_of(pane) -> PersonPart:
    part: PersonPart = pane._scroll.widget().findChild(PersonPart)
    return part


def test_the_person_is_shown_across_networks(qtbot, pane, theme):
    qtbot.waitUntil(lambda: len(part_of(pane).history._heads) == len(SAID))
    shoot(theme, pane, "contacts-context")
    said = [text.text() for text in part_of(pane).findChildren(type(part_of(pane)._notice._text))]
    assert any("anna.sky.example" in text for text in said)
    assert any("Prefers" in text for text in said)
    assert any("Lovely buns" in text for text in said)
    assert unnamed(pane) == []
    assert wrong_format(pane) == []


def test_large_text_in_a_long_language_needs_no_bar_sideways(qtbot, pane, theme):
    pane.translate()
    part = part_of(pane)
    for link in (part._make, part._link, part._edit, part._export, part._erase):
        link.setText(link.text() * 3)
    theme.set_text_size(200)
    pane.resize(pane.minimumWidth(), 900)
    QApplication.processEvents()
    assert pane._scroll.horizontalScrollBar().maximum() == 0
    theme.set_text_size(100)


def test_ages_go_on_while_one_looks(qtbot, desk, theme):
    now = [NOW]
    made = ContextPane(desk, lambda: now[0], None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show_card(an_author(a_row(1)))
    made.show()
    history = part_of(made).history
    qtbot.waitUntil(lambda: bool(history._heads))
    said, button = history._heads[0]
    before, n_asked = button.text(), len(desk.asked(ListSaid))
    now[0] = max(NOW, said.at) + 5 * 60 * MINUTE
    made.tick()
    assert button.text() != before
    assert len(desk.asked(ListSaid)) == n_asked
    history.show_person(1, 7)
    qtbot.waitUntil(lambda: history._heads[0][1] is not button)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.tick()  # those that are gone are not touched


def test_a_minute_of_the_window_makes_them_older(qtbot, desk):
    now = [NOW]
    desk.rows_by_id = {1: a_row(1)}
    window = MainWindow(desk, now=lambda: now[0])
    qtbot.addWidget(window)
    window.show()
    context = window.inbox.context
    context.show()
    qtbot.waitUntil(lambda: context._person is not None and bool(part_of(context).history._heads))
    said, button = part_of(context).history._heads[0]
    before = button.text()
    now[0] = max(NOW, said.at) + 5 * 60 * MINUTE
    window._ticking.timeout.emit()
    assert button.text() != before


def test_a_note_and_a_label_go_to_the_person(qtbot, desk, pane):
    part = part_of(pane)
    qtbot.keyClicks(part._note, "Called.")
    qtbot.keyClick(part._note, Qt.Key.Key_Return)
    qtbot.keyClicks(part._label, "late")
    qtbot.keyClick(part._label, Qt.Key.Key_Return)
    assert desk.did(c.AddContactNote) == [c.AddContactNote("Called.", contact_id=1)]
    assert desk.did(c.LabelContact) == [c.LabelContact("late", contact_id=1)]


def test_nobody_becomes_a_contact_before_something_is_added(qtbot, desk, theme):
    desk.answers[ReadPerson] = replace(ANNA, contact_id=0, authors=(AUTHOR,), notes=(), merges=())
    made = PersonPart(desk, 7, lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.person is not None)
    assert made._make.isVisible()
    assert not made._edit.isVisible()
    assert desk.commands == []
    qtbot.keyClicks(made._note, "First")
    qtbot.keyClick(made._note, Qt.Key.Key_Return)
    assert desk.commands == [c.AddContactNote("First", author_id=7)]


def test_a_change_is_read_at_once(qtbot, desk, pane):
    n = len(desk.asked(ReadPerson))
    desk.tell(Changes(areas=frozenset({Area.CONTACTS})))
    qtbot.waitUntil(lambda: len(desk.asked(ReadPerson)) == n + 1)


def test_a_contact_is_edited_over_the_inbox(qtbot, desk, pane):
    part_of(pane)._edit.click()
    dialog = pane.findChild(EditDialog)
    assert dialog is not None
    dialog.form._name.setText("Anna B.")
    qtbot.keyClick(dialog.form._name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (saved,) = desk.did(c.SaveContact)
    assert (saved.name, saved.contact_id, saved.fields) == ("Anna B.", 1, ANNA.profile.fields)
    qtbot.waitUntil(lambda: pane.findChild(EditDialog) is None)


def test_what_is_typed_about_a_person_outlives_a_new_reading_of_the_author(qtbot, desk, pane):
    part = part_of(pane)
    part._edit.click()
    dialog = pane.findChild(EditDialog)
    dialog.form._name.setText("Anna B.")
    pane.show_card(replace(an_author(a_row(1)), n_mentions=9))
    qtbot.waitUntil(lambda: part_of(pane) is not part)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert dialog.isVisible() and dialog.form._name.text() == "Anna B."
    dialog.save.click()
    assert [saved.name for saved in desk.did(c.SaveContact)] == ["Anna B."]


def test_what_could_not_be_stored_about_a_person_stays_typed(qtbot, desk, pane):
    desk.outcomes[c.SaveContact] = StoreError(StoreFault.FULL)
    part_of(pane)._edit.click()
    dialog = pane.findChild(EditDialog)
    dialog.form._name.setText("Anna B.")
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog._notice.isVisible() and dialog.save.isEnabled())
    assert dialog.form._name.text() == "Anna B."
