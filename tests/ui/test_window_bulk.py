"""Acts on all that match, with progress; and acts around searches and restarts of the engine."""

from dataclasses import replace

from PySide6.QtCore import Qt

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.job import JobRow
from socialdesk.domain.mentions.status import Status
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.bulk import ActOnAll, StopJob
from socialdesk.engine.desk import EngineState
from socialdesk.engine.queries.bulk import CountMatches, ListJobs
from socialdesk.ui.inbox import aim
from tests.ui.driving import CTRL, SHIFT, press, shown, type_in
from tests.ui.fake_desk import a_row

# --- all that match ---


def mark_all(window):
    press(window, Qt.Key.Key_A, CTRL | SHIFT)


def test_an_act_on_all_that_match_is_one_command_on_the_query(window, desk, qtbot):
    desk.answers[CountMatches] = 12_345
    press(window, Qt.Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: "12,345" in window.inbox.pane.marks._all.text())
    assert "7 mentions" in window.inbox.pane.marks._text.text()
    mark_all(window)
    qtbot.waitUntil(lambda: "All 12,345 that match" in window.inbox.pane.marks._text.text())
    type_in(window, "!")
    assert desk.did(ActOnAll) == [ActOnAll("status", "", Status.SPAM.value, view="needs_reply")]
    assert desk.did(c.SetStatus) == []
    assert shown(window) == []
    assert "12,345" in window.toast.text


def search(window, qtbot, words):
    type_in(window, "/")
    qtbot.keyClicks(window.inbox.pane.field, words)
    press(window, Qt.Key.Key_Return)


def test_a_search_narrows_all_that_match(window, desk, qtbot):
    with qtbot.waitSignal(window.inbox.pane.listed):
        search(window, qtbot, "order")
    mark_all(window)
    type_in(window, "1")
    (command,) = desk.did(ActOnAll)
    assert (command.view, command.search, command.number) == ("all", "order", 1)
    assert len(shown(window)) == 7


def test_all_of_a_search_whose_list_has_not_come_are_left_alone_until_it_has(window, desk, qtbot):
    pane = window.inbox.pane
    desk.is_holding = True
    search(window, qtbot, "order 2")
    mark_all(window)
    assert pane.marks._text.text().startswith("All … that match")
    assert pane.list.marked() == ()
    for key in "!1e":
        type_in(window, key)
    assert (desk.did(ActOnAll), desk.did(c.SetStatus), desk.did(c.SetPriority)) == ([], [], [])
    with qtbot.waitSignal(pane.listed):
        desk.release()
    assert pane.list.marked() == (2,)
    type_in(window, "1")
    (command,) = desk.did(ActOnAll)
    assert (command.view, command.search, command.number) == ("all", "order 2", 1)


def test_esc_lets_all_of_a_list_go_that_has_not_come(window, desk, qtbot):
    desk.is_holding = True
    search(window, qtbot, "order 2")
    mark_all(window)
    press(window, Qt.Key.Key_Escape)
    assert window.inbox.pane.marks.isHidden()
    type_in(window, "!")
    assert desk.did(c.SetStatus)[0].ids == (1,)  # the card that is shown as the current one


def test_marks_are_of_what_was_looked_through_when_they_were_made(window, desk, qtbot):
    pane = window.inbox.pane
    mark_all(window)
    desk.is_holding = True
    search(window, qtbot, "order 2")
    assert pane.list.marked() == ()
    assert pane.marks.isHidden()


def test_all_of_one_view_are_not_all_of_the_next(window, desk, qtbot):
    mark_all(window)
    with qtbot.waitSignal(window.inbox.pane.listed):
        window.show_place("waiting")
    assert window.inbox.pane.list.marked() == ()
    assert window.inbox.pane.marks.isHidden()


def test_the_first_letter_of_a_search_lets_them_go(window, desk):
    mark_all(window)
    type_in(window, "/o")
    assert window.inbox.pane.list.marked() == ()
    assert window.inbox.pane.marks.isHidden()


def test_marks_stay_through_a_list_that_is_read_again(window, desk, qtbot):
    pane = window.inbox.pane
    pane.list.go_to(2)
    for _ in range(2):
        type_in(window, "x")
        pane.list.go_to(pane.list.current() + 1)
    assert pane.list.marked() == (3, 4)
    desk.rows_by_id = {8: a_row(8), **desk.rows_by_id}
    with qtbot.waitSignal(pane.listed):
        pane.ask(keep=True)
    assert pane.list.marked() == (3, 4)
    assert "2 mentions" in pane.marks._text.text()
    mark_all(window)
    desk.rows_by_id = {9: a_row(9), **desk.rows_by_id}
    with qtbot.waitSignal(pane.listed):
        pane.ask(keep=True)
    assert len(pane.list.marked()) == 9
    type_in(window, "!")
    assert desk.did(ActOnAll) == [ActOnAll("status", "", Status.SPAM.value, view="needs_reply")]


def test_no_line_tells_of_marks_that_went_with_their_cards(window, desk):
    press(window, Qt.Key.Key_A, CTRL)
    window.inbox.pane.model.remove((1, 2))
    assert window.inbox.pane.list.marked() == ()
    assert window.inbox.pane.marks.isHidden()


def test_esc_lets_all_go(window, desk):
    mark_all(window)
    press(window, Qt.Key.Key_Escape)
    type_in(window, "!")
    assert desk.did(ActOnAll) == []
    assert desk.did(c.SetStatus)[0].ids == (1,)


def test_a_long_selection_goes_in_slices(window, desk, monkeypatch):
    monkeypatch.setattr(aim, "MANY", 3)
    press(window, Qt.Key.Key_A, CTRL)
    type_in(window, "!")
    assert desk.did(ActOnAll)[0].ids == (1, 2, 3, 4, 5, 6, 7)


def a_job(**changes):
    return replace(JobRow(4, "labelled", "", "running", 300, 12_345, 9), **changes)


def test_a_long_act_shows_how_far_it_is_and_can_be_stopped(window, desk, qtbot):
    desk.answers[ListJobs] = [a_job()]
    desk.tell(Changes(areas=frozenset({Area.JOBS})))
    qtbot.waitUntil(lambda: not window.job_bar.isHidden())
    assert "Label: 300 of 12,345 mentions" in window.job_bar.accessibleName()
    press(window, Qt.Key.Key_Period, CTRL)
    assert desk.did(StopJob) == [StopJob(4)]
    desk.answers[ListJobs] = [a_job(state="stopped", n_done=600)]
    desk.tell(Changes(areas=frozenset({Area.JOBS})))
    qtbot.waitUntil(lambda: "600 mentions" in window.toast.text)
    assert window.job_bar.isHidden()


def test_a_long_act_that_is_over_before_anybody_looks_is_told_too(window, desk, qtbot):
    qtbot.waitUntil(lambda: bool(desk.asked(ListJobs)))
    qtbot.waitUntil(lambda: window.job_bar._newest == 0)
    n_lists = len(desk.asked(q.ListMentions))
    desk.answers[ListJobs] = [a_job(state="done", n_done=12_345)]
    desk.tell(Changes(areas=frozenset({Area.JOBS})))
    qtbot.waitUntil(lambda: "12,345" in window.toast.text)
    assert len(desk.asked(q.ListMentions)) > n_lists


# --- what was found missing ---


def test_typing_a_search_opens_nothing_until_one_goes_to_the_list(window, desk, qtbot):
    type_in(window, "/")
    qtbot.keyClicks(window.inbox.pane.field, "order")
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    assert not window.inbox._opening.isActive()
    press(window, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(desk.did(c.OpenMention)), timeout=20_000)


def test_an_act_on_its_way_while_the_engine_restarts_ends_as_it_was_meant(window, desk, qtbot):
    desk.is_holding = True
    type_in(window, "e")
    held, desk._held = desk._held, []
    desk.is_holding = False
    desk.tell(EngineState.READY)  # the list is read before the act is done
    qtbot.waitUntil(lambda: 1 in shown(window))
    for settle in held:
        settle()
    qtbot.waitUntil(lambda: 1 not in shown(window))
