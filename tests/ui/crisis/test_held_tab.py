"""Held replies beside the outbox, on a scripted desk."""

import pytest

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.commands.crisis import DecideHeld
from socialdesk.engine.queries.crisis import ListHeld
from socialdesk.engine.queries.reports import ReadBoard
from socialdesk.ui.board.screen import BoardWindow
from socialdesk.ui.crisis.crown import crown
from socialdesk.ui.outbox.tabs import OutboxTabs
from tests.ui.board.conftest import some_figures
from tests.ui.compose.looks import unnamed
from tests.ui.fake_desk import NOW


@pytest.fixture
def tabs(qtbot, desk, theme):
    made = OutboxTabs(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    return made


def test_held_replies_have_a_tab_with_their_number(tabs, desk, qtbot):
    qtbot.waitUntil(tabs.tabBar().isVisible)
    assert tabs.tabText(1) == "Held by an incident (3)"
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(tabs.held.table.rows) == 3)
    tabs.held.table.setFocus()
    qtbot.keyClick(tabs.held.table, "x")
    assert desk.did(DecideHeld) == [DecideHeld(1, "discard")]
    assert not tabs.held._buttons["Shift+X"].isVisible(), "each hold is of its own incident"
    assert unnamed(tabs.held) == []


def test_in_quiet_times_there_is_no_tab(tabs, desk, qtbot):
    tabs.setCurrentIndex(1)
    desk.answers[ListHeld] = []
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(lambda: not tabs.tabBar().isVisible())
    assert tabs.currentIndex() == 0


def test_the_boards_own_window_has_the_bar_too(desk, window, qtbot):
    desk.answers[ReadBoard] = some_figures()
    board = BoardWindow(desk, window)
    banner = crown(board, desk, lambda: NOW)
    board.show()
    qtbot.waitUntil(banner.isVisible)
    assert board.windowTitle().startswith("INC-2026-0001 · SEV2 · 12 min · ")
    board.close()
