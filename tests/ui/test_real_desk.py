"""The window on the real engine and store, with the practice network behind them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import View
from socialdesk.ui.palette import Picker
from tests.engine.conftest import bench, start_bench  # noqa: F401
from tests.ui.driving import open_real_window, type_in

WAIT = 10_000  # ms; the commits are real


@pytest.fixture
def window(qtbot, bench):  # noqa: F811
    made = open_real_window(qtbot, bench.desk, bench.clock)
    yield made
    made.close()


def n_in(bench, view):  # noqa: F811
    return len(bench.rows(view))


def test_done_and_undo_reach_the_store_and_come_back(window, bench, qtbot):  # noqa: F811
    row, n = window.inbox.row, window.inbox.pane.model.rowCount()
    type_in(window, "e")
    assert window.inbox.pane.model.rowCount() == n - 1
    qtbot.waitUntil(lambda: row.id in {r.id for r in bench.rows(View.DONE)}, timeout=WAIT)
    type_in(window, "z")
    qtbot.waitUntil(lambda: window.inbox.pane.model.number_of(row.id) >= 0, timeout=WAIT)
    assert window.toast.text.startswith("New again: ")
    assert (row.author or row.handle) in window.toast.text


def test_a_mention_that_is_looked_at_becomes_open(window, bench, qtbot):  # noqa: F811
    row = window.inbox.row
    qtbot.waitUntil(lambda: bench.desk.rows([row.id])[0].status is Status.OPEN, timeout=WAIT)
    assert window.inbox.pane.model.id_at(0) == row.id


def test_snooze_and_label_are_kept(window, bench, qtbot):  # noqa: F811
    row = window.inbox.row
    type_in(window, "l")
    picker = next(p for p in window.findChildren(Picker) if p.isVisible())
    qtbot.keyClicks(picker.findChild(QLineEdit), "rye")
    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.desk.rows([row.id])[0].labels == ("rye",), timeout=WAIT)
    type_in(window, "h")
    picker = next(p for p in window.findChildren(Picker) if p.isVisible())
    qtbot.keyClicks(picker.findChild(QLineEdit), "3h")
    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.desk.rows([row.id])[0].status is Status.SNOOZED, timeout=WAIT)
    kept = bench.desk.rows([row.id])[0]
    assert kept.snoozed_until == bench.clock.now_ms() + 3 * 3_600_000


def test_the_thread_of_the_chosen_one_is_read(window, qtbot):
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None, timeout=WAIT)
    assert window.inbox.thread_pane.detail.row.id == window.inbox.row.id


def test_search_finds_words_and_explains_what_it_cannot(window, bench, qtbot):  # noqa: F811
    row = window.inbox.row
    word = max((w for w in row.body.split() if w.isalpha()), key=len)
    type_in(window, "/")
    window.inbox.pane.field.setText(word)
    qtbot.waitUntil(lambda: window.inbox.pane.model.number_of(row.id) >= 0, timeout=WAIT)
    window.inbox.pane.field.setText("colour:red")
    qtbot.waitUntil(window.inbox.pane._fault.isVisible, timeout=WAIT)


def test_counts_and_new_ones_arrive_by_themselves(window, bench, qtbot):  # noqa: F811
    n = window.inbox.pane.model.rowCount()
    bench.turn(240)
    qtbot.waitUntil(window.inbox.pane._bar.isVisible, timeout=WAIT)
    assert window.inbox.pane.model.rowCount() == n
    type_in(window, "gn")
    qtbot.waitUntil(lambda: window.inbox.pane.model.rowCount() > n, timeout=WAIT)
    line = next(x for x in window.views._places() if x.key == "needs_reply")
    total = n_in(bench, View.NEEDS_REPLY)
    qtbot.waitUntil(lambda: window.views._counts.get(line.key) == total, timeout=WAIT)


def test_every_line_of_the_views_opens_a_screen(window):
    for place in [*(v.value for v in View), "templates", "accounts"]:
        window.show_place(place)
        assert window.screens.currentWidget().isVisible()
