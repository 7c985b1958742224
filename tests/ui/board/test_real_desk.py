"""The board and the reports on the real engine: from a number to its mention in the inbox."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from socialdesk.ui.window import MainWindow
from tests.engine.reports.conftest import NOW, open_desk, world  # noqa: F401


@pytest.fixture
def real_window(qtbot, open_desk, world):  # noqa: F811
    made = MainWindow(open_desk(world.queue), now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.inbox.pane.model.rowCount() > 0)
    made.inbox.pane.list.setFocus()
    return made


def type_keys(window, *keys):
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


@pytest.mark.parametrize("place", [Qt.Key.Key_B, Qt.Key.Key_M])
def test_from_a_number_to_a_mention_in_the_inbox_by_keys_alone(qtbot, real_window, place):
    window = real_window
    type_keys(window, Qt.Key.Key_G, place)
    screen = window.screens.currentWidget()

    def first_picture():
        if place == Qt.Key.Key_B:
            return screen.view.pictures["numbers"]
        return screen.page.cards[0].picture if screen.page.cards else None

    qtbot.waitUntil(lambda: first_picture() is not None and first_picture().section.spots != ())
    first_picture().setFocus()
    spot = first_picture().spot
    type_keys(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.mentions.list.hasFocus())
    assert screen.mentions.list.model().rowCount() == spot.size
    chosen = screen.mentions.list.model().id_at(0)
    type_keys(window, Qt.Key.Key_Return)
    qtbot.waitUntil(window.is_inbox)
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    assert window.inbox.thread_pane.detail.row.id == chosen


def test_a_pdf_is_made_while_the_window_answers(qtbot, real_window, tmp_path):
    window = real_window
    window.show_place("reports")
    screen = window.screens.currentWidget()
    qtbot.waitUntil(lambda: bool(screen.page.cards))
    screen._ask_path = lambda parent, name, kinds: str(tmp_path / name)
    screen.save("pdf")
    assert not screen.saving[2].isEnabled()
    QTest.keyClick(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.figures.spec == screen.period.spec)
    qtbot.waitUntil(lambda: screen.saving[2].isEnabled(), timeout=30_000)
    [made] = tmp_path.glob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF-")
