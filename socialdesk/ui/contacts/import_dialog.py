"""A file of people, looked at before anything is written."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from socialdesk.engine.commands import Command
from socialdesk.engine.commands.contacts import ImportContacts, PreviewImport
from socialdesk.engine.contact_files.columns import COLUMNS
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.contacts import column_name, counted
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import label, row
from socialdesk.ui.file_import.dialog import FileImportDialog, choice


class ImportDialog(FileImportDialog):
    """`imported(answer)`: it is done, as one act."""

    def __init__(self, desk: Desk, path: str, parent: QWidget) -> None:
        super().__init__(desk, path, parent, tr("Import people"))

    def more(self) -> QHBoxLayout:
        self._known = choice(tr("Somebody we know"), [
            ("update", tr("fill in what was not known")), ("skip", tr("leave as they are")),
            ("new", tr("make a new contact")),
        ])  # fmt: skip
        return row(label(tr("Somebody we know"), wraps=False), self._known, None)

    def preview(self, encoding: str, delimiter: str, columns: tuple[str, ...]) -> Command:
        known = str(self._known.currentData())
        return PreviewImport(self._path, encoding, delimiter, columns, known)

    def command(self) -> Command:
        seen = self._seen
        return ImportContacts(
            self._path, seen["digest"], seen["encoding"], seen["delimiter"], self.chosen(),
            str(self._known.currentData()), self._skip.isChecked(),
        )  # fmt: skip

    def kinds(self) -> list[tuple[str, str]]:
        return [(kind, column_name(kind)) for kind in ("", *COLUMNS)]

    def counted(self, seen: dict[str, Any]) -> str:
        return counted(seen["n_new"], seen["n_updated"], seen["n_skipped"], seen["n_broken"])

    def n_to_import(self, seen: dict[str, Any]) -> int:
        return int(seen.get("n_new", 0)) + int(seen.get("n_updated", 0))

    def go_words(self, n: int) -> str:
        return trn("Import {n} person", "Import {n} people", n)


def open_import(
    desk: Desk, path: str, parent: QWidget, done: Callable[[Any], None]
) -> ImportDialog:
    """Opened; `done(answer)` when it was done."""
    dialog = ImportDialog(desk, path, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.imported.connect(partial(done))
    dialog.open()
    return dialog
