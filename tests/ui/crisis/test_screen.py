"""The incident room on a scripted desk, by keyboard: rail, overview, steps, mentions, held."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import LinkedRow
from socialdesk.domain.crisis.incident import IncidentState, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import crisis as c
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries import crisis as cq
from socialdesk.ui.crisis.ask_sheets import Sheet, ask_dismiss
from socialdesk.ui.crisis.rail import TAB, Next, phase_words
from socialdesk.ui.crisis.screen import IncidentScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.conftest import a_standing, an_incident, some_linked, suspected
from tests.ui.crisis.room import KEYS, button_of, go, key, open_room, sheet_of, tell, words_of
from tests.ui.driving import CTRL, SHIFT, answer
from tests.ui.fake_desk import NOW


@pytest.fixture
def screen(qtbot, desk, theme):
    return open_room(qtbot, desk)


# --- the room ---


def test_the_room_says_what_to_do_next(screen, qtbot):
    next_ = screen.rail.next
    qtbot.waitUntil(lambda: next_.count() == 7)
    said = [next_.item(n).text() for n in range(7)]
    assert said[:3] == [
        "Answer 1 safety report at once", "Publish the next update: 12 min 31 s",
        "Spokesperson: answer 1 mention of the press",
    ]  # fmt: skip
    assert said[3].startswith("Tell everybody at the tills")
    assert said[4:6] == ["Decide about 3 held replies", "Tell 2 audiences"]


def test_who_was_answered_is_no_longer_what_comes_next(screen, desk, qtbot):
    next_ = screen.rail.next
    qtbot.waitUntil(lambda: next_.count() == 7)
    desk.answers[cq.ListLinked] = [
        replace(row, status=Status.DONE) if row.category == "safety"
        else replace(row, reply=OutboxState.QUEUED)
        for row in some_linked()
    ]  # fmt: skip
    desk.tell(Changes(areas=frozenset({Area.QUEUE})))  # done in the inbox: no act of the incident
    qtbot.waitUntil(lambda: next_.count() == 5)
    assert next_.item(0).text().startswith("Publish the next update")


def test_a_countdown_that_grew_by_a_line_is_seen_whole(screen, qtbot):
    next_ = screen.rail.next
    qtbot.waitUntil(lambda: next_.count() == 7)
    tabs = [next_.item(n).data(TAB) for n in range(5)]
    next_.show_next([Next("Now", tab) for tab in tabs])
    qtbot.waitUntil(lambda: next_.visualItemRect(next_.item(0)).height() > 0)
    before = next_.visualItemRect(next_.item(0)).height()
    next_.show_next([Next("Publish the next update, late by 12 min 31 s", tab) for tab in tabs])
    qtbot.waitUntil(lambda: next_.visualItemRect(next_.item(0)).height() > before)


def test_enter_on_what_is_next_goes_there(screen, qtbot):
    qtbot.waitUntil(lambda: screen.rail.next.count() == 7)
    screen.rail.next.setFocus()
    key(screen, Qt.Key.Key_Return)
    assert KEYS[screen.tabs.currentIndex()] == "mentions"
    assert screen.pane.isAncestorOf(screen.focusWidget())


def test_ctrl_and_a_digit_go_to_a_tab(screen, qtbot):
    screen.rail.incidents.setFocus()
    key(screen, Qt.Key.Key_5, CTRL)
    assert KEYS[screen.tabs.currentIndex()] == KEYS[4]
    key(screen, Qt.Key.Key_1, CTRL)
    assert KEYS[screen.tabs.currentIndex()] == "overview"


def test_phases_say_where_it_stands():
    said = phase_words(an_incident(IncidentState.RESPONDING)).splitlines()
    assert said[2:5] == ["✓ Holding", "● Responding", "○ Stand-down"]
    assert phase_words(an_incident(IncidentState.DISMISSED)) == "● Dismissed"


def test_every_control_of_every_tab_has_a_name(screen, qtbot):
    for tab in KEYS:
        screen.show_tab(tab)
        qtbot.waitUntil(lambda: screen.pane is not None)
        if tab not in ("texts", "facts"):  # they have tests of their own
            assert unnamed(screen.pane) == [], tab
            assert wrong_format(screen.pane) == [], tab
    assert unnamed(screen.rail) == []


def test_another_language_makes_it_anew_and_stays_there(screen, qtbot):
    go(screen, qtbot, "log")
    old = screen.tabs
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen.tabs is not old and screen.pane is not None)
    assert KEYS[screen.tabs.currentIndex()] == "log"


@pytest.fixture
def quiet(qtbot, desk, theme):
    """The room before there ever was an incident."""
    desk.answers |= {cq.ListIncidents: [], cq.ReadStanding: []}
    made = IncidentScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1120, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.rail.incidents.setFocus()
    qtbot.waitUntil(lambda: "There has been no incident" in words_of(made))
    return made


def test_without_incidents_there_are_buttons_and_no_empty_boxes(quiet, theme):
    shoot(theme, quiet, "incidents-quiet")
    asked: list[str] = []
    quiet.action_asked.connect(asked.append)
    for name in ("Something is wrong", "Declare an incident…", "Start a drill…"):
        button_of(quiet, name).click()
    assert asked == ["crisis_suspect", "crisis_declare", "start_drill"]
    assert not quiet.rail.isVisible() and not quiet.tabs.isVisible()
    assert unnamed(quiet) == [] and wrong_format(quiet) == []


def test_no_single_key_makes_an_incident_there(quiet):
    asked: list[str] = []
    quiet.action_asked.connect(asked.append)
    assert quiet.panes == [quiet.focusWidget()]
    for pressed in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        key(quiet, pressed)
    assert asked == []


def test_the_room_opens_with_the_first_incident(quiet, desk, qtbot):
    desk.answers[cq.ListIncidents] = [suspected()]
    tell(desk)
    qtbot.waitUntil(quiet.rail.isVisible)
    assert "There has been no incident" not in words_of(quiet)
    assert quiet.rail.isAncestorOf(quiet.focusWidget())


# --- overview ---


def test_the_overview_tells_state_roles_and_what_stand_down_waits_for(screen, qtbot):
    qtbot.waitUntil(lambda: "promises open (2)" in words_of(screen.pane))
    qtbot.waitUntil(lambda: "Timur" in words_of(screen.pane))
    said = words_of(screen.pane)
    for part in (
        "SEV2",
        "Tell before being asked",
        "It happened by accident",
        "60 min",
        "Next promise: 12 min 31 s",
        "held replies undecided (1)",
        "usual: 1.5 in 15 min",
    ):
        assert part in said, part  # fmt: skip


def test_what_can_be_done_has_the_keys_first_and_keeps_them(screen, desk, qtbot):
    qtbot.waitUntil(lambda: button_of(screen, "Begin responding") is not None)
    key(screen, Qt.Key.Key_1, CTRL)
    begin = button_of(screen, "Begin responding")
    assert begin.hasFocus()
    key(screen, Qt.Key.Key_Tab)
    assert screen.focusWidget().text() == "To the statements"
    key(screen, Qt.Key.Key_Tab)
    assert screen.focusWidget() is screen.pane._changes["title"]
    begin.setFocus()
    desk.answers[cq.ReadIncident] = an_incident(title="Cards")
    tell(desk)
    qtbot.waitUntil(lambda: "Cards" in words_of(screen.pane))
    assert begin.hasFocus()
    desk.answers[cq.ReadIncident] = an_incident(IncidentState.RESPONDING)
    tell(desk)
    qtbot.waitUntil(lambda: button_of(screen, "Stand down") is not None)
    assert button_of(screen, "Stand down").hasFocus()


def test_a_change_asks_for_a_reason(screen, desk, qtbot):
    button = screen.pane._changes["severity"]
    button.setFocus()
    key(screen, Qt.Key.Key_Space)
    sheet = sheet_of(screen, qtbot)
    high = sheet.height()
    key(sheet, Qt.Key.Key_Up)
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.ChangeIncident) == []
    assert "Write why" in sheet.notice.text
    qtbot.waitUntil(lambda: sheet.notice.height() > 0)
    assert sheet.height() < high + 3 * sheet.notice.height()
    qtbot.keyClicks(sheet.focusWidget(), "Press is here")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.ChangeIncident) == [
        c.ChangeIncident(1, "severity", "1", "Press is here")
    ]  # fmt: skip
    qtbot.waitUntil(lambda: not [s for s in screen.findChildren(Sheet) if s.isVisible()])


def test_stand_down_tells_what_it_waits_for(screen, desk, qtbot):
    desk.answers[cq.ReadIncident] = an_incident(IncidentState.RESPONDING)
    tell(desk)
    qtbot.waitUntil(lambda: button_of(screen, "Stand down") is not None)
    desk.outcomes[c.MoveIncident] = CrisisRefusedError(
        "R30", list="promises_open:2, held_undecided:1, quiet_left_min:40"
    )
    button_of(screen, "Stand down").setFocus()
    key(screen, Qt.Key.Key_Space)
    wanted = ("Stand-down waits for: promises open (2) · held replies undecided (1) · "
              "quiet time left: 40 min.")  # fmt: skip
    qtbot.waitUntil(lambda: screen.pane.talk.notice.text == wanted)
    assert desk.did(c.MoveIncident) == [c.MoveIncident(1, "stand_down", "")]


@pytest.mark.parametrize(
    ("state", "seen", "unseen"),
    [
        (IncidentState.RESPONDING, "Stand-down waits for", "The review waits for"),
        (IncidentState.STAND_DOWN, "The review waits for", "Stand-down waits for"),
        (IncidentState.REVIEW, "Closing waits for", "Stand-down waits for"),
        (IncidentState.CLOSED, "It is over.", "waits for"),
    ],
)
def test_the_overview_says_what_the_next_state_waits_for(screen, desk, qtbot, state, seen, unseen):
    desk.answers |= {
        cq.ReadIncident: an_incident(state),
        cq.WhatStandDownWaitsFor: [("promises_open", 2), ("quiet_left_min", 40)],
    }
    tell(desk)
    qtbot.waitUntil(lambda: seen in words_of(screen.pane))
    assert unseen not in words_of(screen.pane)
    promises = "promises open (2)" in words_of(screen.pane)
    assert promises is (state is IncidentState.RESPONDING)


def test_sev3_can_go_on_with_a_written_reason(screen, desk, qtbot):
    desk.answers[cq.ReadIncident] = an_incident(severity=Severity.SEV3)
    tell(desk)
    name = "No serious statement is needed…"
    qtbot.waitUntil(lambda: button_of(screen, name) is not None)
    button_of(screen, name).click()
    sheet = sheet_of(screen, qtbot)
    qtbot.keyClicks(sheet.focusWidget(), "one thread")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.MoveIncident) == [c.MoveIncident(1, "responding", "one thread")]


def test_a_suspected_one_offers_declare_and_dismiss(screen, desk, qtbot):
    asked: list[tuple[str, int]] = []
    screen.act_asked.connect(lambda act, id_: asked.append((act, id_)))
    desk.answers |= {
        cq.ReadIncident: suspected(), cq.ReadStanding: [a_standing(suspected())],
        cq.ListIncidents: [suspected()],
    }  # fmt: skip
    tell(desk)
    qtbot.waitUntil(lambda: button_of(screen, "Declare…") is not None)
    button_of(screen, "Declare…").click()
    button_of(screen, "Dismiss…").click()
    assert asked == [("declare", 1), ("dismiss", 1)]


def test_dismissing_tells_how_long_its_alert_is_silent(screen, desk, qtbot):
    desk.answers[ReadSettings] = {"crisis_mute_h": "2"}
    sheet = ask_dismiss(desk, suspected(), screen, lambda: None)
    qtbot.addWidget(sheet)
    told = "The same kind of alert on the same topic stays silent for 2 hours."
    qtbot.waitUntil(lambda: told in [one.text() for one in sheet.findChildren(QLabel)])


# --- steps ---


def test_a_step_is_done_by_a_key_and_skipped_with_a_reason(screen, desk, qtbot):
    pane = go(screen, qtbot, "steps")
    assert "1 of 4 done · 1 late" in words_of(pane)
    pane.table.go_to(1)
    key(screen, Qt.Key.Key_D)
    assert desk.did(c.DoStep) == [c.DoStep(2)]
    key(screen, Qt.Key.Key_S)
    sheet = sheet_of(screen, qtbot)
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert "Write a few words" in sheet.notice.text
    qtbot.keyClicks(sheet.focusWidget(), "no tills there")
    key(sheet, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.DoStep)[-1] == c.DoStep(2, skipped_why="no tills there")


def test_a_done_step_can_be_opened_again_and_not_done_twice(screen, desk, qtbot):
    pane = go(screen, qtbot, "steps")
    pane.table.go_to(0)
    key(screen, Qt.Key.Key_D)
    assert desk.did(c.DoStep) == []
    key(screen, Qt.Key.Key_B)
    assert desk.did(c.DoStep) == [c.DoStep(1, is_done=False)]


# --- mentions ---


def test_a_letter_says_the_category_and_enter_opens_the_inbox(screen, desk, qtbot):
    shown: list[int] = []
    screen.mention_asked.connect(shown.append)
    pane = go(screen, qtbot, "mentions")
    pane.table.go_to(2)
    key(screen, Qt.Key.Key_W)
    assert desk.did(c.LinkMentions) == [c.LinkMentions(1, (4,), "wrong_facts")]
    key(screen, Qt.Key.Key_Return)
    assert shown == [4]
    key(screen, Qt.Key.Key_Delete)
    assert desk.did(c.LinkMentions)[-1] == c.LinkMentions(1, (4,), is_linked=False)


@pytest.mark.parametrize(
    ("status", "reply", "said", "n_open"),
    [
        (Status.WAITING, OutboxState.HELD, "Held", 1),
        (Status.WAITING, OutboxState.UNCERTAIN, "Uncertain", 1),
        (Status.OPEN, OutboxState.FAILED, "Failed", 1),
        (Status.WAITING, OutboxState.SENT, "Answered", 0),
        (Status.DONE, None, "Done", 0),
        (Status.NEW, None, "Open", 1),
    ],
)
def test_a_mention_is_answered_once_its_reply_is_sent(
    screen, desk, qtbot, status, reply, said, n_open
):
    is_sent = reply is OutboxState.SENT
    row = LinkedRow(3, "rant", False, is_sent, "Ann", "No", 1, NOW, status, reply)
    desk.answers[cq.ListLinked] = [row]
    table = go(screen, qtbot, "mentions").table
    assert table.model().index(0, 1).data() == said
    assert f"1 linked, {n_open} not answered" in words_of(screen.pane)


def test_hiding_asks_why_and_knows_no_criticism(screen, desk, qtbot):
    go(screen, qtbot, "mentions").table.go_to(0)
    key(screen, Qt.Key.Key_X)
    answer(qtbot, screen, "threat")
    assert desk.did(c.HideMention) == [c.HideMention(3, "threat", 1)]


# --- held ---


def test_held_rows_are_decided_one_by_one(screen, desk, qtbot):
    pane = go(screen, qtbot, "held")
    assert "3 replies wait for a decision" in words_of(pane)
    pane.table.go_to(1)
    key(screen, Qt.Key.Key_X)
    assert desk.did(c.DecideHeld) == [c.DecideHeld(2, "discard")]


def test_keeping_without_a_look_says_so_and_offers_one(screen, desk, qtbot):
    pane = go(screen, qtbot, "held")
    desk.outcomes[c.DecideHeld] = CrisisRefusedError("R15", id="INC-2026-0001", time="09:31")
    key(screen, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "Held by INC-2026-0001" in pane.talk.notice.text)
    qtbot.waitUntil(lambda: button_of(pane, "Second look…") is not None)


def test_a_changed_text_is_gone_to(screen, desk, qtbot):
    shown: list[int] = []
    screen.mention_asked.connect(shown.append)
    go(screen, qtbot, "held")
    key(screen, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: shown == [1])
    assert desk.did(c.DecideHeld) == [c.DecideHeld(1, "change")]


def test_discard_all_asks_once_and_there_is_no_keep_all(screen, desk, qtbot):
    pane = go(screen, qtbot, "held")
    key(screen, Qt.Key.Key_X, SHIFT)
    assert desk.did(c.DiscardAllHeld) == []
    qtbot.waitUntil(button_of(pane, "Discard all").hasFocus)
    key(screen, Qt.Key.Key_Space)
    assert desk.did(c.DiscardAllHeld) == [c.DiscardAllHeld(1)]
    qtbot.waitUntil(pane.table.hasFocus)
    assert not [b for b in pane.findChildren(QPushButton) if "Keep all" in b.text()]
