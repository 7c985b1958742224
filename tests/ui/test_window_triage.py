"""Triage by keys: what is seen in the same frame, and what the desk is asked to do."""

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.muted import MutedRow
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import Listing, PersonRow
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.answering import MakePromise
from socialdesk.engine.commands.triage import SetPinned, Unmute
from socialdesk.engine.desk import Done
from socialdesk.engine.queries.bulk import ListMuted
from socialdesk.ui.window import MainWindow
from tests.ui.driving import CTRL, SHIFT, answer, current, offered, picker_of, press, shown, type_in
from tests.ui.fake_desk import MINUTE, NOW, a_row

# --- triage by keys ---


def test_j_and_k_go_through_the_list(window):
    type_in(window, "jjk")
    assert current(window) == 2


def test_e_is_done_and_the_next_one_stands_there_at_once(window, desk):
    desk.is_holding = True  # the effect does not wait for the desk
    type_in(window, "e")
    assert desk.did(c.SetStatus) == [
        c.SetStatus((1,), Status.DONE.value, Disposition.NO_REPLY_NEEDED.value)
    ]
    assert shown(window) == [2, 3, 4, 5, 6, 7]
    assert current(window) == 2


@pytest.mark.parametrize("key", ["e", "!", "m"])
@pytest.mark.parametrize(("steps", "stands_on"), [(0, 2), (2, 4), (5, 7), (6, 6)])
def test_the_next_card_is_the_one_below_wherever_one_stands(window, key, steps, stands_on):
    type_in(window, "j" * steps + key)
    assert len(shown(window)) == 6
    assert current(window) == stands_on


def test_several_in_a_row_pass_over_nobody(window):
    type_in(window, "jeee")
    assert shown(window) == [1, 5, 6, 7]
    assert current(window) == 5


def test_shift_e_stays(window, desk):
    press(window, Qt.Key.Key_E, SHIFT)
    assert (current(window), len(shown(window))) == (1, 7)
    assert window.inbox.row.status is Status.DONE


def test_done_on_marked_ones_is_one_command(window, desk):
    type_in(window, "xjxjj")
    type_in(window, "e")
    assert desk.did(c.SetStatus)[0].ids == (1, 2)
    assert shown(window) == [3, 4, 5, 6, 7]


def test_after_deciding_marked_ones_the_hand_stays_where_it_was(window):
    type_in(window, "xjxjj")
    assert current(window) == 4
    type_in(window, "e")
    assert current(window) == 4
    type_in(window, "jxkx")
    type_in(window, "e")
    assert (shown(window), current(window)) == ([3, 6, 7], 6)


def test_all_are_marked_and_decided_together(window, desk):
    press(window, Qt.Key.Key_A, CTRL)
    type_in(window, "!")
    assert desk.did(c.SetStatus)[0].ids == (1, 2, 3, 4, 5, 6, 7)
    assert shown(window) == []


def test_a_refused_act_comes_back_with_a_sentence(window, desk, qtbot):
    desk.outcomes[c.SetStatus] = CommandError(CommandFault.NOT_FOUND)
    type_in(window, "e")
    qtbot.waitUntil(lambda: len(shown(window)) == 7)
    assert "not there any more" in window.toast.text


def test_u_marks_unread_and_it_stays_so(window, desk):
    desk.rows_by_id[1] = a_row(1, status=Status.OPEN)
    window.inbox.pane.model.reread()
    type_in(window, "u")
    assert desk.did(c.SetStatus)[0].status == Status.NEW.value
    assert window.inbox.row.status is Status.NEW
    assert not window.inbox._opening.isActive()


def test_resting_on_a_new_one_opens_it(window, desk, qtbot):
    qtbot.waitUntil(lambda: desk.did(c.OpenMention) == [c.OpenMention(1)], timeout=20_000)
    assert window.inbox.row.status is Status.OPEN
    assert shown(window) == [1, 2, 3, 4, 5, 6, 7]


def test_passing_by_opens_nothing(window, desk, qtbot):
    type_in(window, "jjjjjj")
    qtbot.waitUntil(lambda: bool(desk.did(c.OpenMention)), timeout=20_000)
    assert desk.did(c.OpenMention) == [c.OpenMention(7)]


def test_priority_keys_set_it_and_take_it_off(window, desk):
    type_in(window, "22")
    assert desk.did(c.SetPriority) == [c.SetPriority((1,), 2), c.SetPriority((1,), 0)]


def test_h_snoozes_until_a_typed_time(window, desk, qtbot):
    type_in(window, "h")
    answer(qtbot, window, "2h")
    assert desk.did(c.Snooze) == [c.Snooze((1,), NOW + 120 * MINUTE)]
    assert shown(window)[0] == 2


def test_a_promise_without_a_reply_asks_for_its_time(window, desk, qtbot):
    assert window.actions_by_id.run("promise")
    answer(qtbot, window, "2h")
    due = NOW + 120 * MINUTE
    assert desk.did(MakePromise) == [MakePromise(1, due)]
    assert window.inbox.row.promise_at == due


def test_snooze_offers_presets_and_refuses_nonsense(window, qtbot):
    type_in(window, "h")
    picker = picker_of(window)
    assert "Tomorrow morning" in offered(picker)
    qtbot.keyClicks(picker.findChild(QLineEdit), "whenever")
    assert offered(picker) == []
    assert "2h, tomorrow 9, fri" in " ".join(x.text() for x in picker.findChildren(QLabel))


def test_l_puts_a_label_on_and_makes_new_ones(window, desk, qtbot):
    type_in(window, "l")
    answer(qtbot, window, "Late delivery")
    assert desk.did(c.AddLabel) == [c.AddLabel((1,), "Late delivery")]
    assert window.inbox.row.labels == ("Late delivery",)
    type_in(window, "l")
    answer(qtbot, window, "Late delivery")
    assert desk.did(c.RemoveLabel) == [c.RemoveLabel((1,), "Late delivery")]


def test_a_hands_over_to_a_new_person(window, desk, qtbot):
    people = desk.answers[q.ListPeople] = []

    def add(command):
        people.append(PersonRow(7, command.name))
        return Done()

    desk.outcomes[c.AddPerson] = add
    type_in(window, "a")
    answer(qtbot, window, "Aliya")
    qtbot.waitUntil(lambda: desk.did(c.Assign) == [c.Assign((1,), 7)])
    assert window.inbox.row.assignee == "Aliya"


def test_m_mutes_and_v_marks_a_vip(window, desk):
    type_in(window, "v")
    assert desk.did(c.SetVip) == [c.SetVip((1,), True)]
    type_in(window, "m")
    assert desk.did(c.SetMuted) == [c.SetMuted((1,), True)]
    assert 1 not in shown(window)


def test_spam_and_mute_are_one_act(window, desk):
    press(window, Qt.Key.Key_M, CTRL | SHIFT)
    assert desk.did(c.SetStatus) == [c.SetStatus((1,), Status.SPAM.value, 0, True)]
    assert 1 not in shown(window)


def test_a_mention_from_elsewhere_stays_while_the_list_is_read_anew(window, desk, qtbot):
    listed = list(desk.rows_by_id)
    desk.rows_by_id[99] = a_row(99)
    window.show_mention(99)
    for ids in (listed[1:], [], listed):
        desk.answers[q.ListMentions] = Listing(array("q", ids), len(ids))
        window.inbox.pane.ask(keep=True)
        qtbot.waitUntil(lambda ids=ids: shown(window) == ids)
        assert window.inbox.row.id == 99
    press(window, Qt.Key.Key_J)
    assert window.inbox.row.id == current(window) != 99


@pytest.fixture
def early_window(qtbot, desk):
    """Before its first list, which `desk.release()` lets come: 1 to 7, not 99."""
    desk.rows_by_id[99] = a_row(99)
    desk.answers[q.ListMentions] = Listing(array("q", range(1, 8)), 7)
    desk.is_holding = True
    made = MainWindow(desk, now=lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("asked", "stands_on"), [(99, 1), (3, 3)])
def test_a_mention_asked_for_before_the_first_list_came_stays(
    early_window, desk, qtbot, asked, stands_on
):
    window = early_window
    window.show_mention(asked)
    desk.release()
    qtbot.waitUntil(lambda: len(shown(window)) == 7)
    assert (window.inbox.row.id, current(window)) == (asked, stands_on)
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    assert window.inbox.thread_pane.detail.row.id == asked
    press(window, Qt.Key.Key_J)
    assert window.inbox.row.id == current(window) == stands_on + 1


def test_a_place_asked_for_after_a_mention_takes_its_place(window, desk, qtbot):
    desk.rows_by_id[99] = a_row(99)
    desk.answers[q.ListMentions] = Listing(array("q", [5, 6]), 2)
    desk.is_holding = True
    window.show_place("new")
    window.show_mention(99)
    assert window.inbox.row.id == 99
    window.show_place("all")
    desk.release()
    qtbot.waitUntil(lambda: shown(window) == [5, 6])
    assert window.inbox.row.id == current(window) == 5


def test_keys_act_on_the_mention_that_is_shown_even_from_elsewhere(window, desk, qtbot):
    desk.rows_by_id[99] = a_row(99)
    window.show_mention(99)
    type_in(window, "e")
    assert desk.did(c.SetStatus)[0].ids == (99,)
    assert shown(window) == [1, 2, 3, 4, 5, 6, 7]
    press(window, Qt.Key.Key_J)
    type_in(window, "e")
    assert desk.did(c.SetStatus)[1].ids == (2,)


def test_muted_people_are_listed_and_heard_again(window, desk, qtbot):
    desk.answers[ListMuted] = [MutedRow(9, "mastodon", "Troll", "@troll", NOW, 12, 3),
                               MutedRow(8, "mastodon", "Bore", "@bore", NOW, 1, 4)]  # fmt: skip
    press(window, Qt.Key.Key_M, SHIFT)
    picker = picker_of(window)
    qtbot.waitUntil(lambda: len(offered(picker)) == 2)
    assert "Troll" in offered(picker)[0]
    answer(qtbot, window, "bore")
    assert desk.did(Unmute) == [Unmute((8,))]
    assert "No longer muted" in window.toast.text


def test_p_pins_on_top_and_again_lets_go(window, desk):
    type_in(window, "pp")
    assert desk.did(SetPinned) == [SetPinned((1,), True), SetPinned((1,), False)]


def test_g_h_goes_to_what_was_handed_to_me(window, desk, qtbot):
    type_in(window, "gh")
    qtbot.waitUntil(lambda: desk.asked(q.ListMentions)[-1].search == "is:mine")


def test_n_writes_a_note(window, desk, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "n")
    field = window.focusWidget()
    qtbot.keyClicks(field, "Call them, please")
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert desk.did(c.AddNote) == [c.AddNote(1, "Call them, please")]


def test_z_takes_back_and_says_what(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "labelled", "n": 1, "ids": [1]}
    type_in(window, "z")
    qtbot.waitUntil(lambda: plain(window.toast.text) == "Taken back: label (Ann 1)")
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: bool(desk.did(c.Redo)))


def plain(text):
    """Without the marks that keep a stranger's name from turning the sentence round."""
    return text.translate({0x2068: None, 0x2069: None})


def test_a_reply_taken_back_offers_no_redo_which_would_find_nothing(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "reply_written", "n": 1, "ids": [1]}
    type_in(window, "z")
    qtbot.waitUntil(lambda: plain(window.toast.text) == "Taken back: reply (Ann 1)")
    assert not window.toast._button.isVisibleTo(window.toast)


def test_taking_back_many_says_how_many(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "status_set", "n": 46, "ids": [1, 2]}
    type_in(window, "z")
    qtbot.waitUntil(lambda: window.toast.text == "Taken back: status (46 mentions)")


def test_what_is_taken_back_is_stood_on_again(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "labelled", "n": 1, "ids": [5]}
    type_in(window, "jz")
    qtbot.waitUntil(lambda: current(window) == 5)


def test_who_writes_a_reply_when_undo_answers_late_stays_at_what_it_is_about(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "labelled", "n": 1, "ids": [5]}
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    desk.is_holding = True
    type_in(window, "z")
    window.inbox.thread_pane.begin_reply()
    desk.release()
    qtbot.waitUntil(lambda: window.toast.text != "")
    qtbot.waitUntil(lambda: window._returned == 0)
    assert current(window) == 1


def test_after_taking_back_what_is_elsewhere_one_stays(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "labelled", "n": 1, "ids": [99]}
    type_in(window, "jz")
    qtbot.waitUntil(lambda: window.toast.text != "")
    qtbot.waitUntil(lambda: window._returned == 0)
    assert current(window) == 2


def test_nothing_to_undo_is_said(window, desk, qtbot):
    desk.outcomes[c.Undo] = CommandError(CommandFault.NOTHING_TO_UNDO)
    type_in(window, "z")
    qtbot.waitUntil(lambda: "nothing to undo" in window.toast.text)


def test_an_act_and_its_undo_say_the_status_and_whose(window, desk, qtbot):
    desk.outcomes[c.Undo] = {"kind": "status_set", "n": 1, "ids": [1]}
    desk.answers[q.PeekUndo] = ("status_set", "")
    type_in(window, "e")
    assert plain(window.toast.text) == "Done: Ann 1"
    qtbot.waitUntil(lambda: window.actions_by_id["undo"].name() == "Undo: status")
    type_in(window, "z")
    qtbot.waitUntil(lambda: plain(window.toast.text) == "New again: Ann 1")


def changed_since(n_moved):
    return CommandError(CommandFault.CHANGED_SINCE, act=9, kind="labelled", n=3, n_moved=n_moved)


@pytest.mark.parametrize(
    ("n_moved", "said"), [(2, "takes back the others"), (3, "again goes past it")]
)
def test_an_act_somebody_changed_since_is_gone_past_by_the_same_key(
    window, desk, qtbot, n_moved, said
):
    desk.outcomes[c.Undo] = lambda command: (
        {"kind": "labelled", "n": 1, "ids": [1], "n_left": n_moved}
        if command.past
        else changed_since(n_moved)
    )
    desk.outcomes[c.Undo] = raising(desk.outcomes[c.Undo])
    type_in(window, "z")
    qtbot.waitUntil(lambda: said in window.toast.text)
    type_in(window, "z")
    qtbot.waitUntil(lambda: f"changed since: {n_moved}" in window.toast.text)
    assert [command.past for command in desk.did(c.Undo)] == [0, 9]


def raising(script):
    def run(command):
        found = script(command)
        if isinstance(found, CommandError):
            raise found
        return found

    return run


def test_the_offer_ends_with_its_sentence(window, desk, qtbot):
    desk.outcomes[c.Undo] = changed_since(3)
    type_in(window, "z")
    qtbot.waitUntil(lambda: "goes past it" in window.toast.text)
    window.toast.hide()
    type_in(window, "z")
    qtbot.waitUntil(lambda: len(desk.did(c.Undo)) == 2)
    assert desk.did(c.Undo)[1].past == 0
