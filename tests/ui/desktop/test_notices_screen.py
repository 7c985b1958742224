"""The list of notices: read, walked and seen by keys."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import socialdesk.engine
from socialdesk.domain.notices import Notice, NoticeLine, Popup
from socialdesk.engine.commands.notices import SeeNotices
from socialdesk.engine.queries.notices import ListNotices
from socialdesk.ui.desktop.notices_screen import _ICONS, NoticesScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row


def a_line(code, *ids, seen=False, urgent=False, facts=None, **more):
    notices = tuple(
        Notice(
            id, NOW - ids[0] * MINUTE, code, 100 + id, urgent, 0, NOW if seen else 0, facts or {}
        )
        for id in ids
    )
    return NoticeLine(Popup(notices[0].kind, code, notices), **more)


LINES = [
    a_line("danger", 1, urgent=True, who=("Ann",), words="<b>Glass</b> in the bread, call me now"),
    a_line("overdue", 2, 3, 4, 5, 6, who=("Ben", "Cem", "Dana")),
    a_line("new_in_view", 7, facts={"view": 7}, subject="Money", who=("Eva",), words="A refund"),
    a_line("sign_in", 8, seen=True, subject="@shop@pond.example"),
]


@pytest.fixture
def desk():
    made = FakeDesk([a_row(1)])
    made.answers[ListNotices] = LINES
    return made


@pytest.fixture
def went(screen):
    """Where the screen asked to go."""
    asked: list[object] = []
    screen.mention_asked.connect(asked.append)
    screen.place_asked.connect(asked.append)
    return asked


@pytest.fixture
def screen(qtbot, desk, theme):
    made = NoticesScreen(desk, lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.show()
    qtbot.waitUntil(lambda: made.list.count() == 4)
    return made


def press(qtbot, screen, *keys):
    for key in keys:
        qtbot.keyClick(screen.list, key)


def test_what_was_told_stands_there_newest_first(screen, theme):
    shoot(theme, screen, "notices")
    heard = [screen.list.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert heard[0].startswith("Words of danger, not seen")
    assert "5 mentions are overdue" in heard[1] and "Ben, Cem, Dana and 2 more" in heard[1]
    assert "New in Money" in heard[2]
    assert heard[3].startswith("@shop@pond.example asks you to sign in again, seen")
    assert screen._count.text() == "3 not seen"


def test_enter_goes_there_and_has_seen_it(qtbot, desk, screen, went):
    press(qtbot, screen, Qt.Key.Key_Return)
    press(qtbot, screen, Qt.Key.Key_J, Qt.Key.Key_Return)
    assert went == [101, "overdue"]
    assert desk.did(SeeNotices) == [SeeNotices((1,)), SeeNotices((2, 3, 4, 5, 6))]


def test_space_has_seen_it_and_stays(qtbot, desk, screen, went):
    press(qtbot, screen, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_Space)
    press(qtbot, screen, Qt.Key.Key_J, Qt.Key.Key_Space)  # seen before: nothing to do
    assert desk.did(SeeNotices) == [SeeNotices((7,))]
    assert went == []
    press(qtbot, screen, Qt.Key.Key_K, Qt.Key.Key_K)
    assert screen.list.currentRow() == 1


def test_all_are_seen_at_once(desk, screen):
    screen._seen.click()
    assert desk.did(SeeNotices) == [SeeNotices(everything=True)]


def test_an_empty_list_says_what_comes_here(qtbot, desk, screen):
    desk.answers[ListNotices] = []
    screen.refresh()
    qtbot.waitUntil(lambda: screen._empty.isVisible())
    assert not screen.list.isVisible() and not screen._seen.isEnabled()


def test_every_control_has_a_name_and_no_text_is_markup(screen):
    assert unnamed(screen) == []
    assert wrong_format(screen) == []


def test_the_window_goes_to_the_notices_and_from_there_to_a_view(qtbot, desk, open_window):
    window = open_window()
    qtbot.keyClick(window.inbox.pane.list, Qt.Key.Key_G)
    qtbot.keyClick(window.inbox.pane.list, Qt.Key.Key_I)
    screen = window.screens.currentWidget()
    assert isinstance(screen, NoticesScreen)
    qtbot.waitUntil(lambda: screen.list.count() == 4)
    press(qtbot, screen, Qt.Key.Key_J, Qt.Key.Key_Return)
    assert window.is_inbox() and window.inbox.pane.view.value == "overdue"


def test_every_alert_and_update_has_a_sign_of_its_own():
    words = Path(socialdesk.engine.__path__[0], "words", "notices.py").read_text("utf-8")
    told = set(re.findall(r'"((?:alert|incident)_?[a-z_]*)"', words)) - {"alerts", "incident"}
    assert {"alert", "alert_reach", "incident_promise_late"} <= told <= _ICONS.keys()
