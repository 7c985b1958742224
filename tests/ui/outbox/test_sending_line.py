"""The line over the window while sending is off."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.queries import ReadSettings
from socialdesk.i18n import set_language
from socialdesk.ui.outbox.sending_line import SendingLine
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import NOW, FakeDesk, a_row


@pytest.fixture
def desk():
    made = FakeDesk([a_row(1)])
    made.answers[ReadSettings] = {}
    return made


@pytest.fixture
def window(qtbot, desk):
    made = MainWindow(desk, now=lambda: NOW, title="bakery")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def line(desk, window):
    return SendingLine(desk, window, window.centralWidget())


def switched(desk, to):
    desk.answers[ReadSettings] = {"sender": to}
    desk.tell(Changes(areas=frozenset({Area.SETTINGS})))


def test_it_stands_there_as_long_as_sending_is_off(qtbot, desk, line):
    qtbot.waitUntil(lambda: bool(desk.asked(ReadSettings)))
    assert not line.isVisible()
    switched(desk, "off")
    qtbot.waitUntil(line.isVisible)
    assert "Sending is off" in line.text and "waits in the outbox" in line.accessibleName()
    switched(desk, "on")
    qtbot.waitUntil(lambda: not line.isVisible())


def test_its_buttons_lead_to_the_outbox_and_switch_sending_on(qtbot, desk, window, line):
    switched(desk, "off")
    qtbot.waitUntil(line.isVisible)
    line.look.setFocus()
    qtbot.keyClick(line.look, Qt.Key.Key_Space)
    assert not window.is_inbox()
    desk.answers[ReadSettings] = {"sender": "on"}
    line.switch_on.setFocus()
    qtbot.keyClick(line.switch_on, Qt.Key.Key_Space)
    assert desk.did(SetSetting) == [SetSetting("sender", "on")]
    qtbot.waitUntil(lambda: not line.isVisible())


def test_a_switch_that_fails_says_why_and_leaves_the_line(qtbot, desk, window, line):
    switched(desk, "off")
    qtbot.waitUntil(line.isVisible)
    desk.outcomes[SetSetting] = StoreError(StoreFault.FULL)
    line.switch_on.click()
    qtbot.waitUntil(window.toast.isVisible)
    assert line.isVisible()


def test_it_follows_the_language_at_once(qtbot, desk, line):
    switched(desk, "off")
    qtbot.waitUntil(line.isVisible)
    set_language("ru")
    try:
        line._translate()
        assert "Отправка выключена" in line.text
        assert line.switch_on.accessibleName() == "Включить отправку"
    finally:
        set_language("en")
