"""Check this computer: what was found, what to do, and the way there."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication

from socialdesk.domain.errors import EngineLostError
from socialdesk.engine.commands.owning import CheckComputer
from socialdesk.i18n import set_language
from socialdesk.ui.check_up.dialog import CheckUpDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk

FOUND = [
    ["version", True, "SocialDesk 1.0, SQLite 3.46.0", ""],
    ["file", True, "The workspace file is whole.", ""],
    ["account", False, "mastodon <b>shop</b>: The sign-in has ended.", "Sign in again"],
    ["space", False, "Only 3 MB of disk are left.", "Free some space"],
    ["account", True, "bluesky @shop: on", ""],
]
PLAIN = ["disk", False, "The disk is not encrypted (ext4).", "Encrypt the disk with your system"]


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.outcomes[CheckComputer] = {"checks": FOUND}
    return made


@pytest.fixture
def places() -> list[str]:
    return []


@pytest.fixture
def dialog(qtbot, desk, places, theme) -> CheckUpDialog:
    made = CheckUpDialog(desk, places.append, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.again.isEnabled)
    return made


def lines(dialog: CheckUpDialog) -> list[str]:
    return [dialog.list.item(number).text() for number in range(dialog.list.count())]


def test_what_needs_a_look_stands_first_with_what_to_do(dialog, theme) -> None:
    shoot(theme, dialog, "check-up")
    assert dialog.state.text() == "2 things to look at"
    assert lines(dialog)[:2] == [
        "Look at it: mastodon <b>shop</b>: The sign-in has ended.\nSign in again",
        "Look at it: Only 3 MB of disk are left.\nFree some space",
    ]
    assert lines(dialog)[2] == "Good: SocialDesk 1.0, SQLite 3.46.0"
    assert unnamed(dialog) == [] and wrong_format(dialog) == []


def test_all_well_is_said(qtbot, desk, dialog) -> None:
    desk.outcomes[CheckComputer] = {"checks": FOUND[:2]}
    dialog.again.click()
    assert dialog.state.text() == "Checking…" and not dialog.again.isEnabled()
    qtbot.waitUntil(lambda: dialog.state.text() == "All is well.")


def test_a_disk_that_is_not_encrypted_is_something_to_do(qtbot, desk, dialog) -> None:
    desk.outcomes[CheckComputer] = {"checks": [*FOUND[:2], PLAIN]}
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.state.text() == "1 thing to look at")
    assert lines(dialog)[0] == (
        "Look at it: The disk is not encrypted (ext4).\nEncrypt the disk with your system"
    )


def test_enter_leads_to_where_it_is_put_right(qtbot, dialog, places) -> None:
    assert dialog.list.hasFocus() and dialog.way.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)  # a full disk has no place in the window
    assert not dialog.way.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert places == [] and dialog.isVisible()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert places == ["accounts"] and not dialog.isVisible()


def test_it_can_be_copied_whole(dialog) -> None:
    dialog.copy_all.click()
    assert QGuiApplication.clipboard().text() == "\n".join(lines(dialog))


def test_nothing_is_shown_before_the_engine_answered(qtbot, desk, theme) -> None:
    desk.is_holding = True
    made = CheckUpDialog(desk, None, None)
    qtbot.addWidget(made)
    made.show()
    assert made.state.text() == "Checking…" and lines(made) == []
    assert not made.way.isVisible()  # over another dialog there is no way to a screen
    desk.release()
    qtbot.waitUntil(lambda: made.list.count() == len(FOUND))


def test_an_engine_that_is_gone_is_told_and_can_be_asked_again(qtbot, desk, dialog) -> None:
    desk.outcomes[CheckComputer] = EngineLostError("gone")
    dialog.again.click()
    qtbot.waitUntil(lambda: bool(dialog.notice.text))
    assert dialog.state.text() == "The check could not be made"
    assert dialog.again.isEnabled() and dialog.again.hasFocus()


def test_it_speaks_another_language_at_once_and_asks_anew(qtbot, desk, dialog) -> None:
    old, n_asked = dialog.list, len(desk.did(CheckComputer))
    set_language("ru")
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog.list is not old and dialog.list.count() == len(FOUND))
    assert desk.did(CheckComputer)[n_asked:] == [CheckComputer("ru")]
