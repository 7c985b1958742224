"""Everything as one file: written with progress, cancelled without a rest."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.owning import CancelExport, ExportAll, ExportProgress
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter

LOOK_EVERY_MS: Final = 300
NAME: Final = "socialdesk-all.zip"

Ask = Callable[[QWidget], str]  # a file's name, "" = none was chosen


def ask_target(parent: QWidget) -> str:
    """Where to write. The engine refuses a file that is there, so nobody is asked about it."""
    return QFileDialog.getSaveFileName(
        parent, tr("Export everything"), NAME, "*.zip",
        options=QFileDialog.Option.DontConfirmOverwrite,
    )[0]  # fmt: skip


class ExportBox(QWidget):
    """`ask`: who asks for a file."""

    def __init__(self, desk: Desk, parent: QWidget, ask: Ask = ask_target) -> None:
        super().__init__(parent)
        self._desk, self._ask = desk, ask
        self.notice = NoticeBar(self)
        self.export = push(tr("Export everything…"), self._begin)
        self.cancel = push(tr("Cancel"), lambda: self._desk.do(CancelExport()))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Export"))
        self.progress.setTextVisible(False)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._ask_progress)
        self.setLayout(column(
            label(tr("Everything as one file"), "strong"),
            label(tr("A ZIP of CSV and JSON that other programs read, with pictures and a README; "
                     "no password is in it. From it come back the mentions, with author, time, "
                     "labels and address. Replies, history and incidents come back from a backup "
                     "only."), "dim"),
            row(self.export, self.cancel, None), self.progress, self.notice,
        ))  # fmt: skip
        self._dress(is_running=False)

    def _dress(self, *, is_running: bool) -> None:
        self.export.setEnabled(not is_running)
        self.cancel.setVisible(is_running)
        self.progress.setVisible(is_running)
        if is_running:
            self.progress.setRange(0, 0)
            self._look.start()
        else:
            self._look.stop()

    def _begin(self) -> None:
        if not (path := self._ask(self)):
            return
        target = Path(path if Path(path).suffix else f"{path}.zip").absolute()
        self.notice.clear()
        self._dress(is_running=True)
        Waiter(self, self._desk.do(ExportAll(str(target))), self._done, self._fail)

    def _ask_progress(self) -> None:
        Waiter(self, self._desk.do(ExportProgress()), self._show_progress, lambda _: None)

    def _show_progress(self, done: Done) -> None:
        if int(done.answer["n_total"]):
            self.progress.setRange(0, int(done.answer["n_total"]))
            self.progress.setValue(int(done.answer["n_done"]))

    def _done(self, done: Done) -> None:
        self._dress(is_running=False)
        answer = done.answer
        if not answer["is_whole"]:
            self.notice.tell(tr("Cancelled: nothing was left."), tone="accent")
            return
        path = Path(str(answer["path"]))
        said = [trn("Written with {n} mention: {file} in {folder}.",
                    "Written with {n} mentions: {file} in {folder}.", int(answer["n_mentions"]),
                    file=isolated(path.name), folder=isolated(str(path.parent)))]  # fmt: skip
        if left := int(answer["n_left_out"]):
            said.append(trn("{n} mention was left out: its network's terms forbid copies.",
                            "{n} mentions were left out: their networks' terms forbid copies.",
                            left))  # fmt: skip
        self.notice.tell(" ".join(said), tone="accent")

    def _fail(self, error: SocialDeskError) -> None:
        self._dress(is_running=False)
        self.notice.tell_sentence(sentence(error))
