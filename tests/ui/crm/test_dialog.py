"""The dialog that makes a case: only what stands in it leaves, and only where it may."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QRadioButton

from socialdesk.domain.errors import CommandError, CommandFault, UnreachableError
from socialdesk.domain.people.contact import PersonDetail, Profile
from socialdesk.domain.people.crm import CrmAccount, CrmRecord, RecordRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands.crm import (
    ChooseRecord,
    LookUpPerson,
    MakeCase,
    MayLeave,
    TakeCaseBack,
)
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.engine.queries.crm import ListCases, ListCrms, ListRecords
from socialdesk.ui.crm.dialog import CaseDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.contacts.test_screen import ANNA
from tests.ui.driving import type_in
from tests.ui.fake_desk import NOW, FakeDesk, a_detail, a_row, an_author

ROW = a_row(1, author="Dana Flint", handle="@dana@pond.example")
WORDS = "Three weeks, two mails, no answer. <b>Where</b> is my order 1204?"
SHED = CrmAccount(9, "HubSpot 46001", "hubspot")
BARN = CrmAccount(10, "Rye & Co", "salesforce", looks_up=True)
DANA = RecordRow(
    9, SHED.name, CrmRecord("901", "Dana Flint", "https://app.hubspot.com/c/901",
                            (("E-mail", "dana@orchard.example"), ("Stage", "customer"))),
    False, NOW - 60_000,
)  # fmt: skip
OTHER = replace(DANA, record=CrmRecord("902", "D. Flint <i>", "https://app.hubspot.com/c/902"))
KNOWN: PersonDetail = replace(
    ANNA, profile=Profile("Dana Flint", fields=(("email", "dana@orchard.example"),))
)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk([ROW])
    made.answers[ListCrms] = [SHED, BARN]
    made.answers[ListRecords] = []
    made.answers[ListCases] = []
    made.answers[ReadPerson] = KNOWN
    made.answers[q.ReadDetail] = a_detail(ROW, body=WORDS, n_stars=2)
    made.answers[q.ReadAuthor] = an_author(ROW)
    made.outcomes[MayLeave] = {"blocked": ""}
    made.outcomes[MakeCase] = {"case_id": 31}
    return made


@pytest.fixture
def show(qtbot, desk, theme):
    def make() -> CaseDialog:
        made = CaseDialog(desk, ROW.id, None)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: bool(made.body.toPlainText()))
        qtbot.waitUntil(lambda: made.box.email.text() != "")
        n_crms = sum(one.is_on for one in desk.answers[ListCrms])
        qtbot.waitUntil(lambda: made.crm.count() == n_crms)
        blocked = desk.outcomes[MayLeave]["blocked"]
        qtbot.waitUntil(lambda: made.make.isEnabled() or bool(blocked) or not n_crms)
        return made

    return make


def test_it_begins_with_words_link_and_person_of_the_mention(show):
    dialog = show()
    body = dialog.body.toPlainText()
    assert WORDS in body
    assert "https://pond.example/1" in body
    assert "Dana Flint (@dana@pond.example)" in body
    assert dialog.subject.text().endswith("order 1204?")
    assert dialog.box.person.email == "dana@orchard.example"
    assert [dialog.crm.itemText(n) for n in range(dialog.crm.count())] == [SHED.name, BARN.name]


def test_what_stands_there_is_what_leaves(qtbot, desk, show):
    dialog = show()
    dialog.subject.setText("Order 1204")
    dialog.body.setPlainText("Please call her.")
    task = dialog.findChildren(QRadioButton)[1]
    task.setChecked(True)
    made = []
    dialog.made.connect(lambda case, crm: made.append((case, crm)))
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(made))
    assert desk.did(MakeCase) == [MakeCase(1, 9, "task", "Order 1204", "Please call her.", "")]
    assert made == [(31, SHED.name)]


def test_no_button_is_live_before_it_can_do_its_work(qtbot, desk, theme):
    desk.is_holding = True
    dialog = CaseDialog(desk, ROW.id, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.subject.setText("Mine")
    dialog.box.name.setText("Dana")
    author = [type(one) for one in desk.queries].index(q.ReadAuthor)
    settle = desk._held.pop(author + 1)  # before it: whether it may leave, which is no query
    desk.release()
    qtbot.waitUntil(dialog.make.isEnabled)
    assert not dialog.box.look.isEnabled()  # nobody knows of whom yet
    settle()
    qtbot.waitUntil(dialog.box.look.isEnabled)
    dialog.box.look.click()
    assert len(desk.did(LookUpPerson)) == 1


def test_what_is_typed_before_the_answers_came_stays(qtbot, desk, theme):
    desk.is_holding = True
    dialog = CaseDialog(desk, ROW.id, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.subject, "Mine")
    desk.release()
    desk.is_holding = True  # the person is read once the author is known
    qtbot.waitUntil(dialog.box.isEnabled)
    qtbot.keyClicks(dialog.box.name, "Dan")
    desk.release()
    qtbot.waitUntil(lambda: dialog.box.email.text() == "dana@orchard.example")
    assert dialog.box.name.text() == "Dan"
    assert dialog.subject.text() == "Mine"
    assert WORDS in dialog.body.toPlainText()


def test_words_typed_while_it_is_made_make_no_second_case(qtbot, desk, show):
    dialog = show()
    desk.is_holding = True
    dialog.make.click()
    dialog.subject.setText("Mine")
    assert not dialog.make.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(dialog.made):
        desk.release()
    assert len(desk.did(MakeCase)) == 1


def test_a_case_goes_with_no_record_of_another_crm(qtbot, desk, show):
    desk.answers[ListRecords] = [replace(DANA, is_chosen=True)]
    dialog = show()
    qtbot.waitUntil(lambda: dialog.box.record is not None)
    desk.is_holding = True  # the records are asked for again
    dialog.crm.setCurrentIndex(1)
    dialog.make.click()
    (made,) = desk.did(MakeCase)
    assert (made.account_id, made.person_remote_id) == (BARN.id, "")


def test_ctrl_enter_makes_it_and_enter_is_a_new_line(qtbot, desk, show):
    dialog = show()
    dialog.body.setFocus()
    QTest.keyClick(dialog.body, Qt.Key.Key_Return)
    assert desk.did(MakeCase) == []
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.did(MakeCase)))


def test_nothing_is_asked_before_a_click_and_then_just_what_stands_there(qtbot, desk, show):
    dialog = show()
    assert desk.did(LookUpPerson) == []
    dialog.box.handle.clear()
    dialog.box.name.setText("Dana F.")
    desk.answers[ListRecords] = [DANA, OTHER]
    desk.outcomes[LookUpPerson] = {"n": 2, "asked": True}
    dialog.box.look.click()
    assert desk.did(LookUpPerson) == [LookUpPerson(1, 9, "Dana F.", "dana@orchard.example")]
    qtbot.waitUntil(lambda: dialog.box.list.count() == 3)
    assert dialog.box.record is None  # whose it is, a person says
    dialog.box.list.setCurrentRow(1)
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(desk.did(MakeCase)))
    assert desk.did(MakeCase)[0].person_remote_id == "901"


def test_who_was_chosen_before_is_taken_and_others_of_another_crm_are_not_shown(qtbot, desk, show):
    desk.answers[ListRecords] = [replace(DANA, is_chosen=True), replace(OTHER, account_id=10)]
    dialog = show()
    qtbot.waitUntil(lambda: dialog.box.list.count() == 2)
    assert dialog.box.record is not None
    assert not dialog.box.them.isEnabled()
    dialog.crm.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.box.record is None)
    dialog.box.list.setCurrentRow(1)
    dialog.box.them.click()
    assert desk.did(ChooseRecord) == [ChooseRecord(1, 10, "902")]


def test_a_network_that_forbids_it_is_told_before_a_word_is_typed(qtbot, desk, show):
    desk.outcomes[MayLeave] = {"blocked": "no_export"}
    dialog = show()
    qtbot.waitUntil(lambda: "rules of this network" in dialog._notice.text)
    assert not dialog.make.isEnabled()
    assert not dialog.box.look.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.did(MakeCase) == []


def test_what_is_deleted_makes_no_case(qtbot, desk, show):
    desk.outcomes[MayLeave] = {"blocked": "gone"}
    dialog = show()
    qtbot.waitUntil(lambda: "deleted" in dialog._notice.text)
    assert not dialog.make.isEnabled()


def test_without_a_crm_it_leads_to_the_accounts(qtbot, desk, show):
    desk.answers[ListCrms] = [replace(SHED, is_on=False)]
    dialog = show()
    qtbot.waitUntil(lambda: "No CRM" in dialog._notice.text)
    assert not dialog.make.isEnabled()
    with qtbot.waitSignal(dialog.account_wanted):
        next(b for b in dialog.findChildren(QPushButton) if "accounts" in b.text()).click()


def test_a_refusal_is_told_and_keeps_what_was_typed(qtbot, desk, show):
    dialog = show()
    dialog.subject.setText("Mine")
    desk.outcomes[MakeCase] = CommandError(CommandFault.TOO_LONG, n=3)
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    assert dialog.subject.text() == "Mine"
    assert dialog.make.isEnabled()
    desk.outcomes[LookUpPerson] = UnreachableError("x")
    dialog.box.look.click()
    qtbot.waitUntil(lambda: "cannot be reached" in dialog._notice.text)


def test_an_empty_subject_or_too_many_words_make_nothing(show):
    dialog = show()
    dialog.subject.setText(" ")
    assert not dialog.make.isEnabled()
    dialog.subject.setText("Order")
    dialog.body.setPlainText("x" * 30_001)
    assert not dialog.make.isEnabled()
    assert "1 character" in dialog._notice.text


def test_it_looks_right_and_can_be_heard(qtbot, desk, show, theme):
    desk.answers[ListRecords] = [DANA, OTHER]
    dialog = show()
    qtbot.waitUntil(lambda: dialog.box.list.count() == 3)
    dialog.box.list.setCurrentRow(1)
    dialog.box.tell("2 records found.")
    shoot(theme, dialog, "crm-dialog")
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []


def test_the_key_opens_it_and_the_toast_takes_it_back(qtbot, desk, open_window):
    window = open_window()
    type_in(window, "t")
    dialog = window.findChild(CaseDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.body.toPlainText()))
    qtbot.waitUntil(lambda: dialog.make.isEnabled())
    dialog.make.click()
    qtbot.waitUntil(lambda: "HubSpot 46001" in window.toast.text)
    window.toast._button.click()
    assert desk.did(TakeCaseBack) == [TakeCaseBack(31)]
