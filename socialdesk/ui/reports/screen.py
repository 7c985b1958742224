"""The reports: a period, its figures as the engine counted them, and ways to save them."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.figures import Figures
from socialdesk.domain.times.period import Period, local, week_of
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.reports import ExportReport, MakeReport
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.reports.sections import report_of
from socialdesk.engine.reports.wire import figures_from_json
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import Speaker, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.reports.choosing import PeriodBar
from socialdesk.ui.reports.mentions_pane import MentionsPane
from socialdesk.ui.reports.page import ReportPage
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import Turning, together
from socialdesk.ui.words import local_zone

AskPath = Callable[[QWidget, str, str], str]
"""(parent, proposed name, kind of file) → the path chosen, "" = none."""


def ask_path(parent: QWidget, name: str, kinds: str) -> str:
    """The system's own dialog; it asks before a file is replaced."""
    return QFileDialog.getSaveFileName(parent, tr("Save the report"), name, kinds)[0]


class ReportsScreen(QWidget):
    """`mention_asked(id)`: show that mention in the inbox."""

    mention_asked = Signal(object)

    def __init__(
        self, desk: Desk, now: Callable[[], int], parent: QWidget | None, ask: AskPath = ask_path
    ) -> None:
        super().__init__(parent)
        self._desk, self._ask_path = desk, ask
        self._latest, self._settings_read = Latest(self), Latest(self)
        self.figures: Figures | None = None
        self._now = now
        self._today = local(now(), local_zone()).date()
        self._make(week_of(self._today))
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read_settings()
        self.count()

    def _make_again(self) -> None:
        self._make(self.period)
        self._read_settings()
        self._show()

    def _make(self, period: Period) -> None:
        self.bar = PeriodBar(self._today, period, self)
        self.page = ReportPage(self)
        self.mentions = MentionsPane(self._desk, self._now, self)
        self.state = label(tone="dim")
        self.weekly = QCheckBox(tr("Every Monday, a page about the week"), self)
        self.bar.chosen.connect(lambda _: self.count())
        self.page.chosen.connect(self.mentions.show_spot)
        self.mentions.mention_asked.connect(self.mention_asked)
        self.mentions.closed.connect(self._to_page)
        self.weekly.clicked.connect(self._on_weekly)
        self.saving = [
            push(tr("CSV"), lambda: self.save("csv"), tip=tr("One row per mention")),
            push(tr("HTML"), lambda: self.save("html"), tip=tr("One file for any browser")),
            push(tr("PDF"), lambda: self.save("pdf"), tip=tr("For paper")),
        ]
        for button, name in zip(self.saving, (tr("Save as CSV"), tr("Save as HTML"),
                                              tr("Save as PDF")), strict=True):  # fmt: skip
            button.setAccessibleName(name)
        ways = together(label(tr("Save as"), "dim", wraps=False), *self.saving)
        head = Turning(self.bar, None, ways, margin=10)
        below = QWidget(self)
        below.setLayout(row(self.state, self.weekly, margin=10))
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.page, 1)
        body.addWidget(self.mentions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(body, 1)
        layout.addWidget(below)
        self._order_keys()

    def _order_keys(self) -> None:
        """Tab goes as one reads: the period, the files, the week's page; the pictures follow."""
        ways = [self.bar.last_way(), *self.saving, self.weekly]
        for before, after in pairwise(ways):
            self.setTabOrder(before, after)

    # --- counting ---

    @property
    def period(self) -> Period:
        return self.bar.period

    def count(self) -> None:
        """Ask the engine for the figures of the period."""
        self.state.setText(tr("Counting …"))
        future = self._desk.do(MakeReport(self.period.spec))
        self._latest.wait(future, self._on_counted, self._on_failed)

    def _on_counted(self, done: Done) -> None:
        self.figures = figures_from_json(done.answer["figures"])
        self._show()
        self.state.setText(trn("{n} mention in this period", "{n} mentions in this period",
                               self.figures.count("received")))  # fmt: skip

    def _show(self) -> None:
        if self.figures is not None:
            self.page.show_report(report_of(self.figures))

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self.state.setText(f"{said.text} {said.next_step}".strip())
        self._set_saving(True)

    # --- saving ---

    def save(self, shape: str) -> None:
        """Ask where, then have the engine write it."""
        kinds = {"csv": tr("CSV (*.csv)"), "html": tr("Web page (*.html)"),
                 "pdf": tr("PDF (*.pdf)")}  # fmt: skip
        name = f"socialdesk-{self.period.spec.replace('..', '-to-')}.{shape}"
        chosen = self._ask_path(self, name, kinds[shape])
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(f".{shape}")
        self.state.setText(tr("Writing {file} …", file=isolated(path.name)))
        self._set_saving(False)
        command = ExportReport(self.period.spec, str(path.absolute()), shape)
        Waiter(self, self._desk.do(command), self._on_saved, self._on_failed)

    def _on_saved(self, done: Done) -> None:
        self._set_saving(True)
        names = ", ".join(isolated(Path(file).name) for file in done.answer["files"])
        folder = isolated(str(Path(done.answer["files"][0]).parent))
        self.state.setText(tr("Saved: {files} in {folder}", files=names, folder=folder))

    def _set_saving(self, is_able: bool) -> None:
        for button in self.saving:
            button.setEnabled(is_able)

    # --- the weekly page ---

    def _read_settings(self) -> None:
        future = self._desk.ask(ReadSettings())
        self._settings_read.wait(future, self._on_settings, self._on_failed)

    def _on_settings(self, settings: dict[str, str]) -> None:
        self.weekly.setChecked(value_of(settings, "weekly_report") == "on")

    def _on_weekly(self, is_on: bool) -> None:
        future = self._desk.do(SetSetting("weekly_report", "on" if is_on else "off"))
        Waiter(self, future, lambda _: None, self._on_failed)

    # --- keys and news ---

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: the figures may be of an hour ago."""
        super().showEvent(event)
        if self.figures is not None and not event.spontaneous():
            self.count()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self._read_settings()

    def _to_page(self) -> None:
        if self.page.cards:
            self.page.cards[0].picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+arrow: the period before or after. F5: count again."""
        is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Left and is_ctrl:
            self.bar.step(-1)
        elif event.key() == Qt.Key.Key_Right and is_ctrl:
            self.bar.step(1)
        elif event.key() == Qt.Key.Key_F5:
            self.count()
        else:
            event.ignore()
