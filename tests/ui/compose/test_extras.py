"""A time, a promise and an answer given elsewhere, in the composer on a scripted desk."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.crisis.promise import PromiseRow, PromiseState
from socialdesk.domain.queue.rows import Draft, ThreadPost
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import DROPPED, SENT_BACK, Plan, unpacked_plan
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import DropPromise
from socialdesk.engine.queries.answering import ListPromises
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.palette import Picker
from tests.ui.compose.conftest import FILES, a_mention, alts, paste, send, write
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if text in b.text() and b.isVisible())


# --- a time ---


def test_ctrl_shift_enter_asks_when_and_the_button_says_what_it_does(qtbot, desk, composer):
    write(qtbot, composer, "Good morning")
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_Return, CTRL_SHIFT)
    assert composer._extras.schedule.findChildren(Picker)
    assert desk.did(c.SendReply) == []
    at = now_ms() + 3_600_000
    composer._extras.schedule.set_time(at)
    assert composer._send.text() == "Schedule reply"
    send(qtbot, composer)
    (command,) = desk.did(c.SendReply)
    assert (command.send_at, command.is_dropped_if_written) == (at, True)
    qtbot.waitUntil(lambda: composer._send.text() == "Send reply")


def test_the_time_is_kept_with_the_draft_and_can_go_again(qtbot, desk, composer):
    at = now_ms() + 3_600_000
    plan = Plan(send_at=at, is_dropped_if_written=False)
    composer.show_detail(a_mention(2, draft=Draft(2, "Hi", plan=plan)))
    assert composer._extras.plan == plan
    composer._extras.schedule.set_time(0)
    composer.save_draft()
    assert unpacked_plan(desk.did(c.SaveDraft)[-1].plan).send_at == 0


@pytest.mark.parametrize(("plan", "said"), [
    (Plan(note=DROPPED), "They wrote first"),
    (Plan(note=SENT_BACK, by="Ben", comment="Name the day"), "Name the day"),
])  # fmt: skip
def test_a_draft_that_came_back_says_why(composer, plan, said):
    composer.show_detail(a_mention(2, draft=Draft(2, "Hi", plan=plan)))
    assert said in composer._notice.text


# --- a promise ---


def test_a_promise_in_the_words_is_offered_and_one_key_accepts_it(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    assert line.at == 0
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_P, CTRL_SHIFT)
    assert abs(line.at - now_ms() - 2 * 3_600_000) < 60_000
    send(qtbot, composer)
    (command,) = desk.did(c.SendReply)
    assert command.promise_words == "within 2 hours"
    assert abs(command.promise_at - now_ms() - 2 * 3_600_000) < 60_000


def test_within_two_hours_counts_from_when_the_reply_leaves(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    line.accept()
    at = now_ms() + 24 * 3_600_000
    composer._extras.schedule.set_time(at)
    assert abs(line.at - at - 2 * 3_600_000) < 60_000
    composer._extras.schedule.set_time(0)
    assert abs(line.at - now_ms() - 2 * 3_600_000) < 60_000


def test_an_offer_that_is_not_wanted_makes_no_promise(qtbot, desk, composer):
    write(qtbot, composer, "We will tell you within 2 hours.")
    line = composer._extras.promise
    qtbot.waitUntil(line.isVisible)
    line.refuse()
    write(qtbot, composer, " Thank you")
    line._look()
    assert not line.isVisible()
    send(qtbot, composer)
    assert desk.did(c.SendReply)[0].promise_at == 0


def test_what_was_promised_to_them_stands_above(qtbot, desk, composer):
    due = now_ms() + 30 * MINUTE
    desk.answers[ListPromises] = [PromiseRow(5, 2, due, "by noon", PromiseState.OPEN)]
    composer.show_detail(a_mention(2))
    qtbot.waitUntil(composer._made.isVisible)
    assert "Promised for" in composer._made._text.text()
    button(composer._made, "Drop").click()
    assert desk.did(DropPromise) == [DropPromise(5)]


# --- answered already ---


def answered(number):
    post = ThreadPost(900, "Dala Coffee", "@dalacoffee", "It left at nine this morning.",
                      now_ms(), is_own=True, url="https://pond.example/900")  # fmt: skip
    d = a_mention(number)
    return a_mention(number, thread=(*d.thread, post), answered_elsewhere=True)


def test_who_answered_and_what_is_said_and_one_key_marks_it(qtbot, desk, composer):
    composer.show_detail(answered(2))
    assert "Dala Coffee" in composer._notice.text
    assert "It left at nine" in composer._notice.text
    button(composer._notice, "Mark as answered").click()
    assert desk.did(c.MarkAnswered) == [
        c.MarkAnswered(2, "https://pond.example/900", "It left at nine this morning.")
    ]


def test_whoever_goes_on_is_not_asked_twice(qtbot, desk, composer):
    composer.show_detail(answered(2))
    button(composer._notice, "Write all the same").click()
    write(qtbot, composer, "And it is there now?")
    send(qtbot, composer)
    assert desk.did(c.SendReply)[0].is_sure


def test_every_control_has_a_name(qtbot, composer):
    paste(composer, urls=["a.png"])
    qtbot.waitUntil(lambda: len(alts(composer)) == 1)
    composer._extras.schedule.set_time(now_ms() + 3_600_000)
    assert unnamed(composer) == []
    assert wrong_format(composer) == []


def test_pictures_of_it(qtbot, desk, composer, theme):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    desk.answers[ListPromises] = [
        PromiseRow(5, 2, now_ms() + 30 * MINUTE, "by noon", PromiseState.OPEN)
    ]
    plan = Plan(
        pictures=(Picture(FILES[0], "image/png", "Our rye loaf, cut open"),
                  Picture(FILES[1], "image/png")),
        send_at=round(tomorrow.timestamp() * 1000),
    )  # fmt: skip
    words = "Hello! Here is how it looks. We will tell you by 15:00 when the next one is ready."
    composer.resize(760, 620)
    composer.show_detail(a_mention(2, draft=Draft(2, words, plan=plan)))
    qtbot.waitUntil(composer._extras.promise.isVisible)
    qtbot.waitUntil(composer._made.isVisible)
    for path in shoot(theme, composer, "composer-plan"):
        assert path.stat().st_size > 10_000
    composer.show_detail(answered(3))
    for path in shoot(theme, composer, "composer-answered"):
        assert path.stat().st_size > 10_000
