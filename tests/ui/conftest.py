"""What every screen's test needs."""

import pytest

from socialdesk.i18n import set_language
from socialdesk.ui.theme import Mode, Theme
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import NOW, FakeDesk, a_row


@pytest.fixture
def theme(qapp):
    """The program's own look, in light."""
    made = Theme(qapp, Mode.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def desk():
    return FakeDesk([a_row(n) for n in range(1, 8)])


@pytest.fixture
def open_window(qtbot, desk):
    def make(**more):
        made = MainWindow(desk, now=lambda: NOW, **more)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        made.inbox.pane.list.setFocus()
        qtbot.waitUntil(lambda: made.inbox.pane.model.rowCount() > 0)
        return made

    yield make
    set_language("en")


@pytest.fixture
def window(open_window):
    return open_window()
