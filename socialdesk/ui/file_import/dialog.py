"""A file, looked at before anything is written: columns, encoding, counts, broken rows. What is in
it, people or mentions, its subclass knows."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
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
from socialdesk.engine.commands import Command
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.table_files.source import ENCODINGS
from socialdesk.engine.words.contacts import fault
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import dress, isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.timers import once

AGAIN_MS = 150  # after a choice was changed
COLUMN_WIDTH = 150  # px


class FileImportDialog(QDialog):
    """`imported(answer)`: it is done."""

    imported = Signal(object)

    def __init__(self, desk: Desk, path: str, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        resize_for_text(self, 860, 580)
        self._desk, self._path, self._latest = desk, path, Latest(self)
        self._seen: dict[str, Any] = {}
        self._columns: list[QComboBox] = []
        self._again = once(self, AGAIN_MS, self._look)
        self._notice = NoticeBar(self)
        self._summary = label(tone="strong")
        self._encoding = choice(tr("Encoding"), [(name, name) for name in ENCODINGS])
        self._delimiter = choice(tr("Cells are parted by"), [
            (",", tr("comma")), (";", tr("semicolon")), ("\t", tr("tab")), ("|", tr("bar")),
        ])  # fmt: skip
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
        self.setLayout(column(
            self._notice, label(tr("From {file}", file=isolated(Path(path).name)), "heading"),
            row(label(tr("Encoding"), wraps=False), self._encoding,
                label(tr("Cells are parted by"), wraps=False), self._delimiter, None),
            self.more(), self.table, self._summary, self._faults_title, self.faults, self._skip,
            row(None, push(tr("Cancel"), self.reject), self.go), margin=16,
        ))  # fmt: skip
        for box in self.findChildren(QComboBox):
            box.activated.connect(lambda _: self._again.start())
        self._look()

    # --- what is in it ---

    def more(self) -> QHBoxLayout:
        """Further choices, a line of them; made once."""
        raise NotImplementedError

    def preview(self, encoding: str, delimiter: str, columns: tuple[str, ...]) -> Command:
        """The command that looks at the file; "" and () = found out."""
        raise NotImplementedError

    def command(self) -> Command:
        """The command that does it, with what was seen (`self._seen`)."""
        raise NotImplementedError

    def kinds(self) -> list[tuple[str, str]]:
        """What a column may hold: key and words, "" first."""
        raise NotImplementedError

    def shown(self, seen: dict[str, Any]) -> None:
        """The file was looked at: put the further choices where they are."""

    def counted(self, seen: dict[str, Any]) -> str:
        """What importing it would do, in a sentence."""
        raise NotImplementedError

    def n_to_import(self, seen: dict[str, Any]) -> int:
        """How many rows would change something."""
        raise NotImplementedError

    def go_words(self, n: int) -> str:
        """The button's words for `n` of them."""
        raise NotImplementedError

    # --- looking ---

    def _look(self) -> None:
        """Read the file again with what was chosen; nothing is written."""
        first = not self._seen
        command = self.preview(
            "" if first else str(self._encoding.currentData()),
            "" if first else str(self._delimiter.currentData()),
            self.chosen(),
        )
        self.go.setEnabled(False)
        self._summary.setText(tr("Reading…"))
        self._latest.wait(self._desk.do(command), self._show, self._fail)

    def chosen(self) -> tuple[str, ...]:
        """What each column holds, as chosen."""
        return tuple(str(box.currentData()) for box in self._columns)

    def _show(self, done: Done) -> None:
        self._notice.clear()
        before, self._seen = self._seen, dict(done.answer)
        seen = self._seen
        for box, key in ((self._encoding, "encoding"), (self._delimiter, "delimiter")):
            if box.findData(seen[key]) < 0 and seen[key]:
                box.addItem(str(seen[key]), seen[key])
            box.setCurrentIndex(max(0, box.findData(seen[key])))
        self._delimiter.setEnabled(seen["kind"] == "csv")
        self.shown(seen)
        if not before or len(seen["columns"]) != len(self._columns):
            self._make_columns()
        self._fill_rows()
        self._summary.setText(self.counted(seen))
        self._show_faults(seen)
        self._show_state()

    def _show_faults(self, seen: dict[str, Any]) -> None:
        n = seen["n_broken"]
        self._faults_title.setText(
            trn("{n} row cannot be taken", "{n} rows cannot be taken", n) if n else ""
        )
        self.faults.clear()
        for line, code, what in seen["faults"]:
            self.faults.addItem(tr("Line {n}: {why}", n=line, why=one_line(fault(code, what))))
        for part in (self._faults_title, self.faults, self._skip):
            part.setVisible(n > 0)

    def _make_columns(self) -> None:
        """A choice above each column; a file of cards has none."""
        is_table = bool(self._seen["columns"])
        self._columns = []
        self.table.clear()
        self.table.setColumnCount(len(self._seen["columns"]) if is_table else 5)
        self.table.horizontalHeader().setDefaultSectionSize(COLUMN_WIDTH)
        headers = [one_line(h)[:60] for h in self._seen["headers"]]
        self.table.setHorizontalHeaderLabels(
            headers or [tr("name"), tr("organisation"), "", "", ""]
        )
        for n, kind in enumerate(self._seen["columns"]):
            name = headers[n] if n < len(headers) else str(n + 1)
            box = choice(tr("What the column {name} holds", name=name), self.kinds())
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
        stops = [self.table, *self._columns, self.faults, self._skip]
        for one, after in pairwise(stops):  # a cell's own place is behind the last button
            self.setTabOrder(one, after)
        for n, cells in enumerate(rows, first):
            for place, text in enumerate(cells[: self.table.columnCount()]):
                self.table.setItem(n, place, QTableWidgetItem(one_line(text)))

    def _show_state(self) -> None:
        seen = self._seen
        n = self.n_to_import(seen)
        is_ready = n > 0 and (not seen["n_broken"] or self._skip.isChecked())
        self.go.setEnabled(is_ready)
        self.go.setText(self.go_words(n) if n else tr("Import"))
        self.go.setToolTip(
            "" if is_ready or not n else tr("Say first what becomes of broken rows.")
        )
        dress(self.go, "kind", "primary" if is_ready else "")

    # --- doing ---

    def _import(self) -> None:
        self.go.setEnabled(False)
        self._summary.setText(tr("Importing…"))
        Waiter(self, self._desk.do(self.command()), self._done, self._fail)

    def _done(self, done: Done) -> None:
        self.accept()
        self.imported.emit(done.answer)

    def _fail(self, error: SocialDeskError) -> None:
        self._summary.setText("")
        self._notice.tell_sentence(sentence(error))
        for part in (self._faults_title, self.faults, self._skip):
            part.setVisible(False)


def choice(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    """(value, words) each."""
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    return made
