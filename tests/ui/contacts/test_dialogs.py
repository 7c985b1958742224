"""Import with its preview, and erasing with its question; on a scripted desk."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.queries.contacts import WeighErasing
from socialdesk.ui.contacts.erase_dialog import EraseDialog
from socialdesk.ui.contacts.import_dialog import ImportDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk

SEEN = {
    "kind": "csv", "encoding": "cp1251", "delimiter": ";",
    "headers": ["Имя", "Почта", "Дата"], "columns": ["name", "email", ""],
    "sample": [["Анна Ким", "anna@pond.example", "1 мая"], ["Иван", "ivan@pond.example", ""]],
    "n_rows": 137, "n_new": 120, "n_updated": 14, "n_skipped": 0, "n_broken": 3, "is_cut": False,
    "faults": [[4, "cells", "1/3"], [9, "email", "no mail"], [20, "encoding", ""]],
    "digest": "d",
}  # fmt: skip
WEIGHED = {
    "name": "Anna Kim",
    "counts": {"mentions": 12, "versions": 2, "replies": 9, "authors": 2, "notes": 1, "rejects": 1},
    "is_busy": False,
    "named_in": ["Anna's questions"],
}


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.outcomes[c.PreviewImport] = SEEN
    made.outcomes[c.ImportContacts] = {"n_new": 120, "n_updated": 14, "n_skipped": 0, "n_broken": 3}
    made.outcomes[c.ErasePerson] = {"counts": {}, "receipt": "/r.json", "n_backups_left": 0}
    made.answers[WeighErasing] = WEIGHED
    return made


@pytest.fixture
def importing(qtbot, desk, theme):
    made = ImportDialog(desk, "/somewhere/people.csv", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.rowCount() == 3)
    return made


def test_the_preview_shows_columns_counts_and_faults(importing, theme):
    shoot(theme, importing, "contacts-import")
    assert importing._summary.text() == "120 new, 14 updated, 3 broken"
    assert importing.faults.count() == 3
    assert "Line 4" in importing.faults.item(0).text()
    assert importing._encoding.currentData() == "cp1251"
    assert unnamed(importing) == []
    assert wrong_format(importing) == []


def test_broken_rows_must_be_decided_first(qtbot, desk, importing):
    assert not importing.go.isEnabled()
    importing._skip.setChecked(True)
    with qtbot.waitSignal(importing.imported):
        importing.go.click()
    assert desk.did(c.ImportContacts) == [
        c.ImportContacts("/somewhere/people.csv", "d", "cp1251", ";", ("name", "email", ""),
                         "update", True)
    ]  # fmt: skip


def test_another_choice_looks_at_the_file_again(qtbot, desk, importing):
    importing._columns[2].setCurrentIndex(importing._columns[2].findData("birthday"))
    importing._columns[2].activated.emit(0)
    qtbot.waitUntil(lambda: len(desk.did(c.PreviewImport)) == 2)
    assert desk.did(c.PreviewImport)[1].columns == ("name", "email", "birthday")
    assert desk.did(c.PreviewImport)[1].encoding == "cp1251"


def test_a_file_that_is_too_large_is_said_in_place(qtbot, desk, theme):
    desk.outcomes[c.PreviewImport] = CommandError(CommandFault.BAD_INPUT, what="1024 MB")
    made = ImportDialog(desk, "/big.csv", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "1024 MB" in made._notice.text)
    assert not made.go.isEnabled()


@pytest.fixture
def erasing(qtbot, desk, theme):
    made = EraseDialog(desk, 1, 0, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "Anna Kim" in made._title.text())
    return made


def test_the_name_must_be_typed_before_anything_is_erased(qtbot, desk, erasing, theme):
    shoot(theme, erasing, "contacts-erase")
    assert not erasing.erase.isEnabled()
    qtbot.keyClicks(erasing._typed, "Anna")
    assert not erasing.erase.isEnabled()
    qtbot.keyClicks(erasing._typed, " kim")
    erasing._receipt.setText("/r.json")
    with qtbot.waitSignal(erasing.erased):
        erasing.erase.click()
    assert desk.did(c.ErasePerson) == [c.ErasePerson("Anna kim", "/r.json", 1, 0, False)]
    assert unnamed(erasing) == []


def test_nothing_can_be_erased_while_a_reply_is_on_its_way(qtbot, desk, theme):
    desk.answers[WeighErasing] = {**WEIGHED, "is_busy": True}
    made = EraseDialog(desk, 1, 0, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made._notice.text))
    qtbot.keyClicks(made._typed, "Anna Kim")
    assert not made.erase.isEnabled()
