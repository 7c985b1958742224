"""How tests walk through the incident room: by its keys, and by what is seen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import LookRow, StatementRow, VersionText
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.crisis.screen import IncidentScreen
from socialdesk.ui.crisis.tabs import TABS
from tests.ui.fake_desk import MINUTE, NOW

KEYS = [tab.key for tab in TABS]


def open_room(qtbot, desk):
    made = IncidentScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1120, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.pane is not None)
    return made


def key(widget, pressed, held=Qt.KeyboardModifier.NoModifier):
    """To what has the keys, else to the window's widget. Not to the system's window: a press that
    ends it would be followed by a release to a window that is no more."""
    window = widget.window()
    QTest.keyClick(window.focusWidget() or window, pressed, held)


def words_of(widget):
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisible())


def go(screen, qtbot, tab):
    screen.show_tab(tab)
    qtbot.waitUntil(lambda: screen.pane is not None)
    pane = screen.pane
    if hasattr(pane, "table"):
        qtbot.waitUntil(lambda: pane.table.rows != [])
        pane.table.setFocus()
    return pane


def sheet_of(screen, qtbot):
    qtbot.waitUntil(lambda: [s for s in screen.findChildren(Sheet) if s.isVisible()] != [])
    return next(s for s in screen.findChildren(Sheet) if s.isVisible())


def tell(desk):
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))


def button_of(widget, name):
    found = (b for b in widget.findChildren(QPushButton) if b.text() == name and b.isVisible())
    return next(found, None)


def a_text(kind="staff", lang="ru", text="Тексеру жүріп жатыр & бәрі", is_looked_at=True):
    look = LookRow(1, "person_here", "Timur", NOW, NOW + 4 * 60 * MINUTE)
    version = VersionText(7, 1, lang, text, "ab" * 32, (), (), (), (), 0, "Aliya", 1, NOW,
                          (look,) if is_looked_at else ())  # fmt: skip
    return StatementRow(3, kind, 0, "", 0, 0, "", NOW, 0, (version,))
