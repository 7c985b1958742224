"""Every case that is not in its CRM, in one place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from socialdesk.engine.commands.crm import SettleCase
from socialdesk.engine.queries.crm import ListCases
from socialdesk.ui.crm.waiting import WaitingCases
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.crm.test_context import ASKED, FAILED, HELD
from tests.ui.driving import press
from tests.ui.fake_desk import NOW, FakeDesk


def test_what_waits_is_shown_and_settled(qtbot, theme):
    desk = FakeDesk()
    desk.answers[ListCases] = [ASKED, FAILED, HELD]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = WaitingCases(desk, lambda: NOW, parent)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._none.isHidden())
    shoot(theme, dialog, "crm-waiting")
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []
    buttons = {b.text(): b for b in dialog.findChildren(QPushButton)}
    buttons["Try again"].click()
    assert desk.did(SettleCase) == [SettleCase(34, False)]
    with qtbot.waitSignal(dialog.mention_asked) as asked:
        buttons["Show the mention"].click()
    assert asked.args == [1]


def test_nothing_waits(qtbot, open_window, desk):
    desk.answers[ListCases] = []
    window = open_window()
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChild(WaitingCases)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._none.isHidden())
    dialog.reject()
