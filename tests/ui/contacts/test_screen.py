"""People on the screen: listed, changed, merged; on a scripted desk."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.people.contact import (
    AuthorRow,
    ContactNote,
    ContactRow,
    MergeRow,
    PersonDetail,
    Profile,
    Said,
    Somebody,
    Suggestion,
)
from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.queries.contacts import (
    ListContacts,
    ListSaid,
    ReadContacts,
    ReadPerson,
    SuggestMerges,
)
from socialdesk.ui import link_question
from socialdesk.ui.contacts.choosing import ChooseContact
from socialdesk.ui.contacts.model import PAGE, ContactsModel
from socialdesk.ui.contacts.screen import ALIKE, ContactsScreen
from socialdesk.ui.tasks import Waiter
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

DAY = 86_400_000
AUTHOR = AuthorRow(7, "mastodon", "Anna Kim", "@anna@pond.example", "https://pond.example/@anna",
                   1204, False, True, False, NOW - 90 * DAY, 12, 9, NOW - DAY)  # fmt: skip
ANNA = PersonDetail(
    1,
    Profile("Anna Kim", "Rye & Co", "email", "https://crm.example/1",
            (("email", "anna@pond.example"), ("phone", "+7 701 000 00 01"))),
    (AUTHOR, AuthorRow(8, "bluesky", "Anna", "anna.sky.example", "", -1, False, False, False,
                       NOW - 30 * DAY, 3, 1, NOW - 2 * DAY)),
    ("press", "regular"),
    (ContactNote(1, NOW - DAY, "Aliya", "Prefers to be called in the morning."),),
    (MergeRow(4, "Anna", NOW - DAY, "Aliya", "email"),),
)  # fmt: skip
SAID = [
    Said(99, "mastodon", NOW - DAY, "Is the rye bread back? I was told it would be on Monday.",
         ((NOW - DAY + 1, "Yes, from tomorrow at nine."),)),
    Said(98, "bluesky", NOW - 2 * DAY, "Lovely buns, as ever."),
]  # fmt: skip


def a_contact(id):
    return ContactRow(
        id, f"Person {id}", "Rye & Co" if id % 2 else "", ("press",) if id % 3 else (),
        ("mastodon", "bluesky")[: id % 3], NOW - id * DAY, "Is the rye bread back?", id, id == 2,
    )  # fmt: skip


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.answers[ListContacts] = lambda query: Listing(array("q", range(1, 13)), 12)
    made.answers[ReadContacts] = lambda query: [a_contact(id) for id in query.ids]
    made.answers[ReadPerson] = lambda query: ANNA
    made.answers[ListSaid] = lambda query: SAID if not query.before else []
    made.answers[SuggestMerges] = [
        Suggestion(
            Somebody(0, 9, "Anna K.", ("bluesky",), "annakim.sky.example"),
            Somebody(1, 0, "Anna Kim", ("mastodon",), "@annakim@pond.example"),
            (("handle", "annakim"), ("link", "https://anna.example")),
        )
    ]
    for kind in (c.SaveContact, c.MergePeople, c.AddContactNote, c.LabelContact):
        made.outcomes[kind] = {"contact_id": 1}
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = ContactsScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    qtbot.waitUntil(lambda: made.pane.person is ANNA)
    qtbot.waitUntil(lambda: made.model.row(0).name == "Person 1")
    return made


def test_the_first_person_is_shown_in_full(screen, theme):
    shoot(theme, screen, "contacts")
    assert screen.list.currentIndex().row() == 0
    assert screen.pane.form.profile() == ANNA.profile
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_what_is_typed_is_saved_whole(qtbot, desk, screen):
    assert not screen.pane.save.isEnabled()
    screen.pane.form._name.setText("Anna B. Kim")
    screen.pane.form._add.click()
    qtbot.keyClicks(screen.pane.form._fields[-1][1], "second@pond.example")
    assert screen.pane.save.isEnabled()
    field = screen.pane.form._name
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (saved,) = desk.did(c.SaveContact)
    assert (saved.name, saved.contact_id) == ("Anna B. Kim", 1)
    assert ("email", "second@pond.example") in saved.fields


def test_a_person_who_comes_late_does_not_take_the_place_of_a_new_one(qtbot, desk, screen):
    desk.is_holding = True
    screen.show_person(2)
    screen.new_contact()
    screen.pane.form._name.setText("Zarina")
    desk.release()
    settled: list[object] = []
    Waiter(screen, desk.ask(ReadPerson(2)), settled.append, settled.append)
    qtbot.waitUntil(lambda: settled != [])  # asked after: what came before it was dealt with
    assert (screen.pane.person, screen.pane.form._name.text()) == (None, "Zarina")


def test_a_change_elsewhere_does_not_wipe_what_is_being_typed(qtbot, desk, screen):
    screen.pane.form._name.setText("half ty")
    n = len(desk.asked(ReadPerson))
    desk.tell(Changes(areas=frozenset({Area.CONTACTS})))
    qtbot.waitUntil(lambda: len(desk.asked(ReadPerson)) > n)
    qtbot.waitUntil(lambda: desk.asked(ListSaid)[-1].contact_id == 1)
    assert screen.pane.form._name.text() == "half ty"


def test_labels_notes_and_merges_by_keyboard(qtbot, desk, screen):
    qtbot.keyClicks(screen.pane._label, "vip lunch")
    qtbot.keyClick(screen.pane._label, Qt.Key.Key_Return)
    qtbot.keyClicks(screen.pane._note, "Called back.")
    qtbot.keyClick(screen.pane._note, Qt.Key.Key_Return)
    assert desk.did(c.LabelContact) == [c.LabelContact("vip lunch", contact_id=1)]
    assert desk.did(c.AddContactNote) == [c.AddContactNote("Called back.", contact_id=1)]
    screen.pane._take_off("press")
    assert desk.did(c.LabelContact)[-1] == c.LabelContact("press", is_on=False, contact_id=1)


def test_older_words_come_when_asked_for(qtbot, desk, screen):
    history = screen.pane.history
    full = [Said(n, "mastodon", NOW, f"Words {n}") for n in range(200, 180, -1)]
    desk.answers[ListSaid] = lambda query: full if not query.before else SAID
    history.show_person(1, 0)
    qtbot.waitUntil(lambda: history._older.isVisible())
    history._older.click()
    qtbot.waitUntil(lambda: not history._older.isVisible())
    assert desk.asked(ListSaid)[-1].before == 181
    with qtbot.waitSignal(screen.mention_asked) as asked:
        history._list.itemAt(0).widget().findChildren(type(history._older))[0].click()
    assert asked.args == [200]


def test_a_suggestion_says_why_and_keeps_the_one_we_know(qtbot, desk, screen, theme):
    screen._tabs.setCurrentIndex(ALIKE)
    button = None

    def shown():
        nonlocal button
        found = [b for b in screen.alike.findChildren(type(screen.pane.save)) if b.isVisible()]
        button = found[0] if found else None
        return button is not None

    qtbot.waitUntil(shown)
    shoot(theme, screen, "contacts-alike")
    assert button is not None
    button.click()
    assert desk.did(c.MergePeople) == [c.MergePeople(1, 0, 0, 9, why="handle")]


def test_a_new_contact_is_stored_when_it_is_saved(qtbot, desk, screen):
    screen.new_contact()
    assert not screen.pane._later.isVisible()
    assert not screen.pane.save.isEnabled()
    qtbot.keyClicks(screen.pane.form._name, "Zoe")
    screen.pane.save.click()
    assert desk.did(c.SaveContact) == [c.SaveContact("Zoe")]


def test_merging_by_hand_chooses_by_typing(qtbot, desk, screen):
    screen.pane._merge.click()
    dialog = screen.findChild(ChooseContact)
    qtbot.waitUntil(lambda: dialog.list.count() == 11)  # not themselves
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    assert desk.did(c.MergePeople) == [c.MergePeople(contact_id=1, from_contact_id=2)]


def test_a_hundred_thousand_people_read_only_what_is_seen(qtbot, desk, qtmodeltester):
    model = ContactsModel(desk, None)  # type: ignore[arg-type]
    model.show(array("q", range(1, 100_001)))
    assert model.rowCount() == 100_000
    assert model.row(50_000).name == ""
    qtbot.waitUntil(lambda: model.row(50_000).name == "Person 50001")
    assert len(desk.asked(ReadContacts)) == 1
    assert desk.asked(ReadContacts)[0].ids == tuple(range(50_001, 50_001 + PAGE))
    small = ContactsModel(desk, model)
    small.show(array("q", [1, 2, 3]))
    qtmodeltester.check(small, force_py=True)
    model.deleteLater()


def test_two_who_are_not_one_are_kept_apart(qtbot, desk, screen):
    screen._tabs.setCurrentIndex(ALIKE)
    named = "Anna Kim and Anna K. are not the same person"
    qtbot.waitUntil(lambda: any(b.accessibleName() == named
                                for b in screen.alike.findChildren(QPushButton)))  # fmt: skip
    (button,) = [b for b in screen.alike.findChildren(QPushButton) if b.accessibleName() == named]
    button.click()
    assert desk.did(c.KeepApart) == [c.KeepApart(1, 0, 0, 9)]


def test_the_host_of_a_crm_link_is_shown_before_it_opens(qtbot, screen, monkeypatch):
    reached: list[str] = []

    def reach(url: str) -> bool:
        reached.append(url)
        return True

    monkeypatch.setattr(link_question, "open_url", reach)
    form = screen.pane.form
    assert form._open.isEnabled()
    form._open.click()
    (box,) = screen.findChildren(QMessageBox)
    assert "crm.example" in box.text() and reached == []
    box.button(QMessageBox.StandardButton.Open).click()
    assert reached == ["https://crm.example/1"]
    for words in ("", "number 17", "file:///etc/passwd"):
        form._crm.setText(words)
        assert not form._open.isEnabled()


def test_an_empty_list_says_why_in_its_own_place(qtbot, desk, theme):
    desk.answers[ListContacts] = lambda query: Listing(array("q"), 0)
    made = ContactsScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(lambda: "Nobody yet" in made.list.accessibleDescription())
    assert made._empty.isVisible() and not made._count.text()
    made._search.setText("zzz")
    qtbot.waitUntil(lambda: "Nobody is found" in made._empty.text())
    desk.answers[ListContacts] = lambda query: Listing(array("q", [1, 2]), 2)
    made.refresh()
    qtbot.waitUntil(lambda: not made._empty.isVisible())
    assert made._count.text() == "2 people"


def test_when_who_is_shown_is_gone_the_next_one_is_and_the_list_has_the_keys(qtbot, desk, screen):
    screen.activateWindow()
    screen.pane._merge.setFocus()
    desk.answers[ListContacts] = lambda query: Listing(array("q", range(2, 13)), 11)
    other = replace(ANNA, contact_id=2)
    desk.answers[ReadPerson] = lambda query: other if query.contact_id == 2 else None
    desk.tell(Changes(areas=frozenset({Area.CONTACTS})))  # as an undo in the window does
    qtbot.waitUntil(lambda: screen.pane.person is other)
    assert screen.list.hasFocus()
    assert screen.list.currentIndex().row() == 0
    assert screen._pages.currentWidget() is screen.pane
