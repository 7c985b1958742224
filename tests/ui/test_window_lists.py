"""Lists: new ones behind a bar, search as one types, empty ones, saved views, long ones."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Badge, Listing, Order, SavedView, SearchFault, View
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.notices import SetViewNotice
from socialdesk.engine.commands.views import OrderViews, SetViewOrder
from socialdesk.engine.desk import Done, EngineState
from socialdesk.ui.inbox.list_pane import FIRST
from socialdesk.ui.inbox.questions import order_choices
from socialdesk.ui.inbox.search_field import is_ready
from socialdesk.ui.window import MainWindow
from tests.ui.driving import CTRL, answer, current, press, shown, type_in
from tests.ui.fake_desk import NOW, FakeDesk, a_row

# --- lists and search ---


def test_new_mentions_wait_behind_a_bar(window, desk, qtbot):
    window.resize(1252, 500)  # the list goes on below what is seen
    desk.rows_by_id[100] = a_row(100)
    desk.tell(Changes(added=(100,)))
    bar = window.inbox.pane._bar
    qtbot.waitUntil(bar.isVisible)
    assert (bar.text(), shown(window)) == ("1 new: show it", [1, 2, 3, 4, 5, 6, 7])
    bar.click()
    qtbot.waitUntil(lambda: 100 in shown(window))
    assert current(window) == 1
    assert not bar.isVisible()


def test_new_mentions_join_below_in_a_list_that_ends_in_sight(window, desk, qtbot):
    window.resize(1252, 900)
    desk.rows_by_id[100] = a_row(100)
    desk.tell(Changes(added=(100,)))
    qtbot.waitUntil(lambda: shown(window) == [1, 2, 3, 4, 5, 6, 7, 100])
    assert current(window) == 1
    assert not window.inbox.pane._bar.isVisible()


def test_the_first_mention_of_an_empty_list_comes_by_itself(qtbot, desk, open_window):
    window = open_window()
    press(window, Qt.Key.Key_A, CTRL)
    desk.rows_by_id.clear()
    type_in(window, "e")
    assert shown(window) == []
    desk.rows_by_id[9] = a_row(9)
    desk.tell(Changes(added=(9,)))
    qtbot.waitUntil(lambda: shown(window) == [9])


def test_search_runs_as_one_types_from_three_letters_on(window, desk, qtbot):
    type_in(window, "/")
    desk.queries.clear()
    type_in(window, "or")
    type_in(window, "der 3")
    qtbot.waitUntil(lambda: shown(window) == [3])
    asked = [query.search for query in desk.asked(q.ListMentions)]
    assert "or" not in asked
    assert all(query.view is View.ALL for query in desk.asked(q.ListMentions))


@pytest.mark.parametrize(
    ("text", "ready"),
    [("", True), ("or", False), ("ord", True), ("支", True), ("from:a", False), ("from:ann", True),
     ("lang:r", False), ("lang:ru", True), ("late -lang:kk", True), ("is:du", False),
     ("refund o", False), ("refund ", True), ("한", True)],
)  # fmt: skip
def test_a_search_starts_at_three_letters_one_of_cjk_or_a_code_of_a_language(text, ready):
    assert is_ready(text) is ready


def with_views(window, desk, qtbot, names="abc"):
    """Saved views under these names, the first of them shown."""
    views = [SavedView(n, name, f"label:{name}") for n, name in enumerate(names, 1)]
    desk.answers[q.ListSavedViews] = views
    desk.tell(Changes(areas=frozenset({Area.VIEWS})))
    qtbot.waitUntil(lambda: window.views.name_of("saved:1") != "")
    window.show_place("saved:1")
    return views


def test_a_saved_view_that_is_gone_leads_to_all_and_says_so(window, desk, qtbot):
    with_views(window, desk, qtbot)
    window.show_place("saved:9")  # from a notice that outlived it
    assert window.place == "all"
    assert window.is_inbox()
    assert "not there any more" in window.toast.text


def test_saved_views_move_by_keys_and_by_dragging(window, desk, qtbot):
    with_views(window, desk, qtbot)
    press(window, Qt.Key.Key_Down, CTRL)
    assert desk.did(OrderViews) == [OrderViews((2, 1, 3))]
    press(window, Qt.Key.Key_Up, CTRL)  # it is the first: nowhere to go
    assert len(desk.did(OrderViews)) == 1
    window.views._list.moved.emit("saved:3", "saved:1")
    assert desk.did(OrderViews)[1] == OrderViews((3, 1, 2))
    window.views._list.moved.emit("needs_reply", "saved:1")
    assert len(desk.did(OrderViews)) == 2


def test_a_saved_view_keeps_the_order_it_was_given(window, desk, qtbot):
    views = with_views(window, desk, qtbot)
    window.inbox.pane.set_order(Order.LONGEST)
    assert desk.did(SetViewOrder) == [SetViewOrder(1, "longest")]
    desk.answers[q.ListSavedViews] = [replace(views[0], order="longest"), *views[1:]]
    desk.tell(Changes(areas=frozenset({Area.VIEWS})))
    window.show_place("needs_reply")
    qtbot.waitUntil(lambda: window.saved_views.all()[0].order == "longest")
    window.show_place("saved:1")
    assert window.inbox.pane.order is Order.LONGEST


def test_a_key_asks_for_the_order_of_the_list(window, qtbot):
    pane = window.inbox.pane
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    answer(qtbot, window, "newest")
    assert pane.order is Order.NEWEST


def test_the_orders_of_a_view_are_offered_and_the_one_in_use_is_marked():
    offered = [choice.text for choice in order_choices("", View.DONE, Order.NEWEST)]
    assert offered == ["✓ Newest first", "Longest waiting"]


def test_a_view_is_saved_under_the_words_of_its_search_unless_another_name_is_typed(
    window, desk, qtbot
):
    window.saved_views.ask_name("lang:en")
    answer(qtbot, window, "")
    assert desk.did(c.SaveView) == [c.SaveView("lang:en", "lang:en")]


def test_a_saved_view_is_renamed_and_told_of(window, desk, qtbot):
    with_views(window, desk, qtbot)
    window.actions_by_id.run("rename_view")
    answer(qtbot, window, "Late ones")
    assert desk.did(c.SaveView) == [c.SaveView("Late ones", "label:a", 1)]
    window.actions_by_id.run("notice_view")
    answer(qtbot, window, "again")
    assert desk.did(SetViewNotice) == [SetViewNotice(1, "repeat")]


def test_a_wrong_operator_is_explained_in_place(window, desk, qtbot):
    from array import array

    fault = SearchFault(0, 8, "unknown_operator", "colour:")
    desk.answers[q.ListMentions] = Listing(array("q"), 0, faults=(fault,))
    type_in(window, "/")
    type_in(window, "colour:red")
    press(window, Qt.Key.Key_Return)
    label = window.inbox.pane._fault
    qtbot.waitUntil(label.isVisible)
    assert "There is no" in label.text()
    assert "status:" in label.text()


def test_an_empty_list_says_why_and_what_to_do(window, desk, qtbot):
    desk.rows_by_id.clear()
    window.show_place(View.SNOOZED.value)
    qtbot.waitUntil(lambda: shown(window) == [])
    texts = [x.text() for x in window.findChildren(QLabel) if x.isVisible()]
    assert "Nothing is snoozed" in texts
    assert any("Press h" in t for t in texts)


def test_a_search_is_saved_as_a_view_and_shown(window, desk, qtbot):
    saved = desk.answers[q.ListSavedViews] = []

    def save(command):
        saved.append(SavedView(4, command.name, command.search))
        return Done()

    desk.outcomes[c.SaveView] = save
    desk.answers[q.CountViews] = [Badge("needs_reply", 7), Badge("saved:4", 1)]
    type_in(window, "/")
    type_in(window, "order 3")
    qtbot.waitUntil(lambda: shown(window) == [3])
    window.inbox.pane._save.click()
    answer(qtbot, window, "Late")
    qtbot.waitUntil(lambda: "saved:4" in window.views.keys())
    window.show_place(View.NEEDS_REPLY.value)
    window.show_place("saved:4")
    qtbot.waitUntil(lambda: shown(window) == [3])
    window.actions_by_id.run("delete_view")
    assert desk.did(c.DeleteView) == [c.DeleteView(4)]


def test_before_the_engine_is_there_a_failed_read_is_no_alarm(qtbot):
    desk = FakeDesk([a_row(1)])
    desk.answers[q.ListMentions] = StoreError(StoreFault.OTHER)
    window = MainWindow(desk, now=lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.inbox.pane._why.text() == "One moment")
    del desk.answers[q.ListMentions]
    desk.tell(EngineState.READY)
    qtbot.waitUntil(lambda: shown(window) == [1])
    desk.answers[q.ListMentions] = StoreError(StoreFault.DAMAGED)
    desk.rows_by_id.clear()
    press(window, Qt.Key.Key_A, CTRL)
    type_in(window, "e")
    window.show_place(View.DONE.value)
    qtbot.waitUntil(lambda: "damaged" in window.inbox.pane._why.text())


def test_what_is_filed_as_done_at_once_is_not_told_as_new(window, desk, qtbot):
    window.resize(1252, 500)
    desk.rows_by_id[100] = a_row(100, status=Status.DONE)
    desk.rows_by_id[101] = a_row(101)
    desk.tell(Changes(added=(100, 101)))
    bar = window.inbox.pane._bar
    qtbot.waitUntil(bar.isVisible)
    assert bar.text() == "1 new: show it"


def test_a_workspace_without_an_account_offers_to_add_one(qtbot, desk):
    desk.rows_by_id.clear()
    desk.answers[q.IsAnythingWatched] = False
    window = MainWindow(desk, now=lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    pane = window.inbox.pane
    qtbot.waitUntil(pane._add.isVisible)
    assert "Nothing is watched yet" in pane._why.text()
    pane._add.click()
    assert not window.is_inbox()


# --- a long list comes in two steps


@pytest.fixture
def limits(desk):
    """How many mentions were asked for, one after the other."""
    desk.rows_by_id = {n: a_row(n) for n in range(1, 501)}

    def listed(query):
        return Listing(array("q", range(1, min(query.limit, 500) + 1)), 500)

    desk.answers[q.ListMentions] = listed
    return lambda: [query.limit for query in desk.asked(q.ListMentions)]


def test_the_rest_is_asked_for_after_the_first_page_was_painted(window, limits, qtbot):
    before, pane = len(limits()), window.inbox.pane
    asked_at = []
    pane.listed.connect(lambda: asked_at.append(limits()[before:]))
    window.show_place("done")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 500)
    assert asked_at[0] == [FIRST]
    assert asked_at[-1] == [FIRST, 1_000_000]


def test_the_rest_of_a_list_that_is_left_is_not_asked_for(window, limits, qtbot):
    before, pane = len(limits()), window.inbox.pane

    def leave():
        pane.listed.disconnect(leave)
        window.show_place("spam")

    pane.listed.connect(leave)
    window.show_place("done")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 500)
    assert limits()[before:] == [FIRST, FIRST, 1_000_000]


def test_who_types_on_does_not_wait_for_the_rest_of_what_was_typed_before(window, limits, qtbot):
    pane = window.inbox.pane
    type_in(window, "/")
    before = len(limits())

    def type_on():
        pane.listed.disconnect(type_on)
        type_in(window, "s")

    pane.listed.connect(type_on)
    type_in(window, "order")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 500)
    assert limits()[before:] == [FIRST, FIRST, 1_000_000]


def test_beside_an_emptied_list_nobody_is_asked_to_choose(window, qtbot, desk):
    for _ in range(window.inbox.pane.model.rowCount()):
        type_in(window, "e")
    assert window.inbox.pane.model.rowCount() == 0
    assert window.inbox.thread_pane._nothing.text() == ""
    n = len(desk.commands)
    type_in(window, "er!1u")
    assert len(desk.commands) == n
    assert not window.inbox.has_current() and window.inbox.pane.list.hasFocus()
