"""The licences, as plain text: our own, and those of what ships with the program."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QWidget

from socialdesk.i18n import tr
from socialdesk.places import resource
from socialdesk.ui.compose.parts import column, push, row
from socialdesk.ui.text_size import resize_for_text

FIRST: Final = "THIRD_PARTY.md"  # says which licence is whose
LIST_WIDTH: Final = 190  # px


def licence_files() -> list[tuple[str, Path]]:
    """Name and file, what says whose they are first."""
    files = [p for p in resource("licenses").iterdir() if p.is_file()]
    names = {FIRST: tr("What it is made of")}
    found = sorted(files, key=lambda path: (path.name != FIRST, path.name))
    shown = [(names.get(path.name, path.stem), path) for path in found]
    return [*shown, (tr("Icons (Lucide)"), resource("icons", "LICENSE"))]


class LicencesDialog(QDialog):
    """A list and a page of text; nothing on it can be opened or run."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences"))
        resize_for_text(self, 820, 560)
        self._files = licence_files()
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Licences"))
        self.names.setFixedWidth(LIST_WIDTH)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Text of the licence"))
        for name, _ in self._files:
            self.names.addItem(name)
        self.names.currentRowChanged.connect(self._show)
        middle = row(self.names, self.text, space=12)
        middle.setStretch(1, 1)
        self.setLayout(column(middle, row(None, push(tr("Close"), self.accept)), margin=16))
        self.names.setCurrentRow(0)
        self.names.setFocus()

    def _show(self, number: int) -> None:
        self.text.setPlainText(self._files[number][1].read_text("utf-8"))
