"""The engine must not take the processor from the window's first paint."""

import pytest
from PySide6.QtCore import QCoreApplication

from socialdesk.engine import queries as q
from socialdesk.ui import application
from socialdesk.ui.application import _Life
from socialdesk.ui.inbox.list_pane import FIRST
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import NOW, FakeDesk, a_row


class Engine:
    """Counts how often it was started."""

    def __init__(self):
        self.n_made, self.n_starts = 0, 0

    def __call__(self):
        self.n_made += 1
        return self

    def start(self):
        self.n_starts += 1

    def close(self, *, end_engine):
        pass

    def try_again(self):
        pass


@pytest.fixture
def window(qtbot):
    made = MainWindow(FakeDesk([a_row(1)]), now=lambda: NOW)
    qtbot.addWidget(made)
    return made


def test_the_engine_starts_once_the_window_has_been_painted(window, qtbot, qapp):
    engine = Engine()
    _Life(window, engine, window)
    QCoreApplication.processEvents()
    assert engine.n_made == 0
    window.show()
    qtbot.waitUntil(lambda: engine.n_starts == 1)
    window.repaint()
    QCoreApplication.processEvents()
    assert (engine.n_made, engine.n_starts) == (1, 1)


def test_a_window_that_nobody_sees_has_its_engine_too(window, qtbot, monkeypatch):
    monkeypatch.setattr(application, "UNSEEN_MS", 20)
    engine = Engine()
    _Life(window, engine, window)
    qtbot.waitUntil(lambda: engine.n_starts == 1)


def test_the_first_list_is_no_more_than_fills_the_screen(window):
    """All of a long list would be read beside the first paint, and take turns with it."""
    (asked,) = window._desk.asked(q.ListMentions)
    assert asked.limit == FIRST
