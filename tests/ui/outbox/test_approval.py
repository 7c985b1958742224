"""The view "For approval" as a place to work, by keyboard, on a scripted desk."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.account import Can, Card
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import OutboxRow, PersonRow, ThreadPost
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import BegunWith, HoldReason, OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.answering import MakeThumbnail, SendBack
from socialdesk.engine.queries.answering import ReadBegunWith
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox.approval import ApprovalScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.text_desk import an_incident
from tests.ui.fake_desk import MINUTE, FakeDesk, a_detail, a_row
from tests.ui.pngs import a_png

CARD = Card(Author("1", "@shop"), Can.REPLY, LengthRule(500), names_author=True)
FILE = "ab" * 32 + ".png"


def a_reply(number, **changes):
    base = {
        "account": "@dalacoffee", "to": f"Ann {number}", "person": "Aliya", "hash": "cd" * 32,
        "made_at": now_ms() - number * MINUTE,
        "text": "Sorry for the wait! Your order comes today, and the coffee is on us.",
    }  # fmt: skip
    return OutboxRow(number, number, OutboxState.APPROVAL, **{**base, **changes})


def a_thread(query):
    row = a_row(query.mention_id, body="My order is two hours late. Where is it?")
    before = ThreadPost(1, "Dala Coffee", "@shop", "Order today, it comes in an hour.",
                        row.at - MINUTE, is_own=True)  # fmt: skip
    detail = a_detail(row, card=CARD)
    return a_detail(row, card=CARD, thread=(before, *detail.thread))


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ReadDetail] = a_thread
    made.outcomes[MakeThumbnail] = {"png": a_png("darkgoldenrod")}
    made.answers[ReadBegunWith] = BegunWith(
        "Sorry for the wait! Your order comes tomorrow.", "Late delivery"
    )
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya", is_here=True), PersonRow(2, "Ben")]
    made.answers[q.ListOutbox] = [
        a_reply(9, hold=HoldReason.SCHEDULED, held_until=now_ms() + 90 * MINUTE,
                is_dropped_if_written=True, pictures=(Picture(FILE, "image/png", "A cup"),)),
        a_reply(8), a_reply(7),
    ]  # fmt: skip
    for kind in (c.ApproveReply, c.Discard, SendBack):
        made.outcomes[kind] = lambda command, desk=made: _decided(desk, command.outbox_id)
    return made


def _decided(desk, outbox_id):
    rows = desk.answers[q.ListOutbox]
    desk.answers[q.ListOutbox] = [r for r in rows if r.id != outbox_id]
    return {}


@pytest.fixture
def screen(qtbot, desk, theme):
    made = ApprovalScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitUntil(lambda: made._read_of[0] == 7 and made._yes.isEnabled())
    made._table.setFocus()
    return made


def key(qtbot, screen, what):
    qtbot.keyClick(screen._table, what)


def test_who_waited_longest_comes_first_and_is_seen_as_it_will_be_posted(screen):
    assert screen._current().id == 7
    assert screen._sheet._words.text().startswith("@ann7@pond.example Sorry for the wait!")


def test_a_content_warning_is_seen_too_where_there_is_one(qtbot, desk, screen):
    assert screen._sheet._warning.isHidden()

    def with_warning(query):
        detail = a_thread(query)
        ours = ThreadPost(0, "Dala Coffee", "@shop", "Sorry!", now_ms(), is_own=True,
                          warning="Food, cold", outbox_id=query.mention_id)  # fmt: skip
        return a_detail(detail.row, card=CARD, thread=(*detail.thread, ours))

    desk.answers[q.ReadDetail] = with_warning
    key(qtbot, screen, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: screen._read_of[0] == 8 and screen._sheet._warning.isVisible())
    assert "Food, cold" in screen._sheet._warning.text()


def test_one_key_approves_exactly_what_is_shown_and_the_next_follows(qtbot, desk, screen):
    key(qtbot, screen, Qt.Key.Key_Y)
    assert desk.did(c.ApproveReply) == [c.ApproveReply(7, "cd" * 32)]
    qtbot.waitUntil(lambda: screen._current() is not None and screen._current().id == 8)
    qtbot.waitUntil(lambda: screen._yes.isEnabled() and screen._read_of[0] == 8)


def test_nothing_is_approved_before_it_is_shown(qtbot, desk, screen):
    desk.is_holding = True
    key(qtbot, screen, Qt.Key.Key_J)
    key(qtbot, screen, Qt.Key.Key_Y)
    assert desk.did(c.ApproveReply) == []


def test_send_back_asks_for_a_comment_first(qtbot, desk, screen):
    key(qtbot, screen, Qt.Key.Key_B)
    assert desk.did(SendBack) == []
    assert screen._comment.isVisible()
    qtbot.keyClicks(screen._comment, "Name the day, please")
    qtbot.keyClick(screen._comment, Qt.Key.Key_Return)
    assert desk.did(SendBack) == [SendBack(7, "Name the day, please")]
    qtbot.waitUntil(lambda: screen._current().id == 8 and screen._comment.isHidden())


def test_escape_leaves_the_comment(qtbot, screen):
    key(qtbot, screen, Qt.Key.Key_B)
    qtbot.keyClick(screen._comment, Qt.Key.Key_Escape)
    assert screen._comment.isHidden()


def test_reject_asks_why_first(qtbot, desk, screen):
    key(qtbot, screen, Qt.Key.Key_X)
    assert desk.did(c.Discard) == [] and screen._comment.hasFocus()
    qtbot.keyClick(screen._comment, Qt.Key.Key_Return)
    assert desk.did(c.Discard) == []
    qtbot.keyClicks(screen._comment, "We never promise that")
    qtbot.keyClick(screen._comment, Qt.Key.Key_Return)
    assert desk.did(c.Discard) == [c.Discard(7, "We never promise that")]
    assert desk.did(SendBack) == []
    qtbot.waitUntil(lambda: screen._current().id == 8 and screen._comment.isHidden())


def test_a_comment_that_was_begun_serves_the_other_decision_once_that_is_asked(qtbot, screen, desk):
    key(qtbot, screen, Qt.Key.Key_B)
    qtbot.keyClicks(screen._comment, "No promises")
    screen._no.click()
    assert desk.did(c.Discard) == desk.did(SendBack) == []
    qtbot.keyClick(screen._comment, Qt.Key.Key_Return)
    assert desk.did(c.Discard) == [c.Discard(7, "No promises")]


def test_all_three_are_decided_without_the_mouse(qtbot, desk, screen):
    for left in (2, 1, 0):
        qtbot.waitUntil(lambda: screen._yes.isEnabled())
        key(qtbot, screen, Qt.Key.Key_Y)
        qtbot.waitUntil(lambda left=left: screen._model.rowCount() == left)
        qtbot.waitUntil(
            lambda: screen._current() is None or screen._read_of[0] == screen._current().id
        )
    assert len(desk.did(c.ApproveReply)) == 3
    assert screen._why.isVisible() and "No reply waits for approval" in screen._why.text()
    assert screen._policy.hasFocus()


@pytest.mark.parametrize(
    ("policy", "said"), [("free", "only what risks much"), ("approval", "comes here before"),
                         ("templates", "only approved templates")],
)  # fmt: skip
def test_an_empty_list_says_why_and_leads_to_the_policy(qtbot, desk, theme, policy, said):
    desk.answers[q.ListOutbox], desk.answers[q.ReadSettings] = [], {"policy": policy}
    made = ApprovalScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitUntil(lambda: made._why.isVisible() and said in made._why.text())
    with qtbot.waitSignal(made.policy_asked):
        made._policy.click()
    assert unnamed(made) == [] and wrong_format(made) == []
    shoot(theme, made, f"approval-empty-{policy}")


def test_an_empty_list_under_a_lock_leads_to_the_incident(qtbot, desk, theme):
    desk.answers[q.ListOutbox], desk.answers[ReadStanding] = [], [Standing(an_incident())]
    made = ApprovalScreen(desk, None)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitUntil(made._room.isVisible)
    assert "INC-2026-0001 locks what is sent" in made._locked.text()
    assert "only what risks much" in made._why.text(), "accounts it does not lock go on as ever"
    made._room.setFocus()
    with qtbot.waitSignal(made.incident_asked) as asked:
        qtbot.keyClick(made._room, Qt.Key.Key_Space)
    assert asked.args == [an_incident().id]
    assert unnamed(made) == [] and wrong_format(made) == []
    shoot(theme, made, "approval-empty-locked")
    desk.answers[ReadStanding] = []
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: not made._room.isVisible() and not made._locked.isVisible())


def test_a_reply_that_comes_takes_the_place_of_the_words(qtbot, desk, theme):
    waiting = desk.answers[q.ListOutbox]
    desk.answers[q.ListOutbox] = []
    made = ApprovalScreen(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made._policy.isVisible)
    made._policy.setFocus()
    desk.answers[q.ListOutbox] = waiting
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(made._table.hasFocus)


def test_in_a_pair_the_writer_does_not_approve(qtbot, desk, theme):
    desk.answers[q.ReadSettings] = {"team_mode": "pair"}
    made = ApprovalScreen(desk, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._read_of[0] == 7 and "You wrote this" in made._note.text())
    assert not made._yes.isEnabled()
    made.approve()
    assert desk.did(c.ApproveReply) == []


def test_the_difference_from_the_template_is_shown_and_why_there_is_no_approve_all(screen):
    assert "Late delivery" in screen._sheet._from.text()
    assert "tomorrow" in screen._sheet._diff.toPlainText()
    assert "no “approve all”" in screen._note.text()


def test_a_refusal_is_said_and_nothing_is_lost(qtbot, desk, screen):
    desk.outcomes[c.ApproveReply] = CommandError(CommandFault.CHANGED_SINCE)
    key(qtbot, screen, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert screen._current().id == 7 and screen._acts.isEnabled()


def test_every_control_has_a_name(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_pictures(qtbot, screen, theme):
    screen._table.go_to(2)
    qtbot.waitUntil(lambda: screen._read_of[0] == 9)
    for path in shoot(theme, screen, "approval"):
        assert path.stat().st_size > 10_000
