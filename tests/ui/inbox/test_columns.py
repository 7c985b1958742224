"""Views side by side, and one mention at a time: the acts of the inbox, and the way back."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import SavedView
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.ui.language import Speech
from tests.ui.driving import answer, current, press, shown, type_in

VIEWS = [SavedView(1, "Late", "order"), SavedView(2, "First", "order 1")]


@pytest.fixture
def columns(window, desk, qtbot):
    desk.answers[q.ListSavedViews] = VIEWS
    type_in(window, "gv")
    qtbot.waitUntil(lambda: len(cards(window)) == 3 and all(cards(window)))
    return window.going.columns


def cards(window):
    """The mentions of each column."""
    return [list(col.pane.model.all_ids()) for col in window.going.columns._columns]


def test_saved_views_stand_side_by_side_each_with_its_own_card(window, columns):
    assert [col.place for col in columns._columns] == ["saved:1", "saved:2", "needs_reply"]
    assert cards(window) == [[1, 2, 3, 4, 5, 6, 7], [1], [1, 2, 3, 4, 5, 6, 7]]
    type_in(window, "jj")
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    type_in(window, "j")
    assert [col.pane.list.current() for col in columns._columns] == [2, 0, 1]
    assert columns._columns[2].pane.list.hasFocus()
    press(window, Qt.Key.Key_Right)
    assert columns._columns[2].pane.list.hasFocus()


def test_acts_are_about_the_card_of_the_column_that_has_the_keys(window, desk, columns):
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    type_in(window, "je")
    assert desk.did(c.SetStatus)[0].ids == (2,)
    assert [len(ids) for ids in cards(window)] == [7, 1, 6]
    assert "Done" in window.toast.text
    press(window, Qt.Key.Key_Left)
    type_in(window, "3")
    assert desk.did(c.SetPriority)[0].ids == (1,)


def test_a_column_is_added_changed_and_removed_and_kept(window, desk, columns, qtbot):
    type_in(window, "+")
    answer(qtbot, window, "Snoozed")
    assert desk.did(c.SetSetting)[-1].value == "saved:1,saved:2,needs_reply,snoozed"
    widths = columns._split.sizes()
    assert len(widths) == 4 and max(widths) - min(widths) <= 1
    type_in(window, "=")
    answer(qtbot, window, "Done")
    assert desk.did(c.SetSetting)[-1].value == "saved:1,saved:2,needs_reply,done"
    for _ in range(4):
        type_in(window, "-")
    assert desk.did(c.SetSetting)[-1].value == "saved:1,saved:2"
    assert "Two columns are the fewest" in window.toast.text


def test_the_columns_that_were_kept_come_back(window, desk, qtbot):
    desk.answers[q.ListSavedViews] = VIEWS
    desk.answers[q.ReadSettings] = {"columns": "done,saved:2,nonsense"}
    type_in(window, "gv")
    qtbot.waitUntil(lambda: len(window.going.columns._columns) == 2)
    assert [col.place for col in window.going.columns._columns] == ["done", "saved:2"]


def test_the_columns_speak_another_language_without_reading_their_settings(columns, qtbot, qapp):
    """The settings may have been read before the language they name was spoken."""
    speech, last = Speech(qapp), columns._columns[2].pane.list
    try:
        speech.speak("ru")
        qtbot.waitUntil(lambda: last.accessibleName().startswith("Нужен ответ"))
    finally:
        speech.speak("en")
        speech.deleteLater()
    qtbot.waitUntil(lambda: last.accessibleName().startswith("Needs reply"))


def test_a_change_reaches_every_column(window, desk, columns, qtbot):
    from dataclasses import replace

    desk.rows_by_id[1] = replace(desk.rows_by_id[1], status=Status.WAITING)
    desk.tell(Changes(updated=(1,), areas=frozenset({Area.QUEUE})))
    for col in columns._columns:
        qtbot.waitUntil(lambda col=col: col.pane.model.row(0).status is Status.WAITING)


def test_enter_shows_one_mention_alone_and_esc_goes_back_to_the_columns(
    window, desk, columns, qtbot
):
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    type_in(window, "jj")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: current(window) == 3)
    assert window.is_inbox()
    assert window.inbox.pane.isHidden()
    press(window, Qt.Key.Key_Escape)
    assert window.going.columns is not None
    assert columns._columns[2].pane.list.hasFocus()
    assert not window.inbox.pane.isHidden()


# --- one at a time ---


def progress(window):
    return window.going.focus_view._progress.text()


def test_f_shows_one_mention_alone_with_how_far_one_is(window, desk, qtbot):
    type_in(window, "jf")
    for part in (window.views, window.inbox.pane, window.inbox.context):
        assert part.isHidden()
    assert progress(window) == "2 of 7"
    type_in(window, "jj")
    assert progress(window) == "4 of 7"
    type_in(window, "e")
    assert (progress(window), len(shown(window))) == ("5 of 7", 6)
    assert desk.did(c.SetStatus)[0].ids == (4,)
    type_in(window, "k")
    assert progress(window) == "4 of 7"


def test_esc_leaves_the_text_first_and_then_the_one_mention(window, desk, qtbot):
    type_in(window, "f")
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    type_in(window, "r")
    press(window, Qt.Key.Key_Escape)
    assert window.going.focus_view.is_on
    press(window, Qt.Key.Key_Escape)
    assert not window.going.focus_view.is_on
    assert not window.views.isHidden()
    assert window.inbox.pane.list.hasFocus()
    assert window.inbox.context.isHidden()  # as it was


def test_when_nothing_is_left_it_says_so(window, desk, qtbot):
    type_in(window, "f" + "e" * 7)
    assert shown(window) == []
    assert "Nothing is left" in progress(window)


def test_another_screen_ends_it(window):
    type_in(window, "fgt")
    assert not window.going.focus_view.is_on
    assert not window.views.isHidden()
