"""Saying which contact an author is, from the inbox."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.queries.contacts import ListContacts, ReadContacts, ReadPerson
from socialdesk.ui.contacts.choosing import ChooseContact
from socialdesk.ui.contacts.linking import ask_contact
from socialdesk.ui.inbox.context import ContextPane
from socialdesk.ui.window import MainWindow
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.contacts.test_screen import ANNA, a_contact
from tests.ui.fake_desk import NOW, FakeDesk, a_row, an_author

NOBODY = replace(ANNA, contact_id=0, notes=(), merges=(), labels=())


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk([a_row(7)])
    made.answers[ListContacts] = lambda query: (
        Listing(array("q", [5]), 1) if query.search else Listing(array("q", range(1, 4)), 3)
    )
    made.answers[ReadContacts] = lambda query: [a_contact(id) for id in query.ids]
    made.answers[ReadPerson] = NOBODY
    return made


@pytest.fixture
def parent(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def asked(qtbot, desk, parent):
    done: list[object] = []
    ask_contact(desk, 7, done.append, done.append, parent)
    qtbot.waitUntil(lambda: parent.findChild(ChooseContact) is not None)
    dialog = parent.findChild(ChooseContact)
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    return dialog, done


def offered(pane):
    return [b for b in pane.findChildren(QPushButton) if b.text() == "Link to a contact…"]


def new_button(dialog):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "New contact")


def test_the_author_is_one_who_is_there(qtbot, desk, asked):
    dialog, done = asked
    assert "Ann 7" in dialog.windowTitle()
    assert unnamed(dialog) == [] and wrong_format(dialog) == []
    dialog.list.setCurrentRow(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert desk.did(c.LinkAuthor) == [c.LinkAuthor(7, 2)]


def test_or_a_new_one(qtbot, desk, asked):
    dialog, done = asked
    new_button(dialog).click()
    qtbot.waitUntil(lambda: len(done) == 1)
    assert desk.did(c.MakeContact) == [c.MakeContact(7)]


def test_where_nobody_is_found_the_list_says_so(qtbot, desk, asked):
    dialog, done = asked
    desk.answers[ListContacts] = Listing(array("q"), 0)
    qtbot.keyClicks(dialog._search, "zoe")
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    assert dialog._empty.isVisible() and dialog._empty.text()
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    assert dialog.isVisible() and not done


def test_enter_at_once_takes_who_was_typed(qtbot, desk, asked):
    """Not the first of the list that stood there before."""
    dialog, done = asked
    qtbot.keyClicks(dialog._search, "ben")
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    assert not done
    qtbot.waitUntil(lambda: len(done) == 1)
    assert desk.did(c.LinkAuthor) == [c.LinkAuthor(7, 5)]


def test_who_is_a_contact_already_becomes_one_with_the_other(qtbot, desk, parent):
    desk.answers[ReadPerson] = ANNA
    ask_contact(desk, 7, lambda _: None, lambda _: None, parent)
    qtbot.waitUntil(lambda: parent.findChild(ChooseContact) is not None)
    dialog = parent.findChild(ChooseContact)
    qtbot.waitUntil(lambda: dialog.list.count() == 2)  # not themselves
    assert not new_button(dialog).isVisible()
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.did(c.MergePeople)))
    assert desk.did(c.MergePeople) == [c.MergePeople(contact_id=2, from_contact_id=1)]


def test_a_key_asks_it_of_the_mention_that_is_shown(qtbot, desk, theme):
    window = MainWindow(desk, now=lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.row is not None)
    window.inbox.pane.list.setFocus()
    said: list[str] = []
    window.inbox.said.connect(lambda text, can_undo: said.append(text) if can_undo else None)
    qtbot.keyClick(window.inbox.pane.list, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.findChild(ChooseContact) is not None)
    dialog = window.findChild(ChooseContact)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.count() == 3)
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said == ["Linked to a contact"])
    assert desk.did(c.LinkAuthor) == [c.LinkAuthor(7, 1)]


def test_the_pane_about_the_author_offers_it_while_there_is_none(qtbot, desk, parent):
    pane = ContextPane(desk, lambda: NOW, parent)
    pane.show_card(an_author(a_row(7)))
    pane.show()
    qtbot.waitUntil(lambda: [b.isVisible() for b in offered(pane)] == [True])
    with qtbot.waitSignal(pane.contact_asked):
        offered(pane)[0].click()
    desk.answers[ReadPerson] = ANNA
    desk.tell(Changes(areas=frozenset({Area.CONTACTS})))
    qtbot.waitUntil(lambda: not offered(pane)[0].isVisible())
