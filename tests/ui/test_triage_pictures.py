"""Pictures of columns, one mention at a time, an act on all that match, and the macro editor."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.job import JobRow
from socialdesk.domain.queue.rows import SavedView
from socialdesk.domain.rules.macro import Macro
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine import queries as q
from socialdesk.engine.queries.bulk import CountMatches, ListJobs
from socialdesk.engine.queries.macros import ListMacros
from socialdesk.i18n import set_language
from socialdesk.ui.macros.dialog import MacrosDialog
from socialdesk.ui.theme import DARK, LIGHT, tokens
from socialdesk.ui.window import MainWindow
from tests.ui.driving import CTRL, SHIFT, press, type_in
from tests.ui.fake_desk import NOW
from tests.ui.test_pictures import _keep
from tests.ui.test_pictures import desk as desk

SIZES = [("light", 1366, 768), ("dark", 1366, 768), ("light", 1920, 1080), ("dark", 1920, 1080)]
VIEWS = [SavedView(1, "Late delivery", "т"), SavedView(2, "Praise", "e"),
         SavedView(3, "Алматы", "о")]  # fmt: skip
MACROS = [
    Macro(5, "Thanks", (Step(StepKind.LABEL, "praise"), Step(StepKind.STATUS, number=4))),
    Macro(6, "Ask again tomorrow", (Step(StepKind.SNOOZE, "tomorrow 9"),)),
]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def shown(request, qtbot, qapp, desk):
    """A window of this look and size, and the end of its pictures' names."""
    theme, width, height = request.param
    desk.answers[q.ReadSettings] = {"theme": theme, "language": "en"}
    desk.answers[q.ListSavedViews] = VIEWS
    desk.answers[ListMacros] = MACROS
    desk.answers[CountMatches] = 12_345
    window = MainWindow(desk, now=lambda: NOW, title="Dala Coffee")
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    qtbot.waitUntil(lambda: tokens(qapp.palette()) is (DARK if theme == "dark" else LIGHT))
    qtbot.waitUntil(lambda: window.macros.can_run(2))
    yield window, f"{theme}-{width}"
    set_language("en")


def test_columns_are_pictured(shown, desk, qtbot):
    window, name = shown
    window.show_place("columns")
    qtbot.waitUntil(lambda: window.going.columns.acting is not None)
    qtbot.waitUntil(lambda: window.going.columns.acting.row is not None)
    width = window.width()
    type_in(window, "j")
    press(window, Qt.Key.Key_Right)
    _keep(window, f"columns-{name}")
    assert window.width() == width, "the window grew: five columns must have room"


def test_one_mention_is_pictured(shown, qtbot):
    window, name = shown
    type_in(window, "jf")
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    _keep(window, f"focus-{name}")


def test_an_act_on_all_is_pictured(shown, desk, qtbot):
    window, name = shown
    press(window, Qt.Key.Key_A, CTRL)
    _keep(window, f"marked-{name}")
    press(window, Qt.Key.Key_A, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "12,345" in window.inbox.pane.marks.accessibleName())
    desk.answers[ListJobs] = [JobRow(4, "labelled", "", "running", 4_300, 12_345, 9)]
    desk.tell(Changes(areas=frozenset({Area.JOBS})))
    qtbot.waitUntil(lambda: not window.job_bar.isHidden())
    _keep(window, f"all-{name}")


def test_the_macro_editor_is_pictured(shown, qtbot):
    window, name = shown
    window.edit_macros()
    dialog = window.findChild(MacrosDialog)
    qtbot.waitUntil(lambda: dialog._list.count() == 2)
    dialog.grab().save(str(_folder() / f"macros-{name}.png"))


def _folder():
    from tests.ui.test_pictures import OUTPUT

    OUTPUT.mkdir(exist_ok=True)
    return OUTPUT
