"""The report of an incident: its sections, the one that is chosen beside them, its files below.

Frozen once the incident is closed; before that as it stands now.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.after_action.sections import Part, parts_of, title_of
from socialdesk.engine.commands.crisis import ExportIncident
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.crisis import ReadAfterAction, ReadIncident
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text

AskPath = Callable[[QWidget, str, str], str]
SHAPES = ("md", "html", "pdf", "json", "csv", "log")
WIDE_PX, NARROW_PX = 230, 110


def ask_path(parent: QWidget, name: str, kinds: str) -> str:
    """The system's own dialog; it asks before a file is replaced."""
    return QFileDialog.getSaveFileName(parent, tr("Save the report"), name, kinds)[0]


class AfterActionDialog(QDialog):
    """Esc closes. `incident_id`: any, open ones too."""

    def __init__(
        self, desk: Desk, incident_id: int, parent: QWidget | None, ask: AskPath = ask_path
    ) -> None:
        super().__init__(parent)
        self._desk, self._id, self._ask = desk, incident_id, ask
        self._read = Latest(self)
        self._pressed: QPushButton | None = None  # while its file is written
        self.report: AfterAction | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = label(tone="title")
        self._about = label(tone="dim")
        self._notice = NoticeBar(self)
        self.sections = QListWidget()
        self.sections.setAccessibleName(tr("Sections of the report"))
        self.sections.setFixedWidth(WIDE_PX)
        self.sections.currentRowChanged.connect(self._turn)
        self.pages = QStackedWidget()
        body = row(self.sections, self.pages, space=12)
        body.setStretchFactor(self.pages, 1)
        self.saving = {shape: push(_name(shape), partial(self.save, shape)) for shape in SHAPES}
        close = push(tr("Close (Esc)"), self.reject, kind="quiet")
        self._layout = layout = column(
            self._title, self._about, self._notice, body,
            row(*self.saving.values(), None, close), space=10, margin=16,
        )  # fmt: skip
        layout.setStretchFactor(body, 1)
        self.setLayout(layout)
        resize_for_text(self, 1120, 640)
        self.setWindowTitle(tr("Report after an incident"))
        self._set_saving(False)
        self._is_frozen = False
        self._read.wait(desk.ask(ReadIncident(incident_id)), self._begin, self._on_failed)

    # --- showing ---

    def _begin(self, incident: Incident | None) -> None:
        self._is_frozen = incident is not None and bool(incident.report_hash)
        asked = self._desk.ask(ReadAfterAction(self._id))
        self._read.wait(asked, self._show, self._on_failed)

    def _show(self, report: AfterAction | None) -> None:
        if report is None:
            self._notice.tell(tr("This incident is not there."))
            return
        self.report = report
        self._title.setText(one_line(title_of(report)))
        self._about.setText(
            tr("Frozen when it was closed; its hash stands in the log.")
            if self._is_frozen
            else tr("As it stands now. It is frozen when the incident is closed.")
        )
        for part in parts_of(report):
            self.sections.addItem(one_line(part.title))
            self.pages.addWidget(_page(part))
        tab_as_read(self._layout)  # the pages were made last
        self._set_saving(True)
        self.sections.setCurrentRow(0)
        self.sections.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)

    # --- saving ---

    def save(self, shape: str) -> None:
        """Ask where, then have the engine write it."""
        code = self.report.code if self.report else "incident"
        chosen = self._ask(self, f"{code}.{_ending(shape)}", _name(shape))
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(f".{_ending(shape)}")
        self._set_saving(False)
        command = ExportIncident(self._id, str(path.absolute()), shape)
        Waiter(self, self._desk.do(command), self._on_saved, self._on_failed)

    def _on_saved(self, done: Done) -> None:
        self._set_saving(True)
        name = isolated(Path(done.answer["files"][0]).name)
        self._notice.tell(tr("Saved: {file}", file=name), tone="accent")

    def _on_failed(self, error: SocialDeskError) -> None:
        self._set_saving(self.report is not None)
        said = sentence(error)
        self._notice.tell(f"{said.text} {said.next_step}".strip())

    def _set_saving(self, is_on: bool) -> None:
        """The keys come back to the button that was pressed."""
        if not is_on:
            self._pressed = next((b for b in self.saving.values() if b.hasFocus()), None)
        for button in self.saving.values():
            button.setEnabled(is_on)
        if is_on and self._pressed is not None:
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pressed = None


def _page(part: Part) -> QWidget:
    """Sentences, then the table; the whole text of the chosen row stands below it."""
    page = QWidget()
    words = [label(line, "danger" if line in part.alarms else "") for line in part.lines]
    if not part.rows:
        page.setLayout(column(*words, None))
        return page
    numbered = list(enumerate(part.rows, 1))
    last = len(part.head) - 1
    columns = [
        Column(name, partial(_cell, n), 0 if n == last else _width(part, n))
        for n, name in enumerate(part.head)
    ]
    table = Table(part.title, columns, lambda one: one[0])
    whole = label()
    table.moved.connect(lambda: whole.setText(_whole(part, table.current())))
    table.show_rows(numbered)
    layout = column(*words, table, whole)
    layout.setStretchFactor(table, 1)
    page.setLayout(layout)
    return page


def _cell(n: int, one: tuple[int, tuple[str, ...]]) -> str:
    return one_line(one[1][n])


def _width(part: Part, n: int) -> int:
    longest = max(len(one_line(row[n])) for row in part.rows)
    return max(NARROW_PX, min(WIDE_PX + 80, 20 + longest * 8))


def _whole(part: Part, one: tuple[int, tuple[str, ...]] | None) -> str:
    if one is None:
        return ""
    cells = zip(part.head, one[1], strict=True)
    return "\n".join(f"{name}: {one_line(cell)}" for name, cell in cells)


def _ending(shape: str) -> str:
    return "jsonl" if shape == "log" else shape


def _name(shape: str) -> str:
    return {
        "md": tr("Markdown…"), "html": tr("Web page…"), "pdf": tr("PDF…"), "json": tr("JSON…"),
        "csv": tr("Log as CSV…"), "log": tr("Log as proof…"),
    }[shape]  # fmt: skip


def open_report(desk: Desk, incident_id: int, parent: QWidget) -> AfterActionDialog:
    """Over the window."""
    dialog = AfterActionDialog(desk, incident_id, parent)
    dialog.open()
    return dialog
