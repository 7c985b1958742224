"""Half-filled forms: words, selection and keys outlive a change of language and of the engine."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.people.contact import ContactRow, PersonDetail, Profile
from socialdesk.domain.queue.rows import Listing
from socialdesk.domain.replies.faq import FaqEntry, FaqGap
from socialdesk.engine.queries.contacts import ListContacts, ListSaid, ReadContacts, ReadPerson
from socialdesk.engine.queries.faq import ListFaq, ListFaqGaps
from socialdesk.i18n import set_language, tr
from socialdesk.ui.contacts.screen import ContactsScreen
from socialdesk.ui.faq.screen import GAPS, FaqScreen
from socialdesk.ui.typed import carry
from tests.ui.fake_desk import NOW, FakeDesk

WEI = PersonDetail(1, Profile("Wei Lin", "Rye & Co", "", "", (("email", "wei@pond.example"),)), ())
SUNDAY = FaqEntry(1, "Are you open on Sunday?", "Yes, from 9 to 15.", "en", "Hours", "Aliya", NOW)
HOLIDAYS = replace(SUNDAY, id=2, question="Are you open on holidays?")
BICYCLES = FaqGap(7, 99, "Is there a place for bicycles?", NOW)


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[ListContacts] = people_of(1, 2)
    made.answers[ReadContacts] = lambda query: [ContactRow(id, f"P {id}") for id in query.ids]
    made.answers[ListSaid] = []
    made.answers[ListFaq] = [SUNDAY]
    made.answers[ListFaqGaps] = [BICYCLES]
    yield made
    set_language("en")


def shown(qtbot, made):
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def people_of(*ids):
    return Listing(array("q", ids), len(ids))


@pytest.fixture
def reads(desk):
    """Wei, each time they were read: the last is the one to be shown."""
    made = []

    def read(query):
        made.append(replace(WEI))
        return made[-1]

    desk.answers[ReadPerson] = read
    return made


@pytest.fixture
def people(qtbot, desk, reads):
    made = shown(qtbot, ContactsScreen(desk, lambda: NOW, None))
    qtbot.waitUntil(lambda: listed(made) == 2 and made.pane.person is reads[-1])
    return made


@pytest.fixture
def faq(qtbot, desk):
    made = shown(qtbot, FaqScreen(desk, None))
    qtbot.waitUntil(lambda: made._entry._question.text() == SUNDAY.question)
    return made


def list_of(screen):
    return screen.list if isinstance(screen, ContactsScreen) else screen._list


def listed(screen):
    return list_of(screen).model().rowCount()


def speak_russian(qtbot, screen):
    """Goes on once the screen is made anew and shows again what it showed."""
    before, n, settings = list_of(screen), listed(screen), QDialog(screen)
    settings.show()  # where the language is chosen; the keys are there meanwhile
    settings.activateWindow()
    qtbot.waitUntil(settings.isActiveWindow)
    set_language("ru")
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: list_of(screen) is not before and listed(screen) == n)
    settings.close()
    screen.activateWindow()


def change(qtbot, desk, area, is_shown):
    """Goes on once the screen shows it; it must not have done so before."""
    assert not is_shown()
    desk.tell(Changes(areas=frozenset({area})))
    qtbot.waitUntil(is_shown)


def test_a_half_filled_person_goes_on_in_another_language(qtbot, people, reads):
    form = people.pane.form
    form._org.setText("Rye & Sons")
    form._channel.setCurrentIndex(form._channel.findData("phone"))
    form._add.click()
    form._fields[-1][1].setText("zarina@")
    people.pane._note.setText("Called b")
    people.pane._label.setText("vi")
    form._name.setText("Wei L. Lin")
    form._name.setFocus()
    form._name.setSelection(4, 2)
    speak_russian(qtbot, people)
    qtbot.waitUntil(lambda: people.pane.person is reads[-1])
    now = people.pane.form
    assert now._name.accessibleName() == tr("Name") != "Name"
    assert (now._name.text(), now._org.text()) == ("Wei L. Lin", "Rye & Sons")
    assert now._channel.currentData() == "phone"
    assert [field.text() for _, field in now._fields] == ["wei@pond.example", "zarina@"]
    assert (people.pane._label.text(), people.pane._note.text()) == ("vi", "Called b")
    assert now._name.selectedText() == "L."
    qtbot.waitUntil(lambda: people.focusWidget() is now._name)
    assert people.pane.save.isEnabled()


def test_a_new_person_goes_on_in_another_language_and_when_somebody_else_comes(qtbot, desk, people):
    people.new_contact()
    people.pane.form._name.setText("Zarina")
    speak_russian(qtbot, people)
    desk.answers[ListContacts] = people_of(1, 2, 3)
    change(qtbot, desk, Area.CONTACTS, lambda: listed(people) == 3)
    assert people.pane.person is None
    assert people.pane.form._name.text() == "Zarina"


def test_somebody_else_coming_does_not_wipe_a_half_filled_person(qtbot, desk, people, reads):
    name = people.pane.form._name
    name.setText("Wei L. Lin")
    name.setFocus()
    name.setSelection(4, 2)
    desk.answers[ListContacts] = people_of(3, 1, 2)
    change(qtbot, desk, Area.CONTACTS, lambda: listed(people) == 3)
    qtbot.waitUntil(lambda: people.pane.person is reads[-1])
    assert people.list.currentIndex().row() == 1
    assert (name.text(), name.selectedText()) == ("Wei L. Lin", "L.")
    assert people.focusWidget() is name


def test_an_empty_list_does_not_hide_the_first_person_being_written(qtbot, desk, people):
    people.new_contact()
    people.pane.form._name.setText("Zarina")
    desk.answers[ListContacts] = people_of()
    change(qtbot, desk, Area.CONTACTS, lambda: listed(people) == 0)
    assert people.pane.isVisible()


def test_the_typed_words_of_one_person_are_not_taken_for_anothers(qtbot, desk, people):
    people.pane.form._name.setText("Wei L. Lin")
    other = PersonDetail(2, Profile("Timur"), ())
    desk.answers[ReadPerson] = lambda query: other
    people.show_person(2)
    qtbot.waitUntil(lambda: people.pane.person is other)
    assert people.pane.form._name.text() == "Timur"


@pytest.mark.parametrize("tab", [0, GAPS])
def test_a_half_written_answer_goes_on_in_another_language(qtbot, desk, faq, tab):
    faq._tabs.setCurrentIndex(tab)
    question = BICYCLES.words if tab else SUNDAY.question
    qtbot.waitUntil(lambda: faq._entry._question.text() == question)
    faq._entry._folder.setText("Ho")
    answer = faq._entry._answer
    answer.setPlainText("Behind the house")
    answer.setFocus()
    answer.selectAll()
    speak_russian(qtbot, faq)
    now = faq._entry
    assert now._answer.accessibleName() == tr("Answer") != "Answer"
    assert now._typed() == (question, "Behind the house", "en", "Ho")
    assert now._answer.textCursor().selectedText() == "Behind the house"
    assert faq._gap_buttons.isVisible() == bool(tab)
    qtbot.waitUntil(lambda: faq.focusWidget() is now._answer)
    now._save()
    assert desk.commands[-1].gap_id == (BICYCLES.id if tab else 0)
    assert desk.commands[-1].faq_id == (0 if tab else SUNDAY.id)


def test_a_new_question_stays_when_the_list_changes(qtbot, desk, faq):
    faq.new_entry()
    desk.answers[ListFaq] = [SUNDAY, HOLIDAYS]
    change(qtbot, desk, Area.FAQ, lambda: listed(faq) == 2)
    qtbot.keyClicks(faq._entry._question, "Is there wifi?")
    desk.answers[ListFaq] = [SUNDAY]
    change(qtbot, desk, Area.FAQ, lambda: listed(faq) == 1)
    assert faq._entry._typed()[:2] == ("Is there wifi?", "")


def test_the_selection_stays_when_the_list_changes(qtbot, desk, faq):
    faq._entry._question.setFocus()
    faq._entry._question.setSelection(0, 3)
    faq._entry._answer.selectAll()
    desk.answers[ListFaq] = [SUNDAY, HOLIDAYS]
    change(qtbot, desk, Area.FAQ, lambda: listed(faq) == 2)
    assert faq._entry._question.selectedText() == "Are"
    assert faq._entry._answer.textCursor().selectedText() == SUNDAY.answer


def test_a_selection_made_backwards_keeps_its_cursor(qtbot):
    was, now = QLineEdit("half ty"), QLineEdit()
    for made in (was, now):
        qtbot.addWidget(made)
    was.setSelection(5, -3)
    carry((was,), (now,), None)
    assert (now.selectedText(), now.cursorPosition()) == (was.selectedText(), 2)


def test_fields_of_other_kinds_are_no_continuation(qtbot):
    was, now = QPlainTextEdit(), QComboBox()
    for made in (was, now):
        qtbot.addWidget(made)
    with pytest.raises(TypeError):
        carry((was,), (now,), None)
