"""Answering while an incident locks the account: lines by one key, own words for a second look."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import LineRow, Standing
from socialdesk.domain.crisis.incident import IncidentState, Lock, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.mention import CanReply, Visibility
from socialdesk.domain.queue.rows import Draft, TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import (
    GiveLook,
    ListPins,
    PrepareLine,
    PublishStatement,
    SaveStatement,
)
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import crisis as cq
from socialdesk.engine.words.statements import time_in
from socialdesk.ui.compose import browser_bar
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.compose.line_chooser import beside
from socialdesk.ui.compose.parts import keep_time, now_ms, wall_ms
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.text_desk import (
    a_statement,
    a_version,
    an_audience,
    an_incident,
    text_desk,
)
from tests.ui.driving import press, type_in
from tests.ui.fake_desk import MINUTE, a_detail, a_row

LOCK = Lock(7, "INC-2026-0001", IncidentState.HOLDING, Severity.SEV1, "@shop", True, True)
ACK = LineRow("common", "ack", "en", "{name}, a person is on it. Next update: {next_update_at}.",
              False, False, 1, "aa", "approved")  # fmt: skip
PRESS = LineRow("common", "press", "en", "{name}, our spokesperson: {spokesperson}, {contact}.",
                False, False, 2, "bb", "approved")  # fmt: skip
DONT_KNOW = LineRow("common", "dont_know", "en", "{name}, we do not know. By {next_update_at}.",
                    False, False, 3, "cc", "approved")  # fmt: skip
CLAIM = LineRow("outage", "down", "en", "{name}, paying is down.", True, False, missing="R11")
UNSEEN = LineRow("common", "rules", "en", "{name}, criticism stays.", False, False, missing="R25")
LINES = [CLAIM, ACK, PRESS, DONT_KNOW, UNSEEN]


def a_mention(number=1, **changes):
    return a_detail(a_row(number, author="Айгүл Сәрсенбаева", handle="@aigul"), **changes)


@pytest.fixture
def desk():
    made = text_desk()
    thanks = VersionRow(5, 1, "en", "Thank you!", "A", 0, TemplateState.APPROVED)
    light = replace(thanks, id=6, body="Yay!")
    made.answers |= {
        cq.ReadLock: LOCK, cq.ListLines: LINES,
        cq.ReadStanding: [Standing(an_incident(), now_ms() + 20 * MINUTE)],
        q.ListTemplates: [TemplateRow(2, "Thanks", "", 3, (thanks,)),
                          TemplateRow(3, "Party", "", 1, (light,), is_light=True)],
    }  # fmt: skip
    made.outcomes[c.SendReply] = {"outbox_id": 1}
    made.outcomes[ListPins] = Done(answer={"people": [], "why": ""})
    return made


@pytest.fixture
def empty(qtbot, desk, theme):
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(700, 420)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def composer(qtbot, empty):
    made = empty
    made.show_detail(a_mention())
    qtbot.waitUntil(lambda: len(made._locked.pane.chooser._strips) == 5)
    made.focus_text()
    return made


def pane(composer):
    return composer._locked.pane


def button(root, text):
    return next(b for b in root.findChildren(QPushButton) if b.text() == text and not b.isHidden())


def test_staff_are_answered_to_them_alone(qtbot, desk, composer):
    desk.answers[cq.ReadLock] = replace(LOCK, is_staff=True)
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    told = "An employee wrote this. While INC-2026-0001 is open they get no public answer"
    qtbot.waitUntil(lambda: told in composer._locked._head.text())
    type_in(composer, "1")
    type_in(composer, "1")
    assert told in composer._notice.text
    assert desk.did(c.SendReply) == []
    composer.show_detail(a_mention(2, visibility=Visibility.DIRECT))
    qtbot.waitUntil(lambda: composer._locked._n_waited == 0)
    composer.focus_text()
    type_in(composer, "1")
    with qtbot.waitSignal(composer.sent):
        type_in(composer, "1")


@pytest.mark.parametrize("width", [700, 280])
def test_the_way_to_own_words_takes_no_room_of_the_reason_where_there_is_little(
    qtbot, composer, width
):
    locked = composer._locked
    locked.setFixedWidth(width)
    is_beside = width > 300
    qtbot.waitUntil(lambda: (locked._turn.x() > locked._head.x()) is is_beside)
    assert (locked._turn.y() >= locked._head.geometry().bottom()) is not is_beside
    assert locked._head.width() > width * 2 // 3


def test_a_line_goes_out_with_two_presses_of_its_key(qtbot, desk, composer, theme):
    assert pane(composer).chooser.hasFocus()
    type_in(composer, "1")
    shoot(theme, composer, "composer-locked")
    assert pane(composer)._text.text().startswith("Айгүл, a person is on it. Next update: ")
    with qtbot.waitSignal(composer.sent):
        type_in(composer, "1")
    (sent,) = desk.did(c.SendReply)
    until = time_in(composer._locked._next_at, now_ms(), "en")
    assert sent.text == f"Айгүл, a person is on it. Next update: {until}."
    assert (sent.line, sent.lang, sent.facts) == ("common/ack", "en", ())
    assert dict(sent.values) == {"name": "Айгүл", "next_update_at": until}
    assert (sent.version_id, sent.known_posts) == (0, (1,))
    assert pane(composer).line is None


@pytest.mark.parametrize(("key", "is_taken"), [("e", True), ("0", True), ("?", False)])
def test_a_reply_typed_at_the_lines_acts_on_no_mention(composer, key, is_taken):
    press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key)
    QApplication.sendEvent(pane(composer).chooser, press)
    assert press.isAccepted() is is_taken
    assert pane(composer).line is None


def test_lines_that_cannot_go_are_greyed_last_and_say_why(composer):
    strips = [strip.accessibleName() for strip in pane(composer).chooser._strips]
    assert [name[0] for name in strips] == list("12345")
    assert "Before the first statement only lines without claims" in strips[3]
    assert "no second look" in strips[4]
    type_in(composer, "4")
    assert "makes a claim" in pane(composer)._why.text()


def test_an_empty_place_stops_it_and_is_gone_to(qtbot, desk, composer):
    type_in(composer, "2")
    field = pane(composer)._fields["spokesperson"]
    qtbot.waitUntil(field.hasFocus)
    press(composer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    composer.send()
    assert "not filled in: Spokesperson, Whom to write to" in composer._notice.text
    assert desk.did(c.SendReply) == []
    qtbot.keyClicks(field, "Dana Ospanova")
    press(composer, Qt.Key.Key_Return)
    qtbot.waitUntil(pane(composer)._fields["contact"].hasFocus)
    qtbot.keyClicks(pane(composer)._fields["contact"], "press@shop.example")
    with qtbot.waitSignal(composer.sent):
        press(composer, Qt.Key.Key_Return)
    (sent,) = desk.did(c.SendReply)
    assert sent.text == "Айгүл, our spokesperson: Dana Ospanova, press@shop.example."


def test_what_is_known_is_filled_in(qtbot, desk, composer):
    press_desk = an_audience("press", spokesperson="Dana", contact="press@shop.example")
    desk.answers[cq.ListAudiences] = [press_desk]
    desk.answers[cq.ListStatements] = [
        a_statement(versions=(a_version(values=(("contact", "help@shop.example"),),
                                        published=((1, "@shop", "sent", 1),)),))
    ]  # fmt: skip
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: composer._locked._audiences == [press_desk])
    type_in(composer, "2")
    assert pane(composer).values == {
        "name": "Айгүл", "spokesperson": "Dana", "contact": "help@shop.example",
    }  # fmt: skip


def test_not_knowing_promises_a_time(qtbot, desk, composer):
    type_in(composer, "3")
    pane(composer)._on_typed("next_update_at", "soon")
    composer.send()
    assert "14:30" in composer._notice.text
    assert desk.did(c.SendReply) == []
    pane(composer)._on_typed("next_update_at", "in 2 h")
    with qtbot.waitSignal(composer.sent):
        composer.send()
    (sent,) = desk.did(c.SendReply)
    assert sent.line == "common/dont_know"
    assert abs(sent.promise_at - now_ms() - 120 * MINUTE) < 2 * MINUTE


def test_a_drill_promises_by_its_own_clock(qtbot, desk, composer):
    drill = 1_900_000_000_000  # a sped-up drill is ahead of the wall clock
    keep_time(lambda: drill)
    try:
        type_in(composer, "3")
        pane(composer)._on_typed("next_update_at", "in 2 h")
        with qtbot.waitSignal(composer.sent):
            composer.send()
    finally:
        keep_time(wall_ms)
    (sent,) = desk.did(c.SendReply)
    assert sent.promise_at == drill + 120 * MINUTE


def test_a_refused_line_stays_with_what_was_typed(qtbot, desk, composer):
    desk.outcomes[c.SendReply] = CrisisRefusedError("R27", time="", why="old", h=4)
    type_in(composer, "11")
    qtbot.waitUntil(lambda: "approval ended" in composer._notice.text)
    assert pane(composer).line == ACK
    assert pane(composer).values["name"] == "Айгүл"


def test_a_draft_written_before_is_kept_behind_own_words(qtbot, desk, composer):
    composer.show_detail(a_mention(2, draft=Draft(2, "My own words")))
    assert composer._writing.isHidden()
    button(composer._locked, "Own words…").click()
    assert composer._writing.isVisible()
    assert composer._writing.field.text == "My own words"
    assert composer._send.text() == "Send this text for a second look"


def test_own_words_become_a_text_for_a_second_look_and_then_go(qtbot, desk, composer, theme):
    saved = {"statement_id": 9, "version_id": 11, "hash": "ab" * 32}
    desk.outcomes[SaveStatement] = Done(answer=saved)
    desk.outcomes[GiveLook] = Done(answer={"approval_id": 1, "ends_at": 2, "n_missing": 0})
    desk.answers[cq.ListStatements] = [a_statement(9, kind="oneoff")]
    composer._locked.turn_own()
    composer._writing.field.setPlainText("We have your order, and it is safe.")
    shoot(theme, composer, "composer-own-words")
    assert composer._outlook._fate.text().startswith("Free text is off in crisis mode.")
    composer.send()
    (made,) = desk.did(SaveStatement)
    assert (made.kind, made.mention_id, made.accounts) == ("oneoff", 1, (1,))
    assert (made.text, made.lang) == ("We have your order, and it is safe.", "en")
    assert desk.did(c.SendReply) == []
    qtbot.waitUntil(lambda: composer.findChild(LookDialog) is not None)
    dialog = composer.findChild(LookDialog)
    dialog._give(GiveLook("statement", 11, "ab" * 32, "person_away", how="Dana, phone, 14:30"))
    qtbot.waitUntil(lambda: "second look is given" in composer._notice.text)
    assert composer._writing.field.text == "We have your order, and it is safe."
    with qtbot.waitSignal(composer.sent):
        button(composer._notice, "Send it now").click()
    assert desk.did(PublishStatement) == [PublishStatement(11)]
    assert composer._writing.field.text == ""


def test_lines_wait_until_the_words_of_their_places_are_known(qtbot, desk, empty):
    empty.show_detail(a_mention())
    desk.is_holding, n = True, len(desk.queries)  # only of the lock it is told
    qtbot.waitUntil(lambda: bool(desk.asked(cq.ListLines)))
    settle = desk._held.pop([type(one) for one in desk.queries[n:]].index(cq.ReadStanding))
    desk.release()
    qtbot.waitUntil(lambda: bool(empty._locked._lines))
    assert pane(empty).chooser._strips == []  # none can be chosen with an empty place
    settle()
    qtbot.waitUntil(lambda: len(pane(empty).chooser._strips) == 5)
    empty.focus_text()
    with qtbot.waitSignal(empty.sent):
        type_in(empty, "11")


def test_what_cannot_be_read_keeps_no_line_away(qtbot, desk, empty):
    desk.answers[cq.ListAudiences] = StoreError(StoreFault.LOCKED)
    empty.show_detail(a_mention())
    qtbot.waitUntil(lambda: len(pane(empty).chooser._strips) == 5)


def test_sending_a_line_keeps_the_own_words(qtbot, desk, composer):
    composer._locked.turn_own()
    composer._writing.field.setPlainText("Half a thought")
    composer._locked.turn_own()
    composer.focus_text()
    with qtbot.waitSignal(composer.sent):
        type_in(composer, "11")
    assert composer._writing.field.text == "Half a thought"
    assert desk.did(c.SaveDraft)[-1].text == "Half a thought"


def test_a_line_without_a_look_has_one_from_here(qtbot, desk, composer):
    desk.outcomes[PrepareLine] = Done(answer={"line_id": 4, "hash": "dd" * 32, "text": UNSEEN.text})
    type_in(composer, "5")
    button(pane(composer), "Second look at this line…").click()
    qtbot.waitUntil(lambda: composer.findChild(LookDialog) is not None)
    assert desk.did(PrepareLine) == [PrepareLine(7, "common", "rules", "en")]


def test_templates_wear_a_padlock_and_say_why(qtbot, composer):
    composer._locked.turn_own()
    composer.focus_text()
    bar = composer._writing.templates
    assert bar.button.text() == "Templates are locked"
    for letters, words in (("thanks", "«Thanks» is locked"), ("party", "light tone is off")):
        bar.open()
        qtbot.keyClicks(bar._picker._typed, letters)
        qtbot.keyClick(bar._picker._typed, Qt.Key.Key_Return)
        assert words in composer._notice.text
        assert composer._writing.field.text == ""


def test_nothing_is_planned(composer):
    composer.send_later()
    assert composer._notice.text == (
        "Planned posts for @shop are stopped while INC-2026-0001 is open."
    )


def test_when_the_lock_goes_the_composer_is_as_before(qtbot, desk, composer):
    desk.answers[cq.ReadLock] = None
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: composer._locked.isHidden())
    assert composer._writing.isVisible()
    assert composer._send.text() == "Send reply"
    qtbot.keyClicks(composer._writing.field, "Thanks!")
    with qtbot.waitSignal(composer.sent):
        composer.send()
    assert desk.did(c.SendReply)[-1].line == ""


def test_every_control_has_a_name_and_no_label_guesses_html(composer):
    type_in(composer, "2")
    assert unnamed(composer) == []
    assert wrong_format(composer) == []


def test_a_line_is_posted_by_hand_where_no_program_may(qtbot, desk, composer, monkeypatch):
    opened: list[str] = []

    def opening(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(browser_bar, "open_url", opening)
    composer.show_detail(a_mention(4, can_reply=CanReply.BROWSER, reply_note="feed"))
    qtbot.waitUntil(lambda: bool(composer._locked.pane.chooser.current))
    composer.focus_text()
    assert composer._send.text() == "Copy this line and open it there"
    type_in(composer, "11")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Айгүл, a person is on it.")
    assert opened == ["https://pond.example/4"]
    composer._browser.link.setText("https://pond.example/r")
    with qtbot.waitSignal(composer.sent):
        composer._browser.mark()
    assert desk.did(c.MarkAnswered) == [c.MarkAnswered(4, "https://pond.example/r", text)]
    assert desk.did(c.SendReply) == []


def test_why_a_line_cannot_go_has_its_room_before_the_words_of_the_line():
    assert beside(400, 150) == 250
    assert beside(400, 390) == 100
