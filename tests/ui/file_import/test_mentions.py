"""Mentions out of a file, on a real engine: looked at, chosen, brought in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.queries import ListMentions
from socialdesk.ui.accounts.add import AddAccountDialog
from socialdesk.ui.accounts.screen import AccountsScreen
from socialdesk.ui.file_import import mentions
from socialdesk.ui.file_import.mentions import OPEN, MentionImportDialog
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.ui.compose.looks import shoot, unnamed, wrong_format

ROWS = (
    "Date;Author;Text;Source;Rating\n"
    "20.11.2026 10:00;Ann Reed;The soup was cold and the waiter <b>shrugged</b>;Orchard;2\n"
    "21.11.2026 11:30;Боб;Очень вкусно, спасибо!;Orchard;5\n"
    "someday;Cy;No date here;Orchard;3\n"
)


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


@pytest.fixture
def dialog(qtbot, pond, tmp_path, theme):
    path = tmp_path / "export.csv"
    path.write_bytes(ROWS.encode("cp1251"))
    made = MentionImportDialog(pond.desk, str(path), None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made._seen))
    return made


def found(pond: PondDesk, view: View) -> int:
    return len(pond.desk.ask(ListMentions(view, "", Order.NEWEST)).result().ids)


def test_what_is_in_it_is_shown_before_anything_is_written(qtbot, dialog, pond, theme):
    shoot(theme, dialog, "import-mentions")
    assert dialog.chosen() == ("at", "author", "text", "network", "stars")
    assert dialog._summary.text() == "2 new, 1 broken."
    assert dialog.faults.item(0).text() == "Line 4: «someday» is no time that can be read"
    assert "<b>shrugged</b>" in dialog.table.item(1, 2).text()
    assert not dialog.go.isEnabled()
    assert unnamed(dialog) == [] and wrong_format(dialog) == []
    assert found(pond, View.ALL) == 0


def test_the_rest_is_brought_in_when_broken_rows_may_be_left_out(qtbot, dialog, pond):
    dialog._skip.setChecked(True)
    assert dialog.go.text() == "Import 2 mentions"
    dialog._filed.setCurrentIndex(dialog._filed.findData(OPEN))
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.imported) as done:
        dialog.go.click()
    assert done.args[0]["n_new"] == 2
    assert found(pond, View.NEEDS_REPLY) == 2


def test_files_stand_among_the_networks(qtbot, pond, tmp_path, monkeypatch, theme):
    path = tmp_path / "export.csv"
    path.write_text("date,text\n2026-11-20,Hello\n", "utf-8")
    monkeypatch.setattr(mentions, "choose_file", lambda parent: str(path))
    accounts = AccountsScreen(pond.desk, None)
    qtbot.addWidget(accounts)
    accounts.show()
    accounts.add_account()
    add = accounts.findChild(AddAccountDialog)
    assert add is not None
    add.file_asked.emit()
    made = accounts.findChild(MentionImportDialog)
    assert made is not None
    qtbot.waitUntil(made.go.isEnabled)
    (go,) = [b for b in made.findChildren(QPushButton) if b.text() == "Import 1 mention"]
    go.click()
    qtbot.waitUntil(lambda: "Imported: 1 new." in accounts._notice.text)
    assert found(pond, View.DONE) == 1


def test_tab_leads_from_the_columns_on_to_the_buttons(qtbot, dialog):
    dialog._columns[-1].setFocus()
    qtbot.waitUntil(dialog._columns[-1].hasFocus)
    seen = []
    for _ in range(6):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    assert seen.index(dialog._skip) < seen.index(dialog._encoding)
    dialog._skip.setFocus()
    for _ in range(8):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        if dialog.focusWidget() is dialog._columns[-1]:
            return
    pytest.fail("Shift and Tab lead not back to the columns")
