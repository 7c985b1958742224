"""A damaged or newer file: plain choices, and a sentence when one of them fails."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.desk import EngineState
from socialdesk.ui.start.recovery import Backup, Recovery, RecoveryScreen
from socialdesk.ui.window import MainWindow
from tests.ui.driving import press, type_in
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk


def fail():
    raise StoreError(StoreFault.FULL)


@pytest.fixture
def done():
    return []


@pytest.fixture
def recovery(done):
    backups = [Backup("/b/new.db", NOW - MINUTE, 1200), Backup("/b/old.db", NOW - 9000 * MINUTE)]
    return Recovery(
        backups=lambda: backups,
        restore=lambda path: done.append(path),
        salvage=lambda: done.append("salvage"),
        start_new=fail,
    )


@pytest.fixture
def holder(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def screen(holder, recovery):
    made = RecoveryScreen(EngineState.DAMAGED, recovery, NOW, holder)
    made.show()
    return made


def texts(screen):
    return " ".join(x.text() for x in screen.findChildren(QLabel) if x.isVisible())


def click(screen, text):
    next(b for b in screen.findChildren(QPushButton) if b.text() == text).click()


def test_it_says_that_nothing_was_touched(screen):
    assert "byte for byte" in texts(screen)


def test_the_newest_backup_is_offered_first_and_restored(screen, done, qtbot):
    backups = screen.findChild(QListWidget)
    assert "1,200 mentions" in backups.item(0).text()
    with qtbot.waitSignal(screen.settled):
        click(screen, "Restore this backup")
    assert done == ["/b/new.db"]


def test_an_older_backup_can_be_chosen(screen, done):
    screen.findChild(QListWidget).setCurrentRow(1)
    click(screen, "Restore this backup")
    assert done == ["/b/old.db"]


def test_a_choice_that_fails_is_told_and_the_others_stay(screen, done):
    click(screen, "Start a new file")
    assert "disk is full" in texts(screen)
    click(screen, "Read what can be read")
    assert done == ["salvage"]


def test_what_is_not_offered_has_no_button(holder, recovery):
    screen = RecoveryScreen(EngineState.DAMAGED, replace(recovery, salvage=None), NOW, holder)
    shown = [b.text() for b in screen.findChildren(QPushButton)]
    assert shown == ["Restore this backup", "Start a new file"]


def test_without_backups_it_says_so(holder):
    empty = Recovery(backups=tuple, restore=lambda _: None)
    screen = RecoveryScreen(EngineState.NEWER, empty, NOW, holder)
    screen.show()
    assert "newer SocialDesk" in texts(screen)
    assert "no backup" in texts(screen)
    visible = [b.text() for b in screen.findChildren(QPushButton) if b.isVisible()]
    assert visible == []


@pytest.fixture
def desk():
    return FakeDesk()


@pytest.fixture
def window(qtbot, desk, recovery):
    """The window of a damaged file."""
    made = MainWindow(desk, now=lambda: NOW, recovery=lambda: recovery)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    desk.tell(EngineState.DAMAGED)
    qtbot.waitUntil(lambda: made.findChild(RecoveryScreen) is not None)
    return made


def choices(window):
    found = window.findChild(RecoveryScreen)
    return found if found is not None and found.isVisible() else None


def test_the_window_leads_to_the_choices_and_begins_anew(window, qtbot):
    assert not window.is_inbox()
    with qtbot.waitSignal(window.engine_wanted):
        click(choices(window), "Restore this backup")
    assert window.is_inbox()


@pytest.mark.parametrize("place", ["needs_reply", "all", "outbox", "templates", "accounts"])
def test_no_place_leads_away_from_the_choices(window, place):
    window.views.chosen.emit(place)
    assert choices(window)


@pytest.mark.parametrize("keys", ["gt", "gq", "ga", "gs", "/"])
def test_no_key_leads_away_from_the_choices(window, keys):
    type_in(window, keys)
    assert choices(window)


def test_esc_stays_with_the_choices(window):
    press(window, Qt.Key.Key_Escape)
    assert choices(window)


def test_a_file_that_is_whole_again_ends_the_choices(window, desk, qtbot):
    desk.tell(EngineState.READY)
    qtbot.waitUntil(window.is_inbox)
    window.show_place("templates")
    assert choices(window) is None
