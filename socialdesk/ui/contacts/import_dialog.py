"""A file of people, looked at before anything is written: columns, encoding, counts, faults."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.contacts import ImportContacts, PreviewImport
from socialdesk.engine.contact_files.columns import COLUMNS
from socialdesk.engine.contact_files.source import ENCODINGS
from socialdesk.engine.contact_phrases import column_name, counted, fault
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import dress, isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter

AGAIN_MS = 150  # after a choice was changed
COLUMN_WIDTH = 150  # px


class ImportDialog(QDialog):
    """`imported(answer)`: it is done, as one act."""

    imported = Signal(object)

    def __init__(self, desk: Desk, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import people"))
        self.resize(860, 580)
        self._desk, self._path, self._latest = desk, path, Latest(self)
        self._seen: dict[str, Any] = {}
        self._columns: list[QComboBox] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._notice = NoticeBar(self)
        self._summary = label(tone="strong")
        self._encoding = _choice(tr("Encoding"), [(name, name) for name in ENCODINGS])
        self._delimiter = _choice(tr("Cells are parted by"), [
            (",", tr("comma")), (";", tr("semicolon")), ("\t", tr("tab")), ("|", tr("bar")),
        ])  # fmt: skip
        self._known = _choice(tr("Somebody we know"), [
            ("update", tr("fill in what was not known")), ("skip", tr("leave as they are")),
            ("new", tr("make a new contact")),
        ])  # fmt: skip
        for box in (self._encoding, self._delimiter, self._known):
            box.activated.connect(lambda _: self._again.start())
        self.table = QTableWidget()
        self.table.setAccessibleName(tr("The first rows"))
        self.table.setTabKeyNavigation(False)  # Tab leads on to the buttons
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self._faults_title = label(tone="warn")
        self.faults = QListWidget()
        self.faults.setProperty("framed", "yes")
        self.faults.setAccessibleName(tr("Broken rows"))
        self.faults.setMaximumHeight(110)
        self._skip = QCheckBox(tr("Leave the broken rows out and import the rest"))
        self._skip.toggled.connect(lambda _: self._show_state())
        self.go = push(tr("Import"), self._import, kind="primary")
        self._how = QWidget()
        self._how.setLayout(self._choices())
        self.setLayout(column(
            self._notice, label(tr("From {file}", file=isolated(Path(path).name)), "heading"),
            self._how, row(label(tr("Somebody we know"), wraps=False), self._known, None),
            self.table, self._summary, self._faults_title, self.faults, self._skip,
            row(None, push(tr("Cancel"), self.reject), self.go), margin=16,
        ))  # fmt: skip
        self._look()

    def _choices(self) -> QHBoxLayout:
        return row(
            label(tr("Encoding"), wraps=False), self._encoding,
            label(tr("Cells are parted by"), wraps=False), self._delimiter, None,
        )  # fmt: skip

    def _look(self) -> None:
        """Read the file again with what was chosen; nothing is written."""
        first = not self._seen
        command = PreviewImport(
            self._path,
            "" if first else str(self._encoding.currentData()),
            "" if first else str(self._delimiter.currentData()),
            self._chosen(), str(self._known.currentData()),
        )  # fmt: skip
        self.go.setEnabled(False)
        self._summary.setText(tr("Reading…"))
        self._latest.wait(self._desk.do(command), self._show, self._fail)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(str(box.currentData()) for box in self._columns)

    def _show(self, done: Done) -> None:
        self._notice.clear()
        before, self._seen = self._seen, dict(done.answer)
        seen = self._seen
        is_table = seen["kind"] == "csv"
        for box, key in ((self._encoding, "encoding"), (self._delimiter, "delimiter")):
            if box.findData(seen[key]) < 0 and seen[key]:
                box.addItem(str(seen[key]), seen[key])
            box.setCurrentIndex(max(0, box.findData(seen[key])))
        self._delimiter.setEnabled(is_table)
        if not before or len(seen["columns"]) != len(self._columns):
            self._make_columns(is_table)
        self._fill_rows()
        n = seen["n_broken"]
        self._summary.setText(
            counted(seen["n_new"], seen["n_updated"], seen["n_skipped"], seen["n_broken"])
        )
        self._faults_title.setText(
            trn("{n} row cannot be taken", "{n} rows cannot be taken", n) if n else ""
        )
        self.faults.clear()
        for line, code, what in seen["faults"]:
            self.faults.addItem(tr("Line {n}: {why}", n=line, why=one_line(fault(code, what))))
        for part in (self._faults_title, self.faults, self._skip):
            part.setVisible(n > 0)
        self._show_state()

    def _make_columns(self, is_table: bool) -> None:
        """A choice above each column; a file of cards has none."""
        width = len(self._seen["columns"]) if is_table else 5
        self._columns = []
        self.table.clear()
        self.table.setColumnCount(width)
        self.table.horizontalHeader().setDefaultSectionSize(COLUMN_WIDTH)
        headers = [one_line(h)[:60] for h in self._seen["headers"]]
        self.table.setHorizontalHeaderLabels(
            headers or [tr("name"), tr("organisation"), "", "", ""]
        )
        if not is_table:
            return
        for n, kind in enumerate(self._seen["columns"]):
            name = headers[n] if n < len(headers) else str(n + 1)
            kinds = [(k, column_name(k)) for k in ("", *COLUMNS)]
            box = _choice(tr("What the column {name} holds", name=name), kinds)
            box.setCurrentIndex(max(0, box.findData(kind)))
            box.activated.connect(lambda _: self._again.start())
            self._columns.append(box)

    def _fill_rows(self) -> None:
        first = 1 if self._columns else 0
        rows = self._seen["sample"]
        self.table.setRowCount(first + len(rows))
        for n, box in enumerate(self._columns):
            if self.table.cellWidget(0, n) is not box:
                self.table.setCellWidget(0, n, box)
        for n, cells in enumerate(rows, first):
            for place, text in enumerate(cells[: self.table.columnCount()]):
                self.table.setItem(n, place, QTableWidgetItem(one_line(text)))

    def _show_state(self) -> None:
        seen = self._seen
        n = int(seen.get("n_new", 0)) + int(seen.get("n_updated", 0))
        is_ready = n > 0 and (not seen["n_broken"] or self._skip.isChecked())
        self.go.setEnabled(is_ready)
        self.go.setText(trn("Import {n} person", "Import {n} people", n) if n else tr("Import"))
        self.go.setToolTip(
            "" if is_ready or not n else tr("Say first what becomes of broken rows.")
        )
        dress(self.go, "kind", "primary" if is_ready else "")

    def _import(self) -> None:
        seen = self._seen
        command = ImportContacts(
            self._path, seen["digest"], seen["encoding"], seen["delimiter"], self._chosen(),
            str(self._known.currentData()), self._skip.isChecked(),
        )  # fmt: skip
        self.go.setEnabled(False)
        self._summary.setText(tr("Importing…"))
        Waiter(self, self._desk.do(command), self._done, self._fail)

    def _done(self, done: Done) -> None:
        self.accept()
        self.imported.emit(done.answer)

    def _fail(self, error: SocialDeskError) -> None:
        self._summary.setText("")
        self._notice.tell_sentence(sentence(error))
        for part in (self._faults_title, self.faults, self._skip):
            part.setVisible(False)


def _choice(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    """(value, words) each."""
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    return made


def open_import(
    desk: Desk, path: str, parent: QWidget, done: Callable[[Any], None]
) -> ImportDialog:
    """Opened; `done(answer)` when it was done."""
    dialog = ImportDialog(desk, path, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.imported.connect(partial(done))
    dialog.open()
    return dialog
