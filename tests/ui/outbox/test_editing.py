"""Changing a sent reply on the network, from the outbox, on a scripted desk."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.account import Can, Card
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, UnreachableError
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox.screen import OutboxScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk, a_detail, a_row

EDIT = "Edit on the network…"
WORDS = "We open at nine on Sunday."
CARD = Card(Author("1", "dalacoffee"), Can.REPLY | Can.EDIT | Can.DELETE, LengthRule(60),
            names_author=True)  # fmt: skip
PREFIX = len("@ann4@pond.example ")  # goes before the words, and counts


def a_sent(number, **changes):
    now = now_ms()
    base = {"account": "@dalacoffee", "to": f"Ann {number}", "text": WORDS, "person": "Aliya",
            "made_at": now, "sent_at": now, "url": f"https://pond.example/{number}"}  # fmt: skip
    return OutboxRow(number, number, OutboxState.SENT, **{**base, **changes})


@pytest.fixture
def desk():
    made = FakeDesk([a_row(4), a_row(3)])
    made.answers[q.ListOutbox] = [a_sent(4), a_sent(3)]
    made.answers[q.ReadDetail] = lambda query: a_detail(a_row(query.mention_id), card=CARD)
    return made


@pytest.fixture
def open_screen(qtbot, desk, theme):
    def make():
        made = OutboxScreen(desk, None)
        qtbot.addWidget(made)
        made.resize(1000, 560)
        made.show()
        qtbot.waitUntil(lambda: made._model.rowCount() == 2)
        qtbot.waitUntil(lambda: made._answered[0] == 4)
        QCoreApplication.sendPostedEvents()
        return made

    return make


def buttons(screen):
    """What can be done with the chosen reply, by label."""
    found = screen._sheet.findChildren(QPushButton)
    return {b.text(): b for b in found if b.isVisibleTo(screen._sheet)}


@pytest.fixture
def screen(qtbot, open_screen):
    """With the editor open on the first reply."""
    made = open_screen()
    buttons(made)[EDIT].click()
    qtbot.waitUntil(made._sheet.editing.isVisible)
    return made


@pytest.fixture
def pane(screen):
    return screen._sheet.editing


def write(pane, text):
    pane.field.selectAll()
    pane.field.insertPlainText(text)


def test_the_words_stand_there_as_they_are_with_the_room_that_is_left(screen, pane, theme):
    assert pane.field.text == WORDS
    assert pane.field.hasFocus()
    assert pane._room.text() == f"{60 - PREFIX - len(WORDS)} characters left"
    assert not pane.yes.isEnabled()  # nothing is new
    write(pane, "We open at ten on Sunday, sorry.")
    assert all(path.stat().st_size > 5_000 for path in shoot(theme, screen, "outbox-edit"))


def test_new_words_are_saved_by_keyboard(qtbot, desk, screen, pane):
    write(pane, "We open at ten.  ")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.did(c.EditSent) == [c.EditSent(4, "We open at ten.")]
    qtbot.waitUntil(lambda: "has the new words" in screen._notice.text)
    assert not pane.isVisible()
    assert screen._sheet._text.isVisible()
    assert pane.unsaved == {}


@pytest.mark.parametrize("text", ["", "  ", WORDS + " ", "x" * (61 - PREFIX)])
def test_nothing_the_same_or_too_much_is_not_saved(qtbot, desk, pane, text):
    write(pane, text)
    qtbot.keyClick(pane.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pane.yes.isEnabled()
    assert desk.commands == []


def test_the_warning_counts_where_the_network_counts_it(qtbot, desk, open_screen):
    card = Card(Author("1", "dalacoffee"), Can.EDIT, LengthRule(60, with_warning=True))
    desk.answers[q.ReadDetail] = a_detail(a_row(4), card=card, warning="Food")
    made = open_screen()
    buttons(made)[EDIT].click()
    qtbot.waitUntil(made._sheet.editing.isVisible)
    assert made._sheet.editing._room.text() == f"{60 - len(WORDS) - 4} characters left"


def test_a_slash_is_a_slash_here(qtbot, pane):
    write(pane, "")
    qtbot.keyClicks(pane.field, "/")
    assert pane.field.text == "/"


def test_esc_leaves_and_the_typed_words_are_there_again(qtbot, desk, screen, pane):
    write(pane, "We open at t")
    qtbot.keyClick(pane.field, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert screen._sheet._text.toPlainText() == WORDS
    assert desk.commands == []
    buttons(screen)[EDIT].click()
    qtbot.waitUntil(pane.isVisible)
    assert pane.field.text == "We open at t"


@pytest.mark.parametrize(
    ("error", "said"),
    [(UnreachableError("no route"), "reach"), (CommandError(CommandFault.POLICY), "approved")],
)
def test_a_refusal_is_told_in_place_and_keeps_the_words(qtbot, desk, pane, error, said):
    desk.outcomes[c.EditSent] = error
    write(pane, "We open at ten.")
    pane.yes.click()
    qtbot.waitUntil(lambda: said in pane.notice.text)
    assert pane.isVisible()
    assert pane.field.text == "We open at ten."
    assert pane.yes.isEnabled()


def test_while_it_is_on_the_wire_it_is_not_sent_twice(qtbot, desk, pane):
    desk.is_holding = True
    write(pane, "We open at ten.")
    pane.yes.click()
    pane.save()
    assert len(desk.did(c.EditSent)) == 1
    assert pane.field.isReadOnly()
    desk.release()
    qtbot.waitUntil(lambda: not pane.isVisible())


def test_another_reply_closes_the_editor_and_news_do_not(qtbot, desk, screen, pane):
    write(pane, "Half a sen")
    desk.answers[q.ListOutbox] = [a_sent(4, seen_public_at=1), a_sent(3)]
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(lambda: screen._current().seen_public_at == 1)
    assert pane.isVisible() and not screen._sheet._text.isVisible()
    screen._table.go_to(1)
    assert not pane.isVisible() and screen._sheet._text.isVisible()
    assert pane.unsaved == {4: "Half a sen"}


@pytest.mark.parametrize("policy", ["approval", "templates"])
def test_under_another_policy_it_is_not_offered_and_says_why(qtbot, desk, open_screen, policy):
    desk.answers[q.ReadSettings] = {"policy": policy}
    made = open_screen()
    qtbot.waitUntil(lambda: "Reply policy" in made._sheet._note.text())
    assert EDIT not in buttons(made)
    assert made._sheet._note.isVisible()


@pytest.mark.parametrize("reason", ["by_hand", "deleted"])
def test_what_is_not_ours_there_is_not_edited(qtbot, desk, theme, reason):
    desk.answers[q.ListOutbox] = [a_sent(4, reason=reason)]
    made = OutboxScreen(desk, None)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made._model.rowCount() == 1)
    assert EDIT not in buttons(made)
    assert desk.asked(q.ReadDetail) == []


def test_a_network_that_cannot_edit_does_not_offer_it(desk, open_screen):
    card = Card(Author("1", "dalacoffee"), Can.REPLY | Can.DELETE, LengthRule(300))
    desk.answers[q.ReadDetail] = a_detail(a_row(4), card=card)
    assert EDIT not in buttons(open_screen())


def test_every_control_has_a_name(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_a_new_language_keeps_what_was_typed(qtbot, screen, pane):
    write(pane, "Half a sen")
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen._sheet.editing is not pane)
    assert screen._sheet.editing.unsaved == {4: "Half a sen"}
