"""The outbox on a scripted desk, by keyboard."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.account import Can, Card
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import Draft, OutboxRow, PersonRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox import screen as module
from socialdesk.ui.outbox.model import OutboxModel
from socialdesk.ui.outbox.screen import OutboxScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.driving import press_russian
from tests.ui.fake_desk import FakeDesk, a_detail, a_row


def a_reply(number, state, **changes):
    now = now_ms()
    base = {"account": "@dalacoffee", "to": f"Ann {number}", "text": f"Words {number}",
            "made_at": now - 60_000, "person": "Aliya"}  # fmt: skip
    return OutboxRow(number, number, state, **{**base, **changes})


def some_replies():
    now = now_ms()
    return [
        a_reply(9, OutboxState.HELD, hold=HoldReason.UNDO, held_until=now + 9_000),
        a_reply(8, OutboxState.UNCERTAIN, next_at=now + 20_000, reason="UnreachableError"),
        a_reply(7, OutboxState.FAILED, reason="text", detail="Text too long"),
        a_reply(6, OutboxState.APPROVAL, hash="ab" * 32),
        a_reply(5, OutboxState.QUEUED, next_at=now + 60_000),
        a_reply(4, OutboxState.SENT, sent_at=now, url="https://pond.example/4"),
    ]


@pytest.fixture
def desk():
    made = FakeDesk([a_row(n) for n in range(4, 10)])
    made.answers[q.ListOutbox] = some_replies()
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya", is_here=True)]
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = OutboxScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    qtbot.waitUntil(lambda: made._model.rowCount() == 6)
    made._table.setFocus()
    return made


def choose(screen, outbox_id):
    screen._table.go_to(screen._model.place(outbox_id))


def press(screen, text):
    """The button of the chosen reply with this label."""
    QCoreApplication.sendPostedEvents()  # a layout shows its new buttons by an event
    shown = [b for b in screen._sheet.findChildren(QPushButton) if not b.isHidden()]
    next(b for b in shown if b.text() == text).click()


def test_the_model_keeps_qts_rules(qtmodeltester, qapp):
    model = OutboxModel(qapp)
    model.show(some_replies())
    qtmodeltester.check(model)


def test_pictures(screen, theme):
    choose(screen, 8)
    assert all(path.stat().st_size > 5_000 for path in shoot(theme, screen, "outbox"))


def test_a_held_reply_is_taken_back_with_one_key(qtbot, desk, screen):
    choose(screen, 9)
    qtbot.keyClick(screen._table, Qt.Key.Key_Z)
    assert desk.did(c.TakeBack) == [c.TakeBack(9)]


def test_its_letters_are_those_of_a_russian_layout_too(desk, screen):
    choose(screen, 9)
    at = screen._table.currentIndex().row()
    press_russian(screen._table, "о")  # j
    assert screen._table.currentIndex().row() == at + 1
    press_russian(screen._table, "л", "я")  # k z
    assert desk.did(c.TakeBack) == [c.TakeBack(9)]


def test_enter_goes_to_what_can_be_done(qtbot, desk, screen):
    choose(screen, 9)
    qtbot.keyClick(screen._table, Qt.Key.Key_Return)
    button = QGuiApplication.focusObject()
    assert isinstance(button, QPushButton)
    assert button.text() == "Take back"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert desk.did(c.TakeBack) == [c.TakeBack(9)]


def test_keys_that_do_not_fit_do_nothing(qtbot, desk, screen):
    choose(screen, 4)
    qtbot.keyClick(screen._table, Qt.Key.Key_Z)
    qtbot.keyClick(screen._table, Qt.Key.Key_Delete)
    assert desk.commands == []


def test_an_uncertain_reply_is_settled_by_a_person(desk, screen):
    choose(screen, 8)
    screen._sheet._link.setText(" https://pond.example/found ")
    press(screen, "It is there")
    press(screen, "It is not there, send again")
    assert desk.did(c.SettleUncertain) == [
        c.SettleUncertain(8, True, "https://pond.example/found"), c.SettleUncertain(8, False),
    ]  # fmt: skip


def test_an_approval_approves_the_text_that_is_shown(desk, screen):
    choose(screen, 6)
    assert screen._sheet._text.toPlainText() == "Words 6"
    assert "same person" in screen._sheet._note.text()
    press(screen, "Approve exactly this text")
    assert desk.did(c.ApproveReply) == [c.ApproveReply(6, "ab" * 32)]


def test_a_failed_text_becomes_a_draft_again(qtbot, desk, screen):
    choose(screen, 7)
    with qtbot.waitSignal(screen.mention_asked) as asked:
        press(screen, "Change the text")
    assert asked.args == [7]
    assert desk.did(c.SaveDraft) == [c.SaveDraft(7, "Words 7")]
    assert desk.did(c.Discard) == [c.Discard(7)]


def test_another_draft_is_not_overwritten(qtbot, desk, screen):
    desk.answers[q.ReadDetail] = a_detail(a_row(7), draft=Draft(7, "Newer words"))
    choose(screen, 7)
    press(screen, "Change the text")
    qtbot.waitUntil(lambda: "another draft" in screen._notice.text)
    assert desk.commands == []
    assert QGuiApplication.clipboard().text() == "Words 7"


def test_links_open_in_the_browser(qtbot, desk, screen, monkeypatch):
    opened: list[str] = []

    def open_url(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(module, "open_url", open_url)
    choose(screen, 4)
    press(screen, "Open reply")
    choose(screen, 8)
    press(screen, "Open thread in browser")
    qtbot.waitUntil(lambda: len(opened) == 2)
    assert opened == ["https://pond.example/4", "https://pond.example/8"]


def a_card(can):
    return Card(Author("1", "shop"), can, LengthRule(500))


def test_deleting_a_sent_reply_asks_first(qtbot, desk, screen):
    desk.answers[q.ReadDetail] = a_detail(a_row(4), card=a_card(Can.REPLY | Can.DELETE))
    choose(screen, 4)
    press(screen, "Delete on the network…")
    qtbot.waitUntil(lambda: "Delete this reply" in screen._notice.text)
    assert desk.commands == []
    screen._notice.findChildren(QPushButton)[0].click()
    assert desk.did(c.DeleteSent) == [c.DeleteSent(4)]


def test_a_network_that_cannot_delete_says_so(qtbot, desk, screen):
    desk.answers[q.ReadDetail] = a_detail(a_row(4), card=a_card(Can.REPLY))
    choose(screen, 4)
    press(screen, "Delete on the network…")
    qtbot.waitUntil(lambda: "no program delete" in screen._notice.text)
    assert desk.commands == []


def test_a_refused_act_says_why(qtbot, desk, screen):
    desk.outcomes[c.TakeBack] = CommandError(CommandFault.TOO_LATE)
    choose(screen, 9)
    press(screen, "Take back")
    qtbot.waitUntil(lambda: "too late" in screen._notice.text)


def test_a_reply_that_changed_state_keeps_its_place(qtbot, desk, screen):
    choose(screen, 8)
    replies = some_replies()
    replies[1] = a_reply(8, OutboxState.SENT, sent_at=now_ms())
    desk.answers[q.ListOutbox] = replies
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(lambda: screen._sheet._state.text() == "Sent")
    assert screen._table.currentIndex().row() == 1


def test_when_the_chosen_reply_goes_the_next_takes_its_place(qtbot, desk, screen):
    choose(screen, 8)
    desk.answers[q.ListOutbox] = [r for r in some_replies() if r.id != 8]
    screen.refresh()
    qtbot.waitUntil(lambda: screen._model.rowCount() == 5)
    assert screen._sheet._text.toPlainText() == "Words 7"


def test_every_control_has_a_name(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_a_new_language_keeps_the_chosen_reply(qtbot, screen):
    choose(screen, 8)
    old = screen._table
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._table is not old)
    qtbot.waitUntil(lambda: screen._sheet._text.toPlainText() == "Words 8")


def test_a_mirrored_outbox_chooses_too(qtbot, desk, theme, qapp):
    made = OutboxScreen(desk, None)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    qtbot.waitUntil(lambda: made._model.rowCount() == 6)
    qtbot.waitUntil(lambda: made._sheet._text.toPlainText() == "Words 9")
    qtbot.keyClick(made._table, Qt.Key.Key_J)
    assert made._sheet._text.toPlainText() == "Words 8"
