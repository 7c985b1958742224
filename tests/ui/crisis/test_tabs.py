"""The incident room on a scripted desk, by keyboard: audiences, promises, log, review."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault, CredentialError, CredentialFault
from socialdesk.engine.commands import crisis as c
from socialdesk.engine.commands.statements import (
    NoteAudienceTold,
    NotifyAudience,
    SaveAudience,
    SetNotifyAddress,
)
from socialdesk.engine.queries import crisis as cq
from socialdesk.ui.crisis import audiences_pane
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.crisis.audiences_pane import mail_address
from tests.ui.crisis.conftest import PEOPLE, an_incident, some_audiences, some_linked
from tests.ui.crisis.room import a_text, button_of, go, key, open_room, sheet_of, tell, words_of
from tests.ui.driving import CTRL, picker_of
from tests.ui.fake_desk import MINUTE, NOW


@pytest.fixture
def screen(qtbot, desk, theme):
    return open_room(qtbot, desk)


# --- audiences ---


def test_who_was_not_told_stands_first_and_is_told_with_how(screen, desk, qtbot):
    desk.answers[cq.ListStatements] = [a_text("first", "en", "We are sorry.")]
    pane = go(screen, qtbot, "audiences")
    assert "2 audiences are not told" in words_of(pane)
    assert [a.id for a in pane.table.rows] == [3, 2, 1]
    qtbot.waitUntil(lambda: "We are sorry." in words_of(pane))
    key(screen, Qt.Key.Key_T)
    sheet = sheet_of(screen, qtbot)
    qtbot.keyClicks(sheet.focusWidget(), ", the duty officer")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(NoteAudienceTold) == [NoteAudienceTold(1, 3, 7, "Phone, the duty officer")]


def test_nobody_is_noted_as_told_before_the_texts_were_read(screen, desk, qtbot):
    desk.answers[cq.ListStatements] = [a_text("first", "en", "We are sorry.")]
    desk.is_holding = True
    screen.show_tab("audiences")
    pane = screen.pane
    assert isinstance(desk.queries[-1], cq.ListStatements)
    late = desk._held.pop()
    desk.release()
    qtbot.waitUntil(lambda: len(pane.table.rows) == 3)
    pane.table.setFocus()
    key(screen, Qt.Key.Key_T)
    assert not pane._buttons["t"].isEnabled()
    assert "second look" not in words_of(pane)
    late()
    qtbot.waitUntil(pane._buttons["t"].isEnabled)
    key(screen, Qt.Key.Key_T)
    key(sheet_of(screen, qtbot), Qt.Key.Key_Return, CTRL)
    assert [told.version_id for told in desk.did(NoteAudienceTold)] == [7]


def test_a_message_is_prepared_for_the_mail_program(screen, desk, qtbot, monkeypatch):
    opened: list[str] = []

    def opening(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(audiences_pane, "open_url", opening)
    desk.answers[cq.ListStatements] = [a_text("first", "en", "We are sorry.\nMore at 14:30 & on.")]
    pane = go(screen, qtbot, "audiences")
    pane.table.choose(2)
    qtbot.waitUntil(pane._buttons["m"].isEnabled)
    key(screen, Qt.Key.Key_M)
    assert opened == [
        "mailto:partners@dala.example?subject=Card%20payments%20fail%20at%20every%20till"
        "&body=We%20are%20sorry.%0D%0AMore%20at%2014%3A30%20%26%20on."
    ]
    assert "Once it is sent" in pane.talk.notice.text
    assert desk.did(NoteAudienceTold) == []


def test_without_a_mail_program_the_text_is_copied(screen, desk, qtbot, monkeypatch):
    monkeypatch.setattr(audiences_pane, "open_url", lambda url: False)
    desk.answers |= {
        cq.ListStatements: [a_text("first", "en", "We are sorry.")],
        cq.ReadIncident: an_incident(is_drill=True),
    }
    tell(desk)
    pane = go(screen, qtbot, "audiences")
    qtbot.waitUntil(lambda: pane._incident.is_drill)
    pane.table.choose(2)
    qtbot.waitUntil(pane._buttons["m"].isEnabled)
    key(screen, Qt.Key.Key_M)
    assert QGuiApplication.clipboard().text() == "DRILL · We are sorry."
    assert "is copied" in pane.talk.notice.text


def test_a_text_without_a_second_look_is_given_to_nobody(screen, desk, qtbot):
    desk.answers[cq.ListStatements] = [a_text(is_looked_at=False)]
    pane = go(screen, qtbot, "audiences")
    pane.table.choose(2)
    qtbot.waitUntil(lambda: "No text has had a second look" in words_of(pane))
    key(screen, Qt.Key.Key_C)
    assert not pane._buttons["c"].isEnabled()


def test_the_notify_service_is_offered_where_it_is_the_channel(screen, desk, qtbot):
    desk.outcomes[NotifyAudience] = {"n_sent": 1}
    desk.answers[cq.ListStatements] = [a_text()]
    staff = replace(some_audiences()[0], channel="notify")
    desk.answers[cq.ListAudiences] = [staff]
    pane = go(screen, qtbot, "audiences")
    qtbot.waitUntil(pane._buttons["n"].isEnabled)
    key(screen, Qt.Key.Key_N)
    assert desk.did(NotifyAudience) == [NotifyAudience(1, 1, 7)]
    qtbot.waitUntil(lambda: "1 message was sent" in pane.talk.notice.text)


def test_what_may_have_gone_already_goes_again_only_when_somebody_says_so(screen, desk, qtbot):
    desk.outcomes[NotifyAudience] = CommandError(CommandFault.NOT_NOTIFIED, why="unclear")
    desk.answers[cq.ListStatements] = [a_text()]
    desk.answers[cq.ListAudiences] = [replace(some_audiences()[0], channel="notify")]
    pane = go(screen, qtbot, "audiences")
    qtbot.waitUntil(pane._buttons["n"].isEnabled)
    key(screen, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "may have it already" in pane.talk.notice.text)
    desk.outcomes[NotifyAudience] = {"n_sent": 1}
    button_of(pane, "Send it again").click()
    assert desk.did(NotifyAudience)[-1] == NotifyAudience(1, 1, 7, is_sure=True)
    qtbot.waitUntil(lambda: "1 message was sent" in pane.talk.notice.text)


def test_a_services_address_goes_to_the_keyring_and_never_into_the_file(screen, desk, qtbot):
    desk.answers[cq.ListAudiences] = [replace(some_audiences()[0], channel="notify")]
    go(screen, qtbot, "audiences")
    key(screen, Qt.Key.Key_S)
    sheet = sheet_of(screen, qtbot)
    assert sheet.focusWidget().echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(sheet.focusWidget(), "ntfys://key@ntfy.example/shop")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(SetNotifyAddress) == [SetNotifyAddress(1, "ntfys://key@ntfy.example/shop")]
    qtbot.waitUntil(lambda: not [s for s in screen.findChildren(Sheet) if s.isVisible()])
    key(screen, Qt.Key.Key_E)
    form = sheet_of(screen, qtbot)
    next(f for f in form.findChildren(QLineEdit) if "Address" in f.accessibleName()).setText("key")
    key(form, Qt.Key.Key_Return, CTRL)
    assert desk.did(SaveAudience)[0].address == ""


SERVICE = "ntfys://key@ntfy.example/shop"


def refused_address(screen, desk, qtbot, fault):
    """The sheet of a notify service whose address the keyring did not take."""
    desk.answers[cq.ListAudiences] = [replace(some_audiences()[0], channel="notify")]
    desk.outcomes[SetNotifyAddress] = CredentialError(fault)
    go(screen, qtbot, "audiences")
    key(screen, Qt.Key.Key_S)
    sheet = sheet_of(screen, qtbot)
    qtbot.keyClicks(sheet.focusWidget(), SERVICE)
    key(sheet, Qt.Key.Key_Return, CTRL)
    return sheet


def test_without_a_keyring_a_services_address_is_kept_for_the_session(screen, desk, qtbot):
    sheet = refused_address(screen, desk, qtbot, CredentialFault.NONE)
    qtbot.waitUntil(lambda: "no keyring" in sheet.notice.text)
    del desk.outcomes[SetNotifyAddress]
    button_of(sheet, "For this session only").click()
    assert desk.did(SetNotifyAddress)[-1] == SetNotifyAddress(1, SERVICE, session_only=True)
    qtbot.waitUntil(lambda: not [s for s in screen.findChildren(Sheet) if s.isVisible()])


def test_in_practice_no_services_address_is_offered_to_be_kept_for_the_session(screen, desk, qtbot):
    sheet = refused_address(screen, desk, qtbot, CredentialFault.PRACTICE)
    qtbot.waitUntil(lambda: "no real service is told anything" in sheet.notice.text)
    shown = [b.text() for b in sheet.findChildren(QPushButton) if b.isVisible()]
    assert "For this session only" not in shown


def test_no_address_is_typed_where_it_would_be_kept_nowhere(screen, desk, qtbot):
    go(screen, qtbot, "audiences")
    key(screen, Qt.Key.Key_A)
    sheet = sheet_of(screen, qtbot)
    address = next(f for f in sheet.findChildren(QLineEdit) if "Address" in f.accessibleName())
    channel = sheet.findChildren(QComboBox)[1]
    assert address.isEnabled()
    channel.setCurrentIndex(channel.findData("notify"))
    assert not address.isEnabled()


def test_an_audience_is_added_by_keyboard(screen, desk, qtbot):
    go(screen, qtbot, "audiences")
    key(screen, Qt.Key.Key_A)
    sheet = sheet_of(screen, qtbot)
    qtbot.keyClicks(sheet.focusWidget(), "Landlord")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(SaveAudience) == [
        SaveAudience("Landlord", "customers", 0, "email", incident_id=1)
    ]


def test_a_mail_address_escapes_everything():
    assert mail_address("a@b.example", "a&b", "x=1") == (
        "mailto:a@b.example?subject=a%26b&body=x%3D1"
    )


# --- promises, log, review ---


def test_promises_count_down_and_lead_to_who_asked(screen, qtbot):
    shown: list[int] = []
    screen.mention_asked.connect(shown.append)
    pane = go(screen, qtbot, "dues")
    assert "2 open · 1 of 2 kept" in words_of(pane)
    model = pane.table.model()
    assert model.data(model.index(1, 2)) == "late by 3 min 0 s"
    pane.table.go_to(1)
    key(screen, Qt.Key.Key_Return)
    assert shown == [4]


def test_the_log_is_told_in_words_and_takes_a_note(screen, desk, qtbot):
    pane = go(screen, qtbot, "log")
    model = pane.table.model()
    said = [model.data(model.index(n, 2)) for n in range(3)]
    assert said[0] == "Bank called back."
    assert said[1].endswith(" → Holding")
    assert "SEV2" in said[2] and "3 replies were held" in said[2]
    key(screen, Qt.Key.Key_N)
    sheet = sheet_of(screen, qtbot)
    qtbot.keyClicks(sheet.focusWidget(), "Called the bank")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.AddLogNote) == [c.AddLogNote(1, "Called the bank")]


def test_the_review_is_saved_and_closing_tells_what_it_waits_for(screen, desk, qtbot):
    desk.answers[cq.ReadIncident] = an_incident(IncidentState.REVIEW)
    tell(desk)
    screen.show_tab("review")
    pane = screen.pane
    qtbot.waitUntil(lambda: "A certificate" in pane.fields["cause"].toPlainText())
    qtbot.waitUntil(lambda: "what went well" in words_of(pane))
    pane.fields["went_well"].setFocus()
    qtbot.keyClicks(pane.fields["went_well"], "Staff knew")
    key(screen, Qt.Key.Key_S, CTRL)
    assert desk.did(c.SaveReview) == [c.SaveReview(1, (("went_well", "Staff knew"),))]
    desk.outcomes[c.MoveIncident] = CrisisRefusedError("R31", list="went_badly:1, action:1")
    close = button_of(pane, "Close the incident")
    qtbot.waitUntil(close.isEnabled)
    close.click()
    wanted = ("The review closes when these are filled: what did not go well · "
              "an action with owner and date.")  # fmt: skip
    qtbot.waitUntil(lambda: pane.talk.notice.text == wanted)


def test_what_somebody_writes_in_the_review_is_not_overwritten(screen, desk, qtbot):
    screen.show_tab("review")
    pane = screen.pane
    qtbot.waitUntil(lambda: pane.fields["cause"].toPlainText() != "")
    pane.fields["went_badly"].setFocus()
    qtbot.keyClicks(pane.fields["went_badly"], "Late")
    n = len(desk.asked(cq.ReadReview))
    tell(desk)
    qtbot.waitUntil(lambda: len(desk.asked(cq.ReadReview)) > n)
    assert pane.fields["went_badly"].toPlainText() == "Late"


def test_an_action_gets_an_owner_and_a_date(screen, desk, qtbot):
    screen.show_tab("review")
    pane = screen.pane
    qtbot.waitUntil(lambda: len(pane.tasks.rows) == 2)
    pane.tasks.setFocus()
    pane.tasks.go_to(1)
    key(screen, Qt.Key.Key_E)
    sheet = sheet_of(screen, qtbot)
    owner = sheet.findChild(QComboBox)
    qtbot.waitUntil(lambda: owner.count() == 1 + len(PEOPLE))
    key(sheet, Qt.Key.Key_Return)
    key(sheet, Qt.Key.Key_Down)
    key(sheet, Qt.Key.Key_Down)
    key(sheet, Qt.Key.Key_Return, CTRL)
    (task,) = desk.did(c.SaveTask)
    assert (task.task_id, task.text, task.owner) == (2, "Cash box at every till", 2)
    assert task.due_at > NOW + 6 * 24 * 60 * MINUTE


def test_a_new_text_is_begun_from_the_tabs_too(screen, qtbot):
    """Its button names the key, and the keys stay on the tabs when the arrows lead there."""
    go(screen, qtbot, "texts")
    for there in (screen.tabs, screen.rail.next):
        there.setFocus()
        key(screen, Qt.Key.Key_N, CTRL)
        sheet = picker_of(screen)
        sheet.close()
        qtbot.waitUntil(lambda gone=sheet: not gone.isVisible())
        QCoreApplication.sendPostedEvents(sheet, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (IncidentState.HOLDING, "“Link this mention to the incident” in the palette (Ctrl+K)."),
        (IncidentState.CLOSED, "No mention was linked to this incident."),
    ],
)
def test_no_linked_mentions_say_why_and_what_to_do(screen, desk, qtbot, state, said):
    desk.answers[cq.ReadIncident] = an_incident(state)
    desk.answers[cq.ListLinked] = []
    tell(desk)
    screen.show_tab("mentions")
    pane = screen.pane
    qtbot.waitUntil(lambda: pane.table.accessibleDescription().endswith(said))
    assert said in words_of(pane)
    desk.answers[cq.ListLinked] = some_linked()
    tell(desk)
    qtbot.waitUntil(lambda: len(pane.table.rows) == 3)
    assert said not in words_of(pane) and pane.table.accessibleDescription() == ""
