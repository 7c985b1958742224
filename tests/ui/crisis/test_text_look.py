"""The second look of each kind, by keyboard; and that it is never shown as more than it was."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import GiveLook, ListPins
from socialdesk.engine.desk import Done
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.looked_at import LookedAt, line_look, statement_look
from socialdesk.ui.crisis.text.words import look_word
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crisis.text_desk import (
    DIGEST,
    a_check,
    a_fact,
    a_look,
    a_statement,
    a_version,
    an_incident,
    text_desk,
)
from tests.ui.driving import press as press_key
from tests.ui.driving import type_in
from tests.ui.fake_desk import MINUTE, NOW

TEXT = "We are sorry. Paying by card does not work. Next update here: 14:30."
FACT = a_fact(1, claim="Paying by card does not work.", state="confirmed", n_checks=3,
              checks=(a_check(1), a_check(2), a_check(3)))  # fmt: skip


def looked(incident=None, **changes) -> LookedAt:
    version = a_version(11, text=TEXT, facts=(1,), edited_at=NOW - 2 * MINUTE)
    made = statement_look(incident or an_incident(), a_statement(), version, {1: FACT},
                          {1: "@shop"})  # fmt: skip
    return replace(made, **changes)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk():
    made = text_desk()
    made.outcomes[ListPins] = Done(answer={"people": [1, 2], "why": ""})
    made.outcomes[GiveLook] = Done(answer={"approval_id": 3, "ends_at": NOW})
    return made


@pytest.fixture
def open_dialog(qtbot, desk, theme, clock):
    def make(subject=None):
        made = LookDialog(desk, subject or looked(), clock, None)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(lambda: made._kinds[1].isEnabled())
        return made

    return make


def press(qtbot, dialog, keys):
    type_in(dialog, keys)


def test_somebody_here_answers_seven_questions_and_enters_a_pin(qtbot, desk, open_dialog, theme):
    dialog = open_dialog()
    qtbot.waitUntil(lambda: dialog._kinds[0].isEnabled())
    shoot(theme, dialog, "look-kinds")
    press(qtbot, dialog, "1")
    page = dialog._page
    assert [page.person.itemText(n) for n in range(page.person.count())] == ["Bota"]
    assert not page._approve.isEnabled()
    shoot(theme, dialog, "look-here")
    press(qtbot, dialog, "nyynnyy")
    assert page.pin.hasFocus()
    qtbot.keyClicks(page.pin, "246810")
    with qtbot.waitSignal(dialog.given):
        press_key(dialog, Qt.Key.Key_Return)
    (given,) = desk.did(GiveLook)
    assert (given.subject, given.subject_id, given.hash) == ("statement", 11, DIGEST)
    assert (given.kind, given.person, given.pin) == ("person_here", 2, "246810")
    assert [said for _, said in given.answers] == ["no", "yes", "yes", "no", "no", "yes", "yes"]
    assert len({key for key, _ in given.answers}) == 7


def test_the_keys_stand_at_the_best_look_that_is_offered(qtbot, desk, open_dialog):
    dialog = open_dialog()
    qtbot.waitUntil(dialog._kinds[0].hasFocus)  # after the keyring answered
    dialog._kinds[1].setFocus()
    dialog._take_pins(Done(answer={"people": [1, 2], "why": ""}))
    assert dialog._kinds[1].hasFocus()


def test_the_head_names_what_is_looked_at_in_words(open_dialog):
    line = LineRow("common", "harm", "en", "{name}, see a doctor.", False, True, hash=DIGEST)
    assert line_look(None, line, {}).name == "Reply line “Somebody may be hurt (safety)”"
    dialog = open_dialog(looked(name="Held reply", lang=""))
    words = [w.text() for w in dialog.findChildren(QLabel)]
    assert f"Held reply · {DIGEST[:12]}" in words


def test_the_pause_is_the_one_that_is_kept_in_the_settings(desk, qtbot, open_dialog):
    desk.answers[q.ReadSettings] = {"crisis_first_look_sev1_min": "7"}
    dialog = open_dialog()
    qtbot.waitUntil(lambda: "7 min" in dialog._kinds[2].text())


def test_a_wrong_pin_keeps_the_answers(qtbot, desk, open_dialog):
    desk.outcomes[GiveLook] = CommandError(CommandFault.PIN, why="wrong", n=4)
    dialog = open_dialog()
    qtbot.waitUntil(lambda: dialog._kinds[0].isEnabled())
    press(qtbot, dialog, "1nyynnyy")
    qtbot.keyClicks(dialog._page.pin, "111111")
    press_key(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "4 tries" in dialog._notice.text)
    assert dialog._page.pin.text() == ""
    assert dialog._page._approve.isEnabled()


@pytest.mark.parametrize(
    ("answer", "words"),
    [({"people": [], "why": ""}, "Nobody has a PIN"),
     ({"people": [], "why": "locked"}, "keyring cannot be reached"),
     ({"people": [1], "why": ""}, "who wrote it")],
)  # fmt: skip
def test_without_a_pin_the_look_here_is_not_offered_and_says_why(
    qtbot, desk, open_dialog, answer, words
):
    desk.outcomes[ListPins] = Done(answer=answer)
    dialog = open_dialog()
    qtbot.waitUntil(lambda: words in dialog._whys[0].text())
    assert not dialog._kinds[0].isEnabled()
    assert dialog._kinds[1].isEnabled()


def test_a_message_holds_text_hash_and_facts_and_the_answer_is_recorded(
    qtbot, desk, open_dialog, theme, tmp_path
):
    dialog = open_dialog()
    press(qtbot, dialog, "2")
    page = dialog._page
    assert page._copy.hasFocus()
    qtbot.keyClick(page._copy, Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    for part in (TEXT, DIGEST, "3 of 3 checks", "log 2", "INC-2026-0001", "7. "):
        assert part in copied
    page.save_to(str(tmp_path / "text.txt"))
    assert (tmp_path / "text.txt").read_text("utf-8") == copied
    page.record()
    assert desk.did(GiveLook) == []
    qtbot.keyClicks(page.who, "Dana Ospanova, lawyer")
    qtbot.keyClicks(page.how, "phone")
    shoot(theme, dialog, "look-away")
    page.record()
    (given,) = desk.did(GiveLook)
    assert (given.kind, given.answers) == ("person_away", ())
    assert given.how.startswith("Dana Ospanova, lawyer, phone, ")


@pytest.mark.parametrize("is_marked", [True, False], ids=["incident", "file"])
def test_a_drill_says_so_first_and_picks_people_by_name(qtbot, desk, open_dialog, is_marked):
    if not is_marked:  # the sandbox's own incidents are like any; its file is marked
        desk.answers[q.ReadSettings] = {"drill_now": "{}"}
    dialog = open_dialog(looked(an_incident(is_drill=is_marked)))
    qtbot.waitUntil(lambda: dialog._kinds[0].isEnabled())
    assert desk.did(ListPins) == []
    press(qtbot, dialog, "1nyynnyy")
    assert dialog._page.pin.isHidden()
    dialog._choose_again()
    press(qtbot, dialog, "2")
    assert dialog._page.file_text.startswith("DRILL")


def test_the_same_person_waits_walks_and_answers(qtbot, desk, open_dialog, clock, theme):
    dialog = open_dialog()
    press(qtbot, dialog, "3")
    page = dialog._page
    assert "1 min 0 s" in page._wait.text()
    shoot(theme, dialog, "look-self-wait")
    clock.now += MINUTE
    qtbot.waitUntil(lambda: page._pages.currentIndex() == 1, timeout=20_000)
    assert page._walk._words.text() == "We are sorry."
    assert page._walk._words.font().pointSizeF() > dialog.font().pointSizeF() * 1.5
    shoot(theme, dialog, "look-self-walk")
    press(qtbot, dialog, "kkk")
    assert page._checklist._count.text() == "Question 1 of 7"
    shoot(theme, dialog, "look-self-questions")
    press(qtbot, dialog, "n")
    qtbot.keyClicks(page._checklist._note, "yes, it begins with them")
    page._checklist.answer("yes")
    press(qtbot, dialog, "ynnyy")
    (given,) = desk.did(GiveLook)
    assert (given.kind, given.pin) == ("self_cooldown", "")
    assert given.answers[1][1] == "yes: yes, it begins with them"
    assert len(given.answers) == 7


def test_a_sentence_is_changed_where_it_stands(qtbot, open_dialog, clock):
    clock.now += 5 * MINUTE
    dialog = open_dialog()
    press(qtbot, dialog, "3")
    qtbot.waitUntil(lambda: dialog._page._pages.currentIndex() == 1)
    press(qtbot, dialog, "k")
    with qtbot.waitSignal(dialog.change_asked) as asked:
        press(qtbot, dialog, "c")
    assert asked.args == ["Paying by card does not work."]


def test_the_desks_clock_counts(qtbot, desk, open_dialog, clock):
    desk.outcomes[GiveLook] = CrisisRefusedError("R28", m=0, s=40, time="10:00")
    clock.now += 5 * MINUTE
    dialog = open_dialog()
    press(qtbot, dialog, "3")
    qtbot.waitUntil(lambda: dialog._page._pages.currentIndex() == 1)
    press(qtbot, dialog, "kkknyynnyy")
    qtbot.waitUntil(lambda: "0 min 40 s" in dialog._page._wait.text())
    assert dialog._page._pages.currentIndex() == 0


def test_in_pair_mode_one_does_not_look_at_ones_own_text(qtbot, desk, open_dialog):
    desk.answers[q.ReadSettings] = {"team_mode": "pair"}
    dialog = open_dialog()
    qtbot.waitUntil(lambda: "pair mode" in dialog._whys[2].text())
    assert not dialog._kinds[2].isEnabled()


def test_a_serious_text_of_the_worst_kind_asks_for_two_looks(qtbot, open_dialog, theme):
    dialog = open_dialog(looked(kind="serious", n_self=1))
    assert "1 given so far" in dialog._note.text()
    assert "adviser" in dialog._note.text()


def test_every_control_has_a_name_and_no_label_guesses_html(qtbot, open_dialog):
    dialog = open_dialog()
    qtbot.waitUntil(lambda: dialog._kinds[0].isEnabled())
    for kind in "123":
        press(qtbot, dialog, kind)
        assert unnamed(dialog) == []
        assert wrong_format(dialog) == []
        dialog._choose_again()


def test_a_look_is_called_what_it_was():
    assert look_word(a_look("person_here")).startswith("approved by two people (")
    assert "recorded by" in look_word(a_look("person_away"))
    assert look_word(a_look("self_cooldown")) == "same person, second look after 3 min"
    assert "two people" not in look_word(a_look("self"))
