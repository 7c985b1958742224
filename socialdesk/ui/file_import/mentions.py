"""Mentions out of a file of another program, looked at before anything is written."""

from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from socialdesk.engine.commands import Command
from socialdesk.engine.commands.mention_files import ImportMentions, PreviewMentions
from socialdesk.engine.desk import Desk
from socialdesk.engine.mention_files.columns import COLUMNS
from socialdesk.engine.mention_files.words import column_name, counted
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import label, row
from socialdesk.ui.file_import.dialog import FileImportDialog, choice

DONE, OPEN = "done", "open"


class MentionImportDialog(FileImportDialog):
    """`imported(answer)`: they are in the file; what was known is left as it was."""

    def __init__(self, desk: Desk, path: str, parent: QWidget | None) -> None:
        super().__init__(desk, path, parent, tr("Import mentions"))

    def more(self) -> QHBoxLayout:
        self._order = choice(tr("Short dates begin with"), [
            ("day", tr("the day")), ("month", tr("the month")),
        ])  # fmt: skip
        self._filed = choice(tr("What becomes of them"), [
            (DONE, tr("filed as done: history")), (OPEN, tr("open: they need a reply")),
        ])  # fmt: skip
        return row(
            label(tr("Short dates begin with"), wraps=False), self._order,
            label(tr("What becomes of them"), wraps=False), self._filed, None,
        )  # fmt: skip

    def preview(self, encoding: str, delimiter: str, columns: tuple[str, ...]) -> Command:
        order = str(self._order.currentData()) if self._seen else ""
        return PreviewMentions(self._path, encoding, delimiter, columns, order)

    def shown(self, seen: dict[str, Any]) -> None:
        self._order.setCurrentIndex(max(0, self._order.findData(seen["order"])))

    def command(self) -> Command:
        seen = self._seen
        return ImportMentions(
            self._path, seen["digest"], seen["encoding"], seen["delimiter"], self.chosen(),
            str(self._order.currentData()), self._filed.currentData() == OPEN,
            self._skip.isChecked(),
        )  # fmt: skip

    def kinds(self) -> list[tuple[str, str]]:
        return [(kind, column_name(kind)) for kind in ("", *COLUMNS)]

    def counted(self, seen: dict[str, Any]) -> str:
        return counted(seen["n_new"], seen["n_known"], seen["n_broken"], is_cut=seen["is_cut"])

    def n_to_import(self, seen: dict[str, Any]) -> int:
        return int(seen.get("n_new", 0))

    def go_words(self, n: int) -> str:
        return trn("Import {n} mention", "Import {n} mentions", n)


def choose_file(parent: QWidget | None) -> str:
    """The file somebody names; "" = none."""
    kinds = tr("Exports (*.csv *.tsv *.txt *.json *.jsonl)")
    return QFileDialog.getOpenFileName(parent, tr("Import mentions"), "", kinds)[0]
