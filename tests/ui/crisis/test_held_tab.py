"""Held replies beside the outbox, and what other windows and the tray show of an incident."""

import pytest
from PySide6.QtCore import QEvent, Qt

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands.crisis import DecideHeld
from socialdesk.engine.queries import ListOutbox
from socialdesk.engine.queries import crisis as cq
from socialdesk.engine.queries.crisis import ListHeld, ReadIncident
from socialdesk.engine.queries.reports import ReadBoard
from socialdesk.i18n import set_language
from socialdesk.ui.board.screen import BoardWindow
from socialdesk.ui.crisis.banner import Banner
from socialdesk.ui.crisis.crown import crown
from socialdesk.ui.crisis.mentions_pane import KEYS
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.desktop.tray import Tray, TrayActs, TrayState
from socialdesk.ui.manual.window import ManualWindow
from socialdesk.ui.outbox.tabs import OutboxTabs
from tests.ui.board.conftest import some_figures
from tests.ui.compose.looks import unnamed
from tests.ui.crisis.room import a_text, button_of, open_room
from tests.ui.driving import NO_PARENT, press
from tests.ui.fake_desk import NOW

ROOM_KEYS = {
    "steps": "dnsb", "mentions": [k for k in KEYS] + ["x"], "held": "yex", "audiences": "tmcnae",
    "log": "n", "review": "aed",
}  # fmt: skip


@pytest.fixture
def tabs(qtbot, desk, theme):
    made = OutboxTabs(desk, lambda: NOW, NO_PARENT)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    return open_room(qtbot, desk)


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


def test_a_held_reply_of_the_outbox_leads_to_its_decision(qtbot, desk, theme):
    desk.answers[ListOutbox] = [
        OutboxRow(2, 2, OutboxState.HELD, "@dalacoffee", "Ann 2", "Words", NOW,
                  hold=HoldReason.CRISIS)
    ]  # fmt: skip
    tabs = OutboxTabs(desk, lambda: NOW, NO_PARENT)
    qtbot.addWidget(tabs)
    tabs.show()
    qtbot.waitUntil(lambda: tabs.isTabVisible(1) and tabs.tabText(1).endswith("(3)"))
    qtbot.waitUntil(lambda: button_of(tabs.outbox, "Decide about it…") is not None)
    assert button_of(tabs.outbox, "Send now") is None
    tabs.outbox._table.setFocus()
    press(tabs, Qt.Key.Key_Return)
    assert button_of(tabs.outbox, "Decide about it…").hasFocus()
    press(tabs, Qt.Key.Key_Space)
    assert tabs.currentIndex() == 1 and tabs.held.table.hasFocus()
    assert tabs.held.table.current().outbox_id == 2
    press(tabs, Qt.Key.Key_X)
    assert desk.did(DecideHeld) == [DecideHeld(2, "discard")]


def test_until_it_is_known_that_something_is_held_there_is_no_tab(qtbot, desk, theme):
    desk.is_holding = True
    made = OutboxTabs(desk, lambda: NOW, NO_PARENT)
    qtbot.addWidget(made)
    made.show()
    assert not made.tabBar().isVisible()
    desk.release()
    qtbot.waitUntil(made.tabBar().isVisible)


def test_in_quiet_times_there_is_no_tab(tabs, desk, qtbot):
    qtbot.waitUntil(tabs.tabBar().isVisible)
    tabs.setCurrentIndex(1)
    desk.answers[ListHeld] = []
    desk.tell(Changes(areas=frozenset({Area.OUTBOX})))
    qtbot.waitUntil(lambda: not tabs.tabBar().isVisible())
    assert tabs.currentIndex() == 0


def test_a_look_at_a_held_reply_keeps_it(desk, window, qtbot):
    desk.answers[ListOutbox] = [
        OutboxRow(1, 1, OutboxState.HELD, "@dalacoffee", "Ann 1", "Words", NOW, hash="ab" * 32,
                  person="Aliya")
    ]  # fmt: skip
    desk.outcomes[DecideHeld] = CrisisRefusedError("R15", id="INC-2026-0001", time="09:31")
    window.signs().show_incident(1)
    room = window.screens.currentWidget()
    room.show_tab("held")
    qtbot.waitUntil(lambda: room.pane is not None and len(room.pane.table.rows) == 3)
    press(window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: button_of(room.pane, "Second look…") is not None)
    assert "Held by" in room.pane.talk.notice.text
    button_of(room.pane, "Second look…").click()
    qtbot.waitUntil(lambda: room.findChildren(LookDialog) != [])
    (dialog,) = room.findChildren(LookDialog)
    desk.outcomes.pop(DecideHeld)
    dialog.given.emit({})
    assert desk.did(DecideHeld) == [DecideHeld(1, "keep"), DecideHeld(1, "keep")]
    dialog.close()


def test_a_look_is_asked_in_the_outbox_too(tabs, desk, qtbot):
    held = OutboxRow(1, 1, OutboxState.HELD, "@dalacoffee", "Ann 1", "Words", NOW, hash="ab" * 32,
                     person="Aliya")  # fmt: skip
    desk.answers[ListOutbox] = [held]
    desk.outcomes[DecideHeld] = CrisisRefusedError("R15", id="INC-2026-0001", time="09:31")
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(tabs.held.table.rows) == 3)
    tabs.held.table.setFocus()
    press(tabs, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: button_of(tabs.held, "Second look…") is not None)
    assert button_of(tabs.held, "Second look…").hasFocus(), "answered by a key, as it was asked"
    press(tabs, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tabs.findChildren(LookDialog) != [])
    assert ReadIncident(1) in desk.asked(ReadIncident)
    (dialog,) = tabs.findChildren(LookDialog)
    dialog.close()


def test_a_correction_begins_with_the_sentence_and_language_that_were_wrong(screen, desk, qtbot):
    desk.answers[cq.ListStatements] = [a_text("first", "ru", "Карты не работают.")]
    screen.begin_correction(3, "Карты не работают.", "ru")
    qtbot.waitUntil(lambda: screen.pane is not None and screen.pane._draft is not None)
    draft = screen.pane._draft
    assert (draft.kind, draft.supersedes_id, screen.pane._lang) == ("correction", 3, "ru")
    assert screen.pane._pane._form._fields["wrong"].text() == "Карты не работают"


def test_every_key_of_the_room_reaches_it_in_the_window(desk, window, qtbot):
    """The window has keys of its own, some of two presses: none of them takes one away."""
    window.signs().show_incident(1)
    room = window.screens.currentWidget()
    for tab, keys in ROOM_KEYS.items():
        room.show_tab(tab)
        qtbot.waitUntil(lambda: room.pane is not None)
        table = room.pane.tasks if tab == "review" else room.pane.table
        qtbot.waitUntil(lambda table=table: table.rows != [])
        table.setFocus()
        got: list[str] = []
        table.pressed_key.disconnect()
        table.pressed_key.connect(got.append)
        for key in keys:
            press(window, getattr(Qt.Key, f"Key_{key.upper()}"))
        assert got == list(keys), tab


def test_f6_goes_through_the_parts_of_the_room(window, qtbot):
    window.signs().show_incident(1)
    room = window.screens.currentWidget()
    room.show_tab("steps")
    qtbot.waitUntil(lambda: room.pane is not None and room.pane.isAncestorOf(window.focusWidget()))
    qtbot.waitUntil(window.signs().banner.isVisible)
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        parts = {"bar": window.signs().banner, "views": window.views, "rail": room.rail,
                 "tab": room.pane}  # fmt: skip
        seen += [name for name, part in parts.items() if part.isAncestorOf(focus)]
    assert seen == ["bar", "views", "rail", "tab"]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # Qt offscreen has no tray, and says so
def test_the_tray_says_what_is_open(desk, qtbot, qapp):
    acts = TrayActs(*(lambda: None,) * 4)
    tray = Tray(acts, qapp)
    quiet = tray.icon.icon().pixmap(64).toImage()
    tray.show_state(TrayState(n=2, crisis="INC-2026-0001 · SEV2 · 12 min"))
    assert tray.icon.toolTip().startswith("INC-2026-0001 · SEV2 · 12 min\n")
    assert tray.icon.icon().pixmap(64).toImage() != quiet
    tray.hide()
    tray.deleteLater()


def test_the_boards_own_window_has_the_bar_too(desk, window, qtbot):
    desk.answers[ReadBoard] = some_figures()
    board = BoardWindow(desk, window)
    banner = crown(board, desk, lambda: NOW)
    board.show()
    qtbot.waitUntil(banner.isVisible)
    assert board.windowTitle().startswith("INC-2026-0001 · SEV2 · 12 min · ")
    board.close()


def test_the_manuals_own_window_has_the_bar_too_in_every_language(desk, window, qtbot, qapp):
    qtbot.waitUntil(window.signs().banner.isVisible)
    window.actions_by_id.run("manual")
    manual = window.findChild(ManualWindow)
    for language, heading in (("en", "Manual"), ("ru", "Руководство")):
        set_language(language)
        qapp.sendEvent(manual, QEvent(QEvent.Type.LanguageChange))
        qtbot.waitUntil(lambda title=heading: manual.windowTitle().endswith(f" · {title}"))
        assert manual.windowTitle().startswith("INC-2026-0001 · SEV2 · ")
        (banner,) = (one for one in manual.findChildren(Banner) if one.isVisible())
        assert banner.y() == 0 and banner.width() == manual.width()
    set_language("en")
    manual.close()
