"""Copies of the workspace: made, listed with what was counted in them, restored, deleted."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import BackUp, Quit
from socialdesk.engine.commands.owning import DeleteCopy, ListCopies, ReadDisk, RestoreCopy
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.health.disk import Disk, DiskState
from socialdesk.engine.health.disk import step as disk_step
from socialdesk.engine.health.disk import words as disk_words
from socialdesk.engine.words.keeping import rests_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row, when
from socialdesk.ui.plain import dress, isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.words import locale, mentions
from socialdesk.ui.wrapped import wrap_rows

LIST_HEIGHT: Final = 168  # px

Open = Callable[[Path], object]
Ask = Callable[[QWidget], str]  # a file's name, "" = none was chosen


def open_folder(folder: Path) -> object:
    """In the system's own program for folders."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def ask_copy(parent: QWidget) -> str:
    """Which file to restore."""
    return QFileDialog.getOpenFileName(parent, tr("Restore a copy"), "", "*.db")[0]


class CopiesBox(QWidget):
    """`open_folder`, `ask`: what reaches outside the window."""

    def __init__(
        self, desk: Desk, parent: QWidget, open_folder: Open = open_folder, ask: Ask = ask_copy
    ) -> None:
        super().__init__(parent)
        self._desk, self._open, self._ask = desk, open_folder, ask
        self._folder, self._asked = Path(), ""
        self._had_keys = False  # the button that makes a backup
        self._reading = Latest(self)
        self._make()
        self.read()

    def _make(self) -> None:
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_chosen)
        self.copies = QListWidget()
        self.copies.setProperty("framed", "yes")
        self.copies.setAccessibleName(tr("Backups, newest first"))
        self.copies.setFixedHeight(LIST_HEIGHT)
        wrap_rows(self.copies)
        self.copies.currentRowChanged.connect(lambda _: self._dress())
        self.back_up = push(tr("Back up now"), self._back_up, kind="primary")
        said = tr("A backup of this workspace, beside the others")
        self.back_up.setAccessibleDescription(said)
        self.restore = push(tr("Restore…"), lambda: self._ask_restore(self._chosen()))
        said = tr("A backup in the place of what is here")
        self.restore.setAccessibleDescription(said)
        self.from_file = push(tr("Restore a file…"), self._choose_file)
        self.show_folder = push(tr("Show folder"), lambda: self._open(self._folder))
        self.delete = push(tr("Delete…"), self._ask_delete, kind="danger")
        self._rests, self._disk = label(tone="dim"), label()
        self.setLayout(column(
            label(tr("Backups"), "strong"),
            label(tr("The newest of each day is kept for 7 days and one of each week for 4 weeks. "
                     "A backup counts as made when it was opened again and counted."), "dim"),
            self.copies,
            row(self.back_up, self.restore, self.from_file, None),
            row(self.show_folder, self.delete, None),
            self.notice, self._rests, self._disk,
        ))  # fmt: skip
        self._dress()

    # --- reading ---

    def read(self) -> None:
        """What lies there; what nobody has counted is counted after that."""
        self._reading.wait(self._desk.do(ListCopies()), self._show_first, self._fail)
        Waiter(self, self._desk.do(ReadDisk()), self._show_disk, self._fail)

    def _show_first(self, done: Done) -> None:
        self._show(done)
        if any(copy[4] < 0 for copy in done.answer["copies"]):
            counted = self._desk.do(ListCopies(counts_all=True))
            self._reading.wait(counted, self._show, self._fail)

    def _show(self, done: Done) -> None:
        answer, at = done.answer, max(0, self.copies.currentRow())
        self._folder = Path(str(answer["folder"]))
        self.copies.clear()
        for copy in answer["copies"]:
            item = QListWidgetItem(one_line(copy_words(copy)))
            item.setData(Qt.ItemDataRole.UserRole, copy[0])
            item.setToolTip(one_line(copy[0]))
            self.copies.addItem(item)
        self.copies.setCurrentRow(min(at, self.copies.count() - 1))
        self._say_rests(answer["copies"])
        if answer["failed_at"]:
            self.notice.tell(failure_words(answer["failed_at"], answer["failure"]), tone="danger")
        self._dress()

    def _say_rests(self, copies: Sequence[Sequence[Any]]) -> None:
        untils = [copy[6] for copy in copies if copy[6]]
        day = when(max(untils)) if untils else ""
        self._rests.setText(rests_words(day, len(copies) - len(untils)) if copies else "")

    def _show_disk(self, done: Done) -> None:
        disk = Disk(DiskState(done.answer["state"]), str(done.answer["what"]))
        step = disk_step(disk)
        self._disk.setText(f"{disk_words(disk)} {step}." if step else disk_words(disk))
        dress(self._disk, "tone", "warn" if step else "")

    def _dress(self) -> None:
        has_one = bool(self._chosen())
        self.restore.setEnabled(has_one)
        self.delete.setEnabled(has_one)

    def _chosen(self) -> str:
        item = self.copies.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    # --- acts ---

    def _back_up(self) -> None:
        self._had_keys = self.window().focusWidget() is self.back_up
        self.back_up.setEnabled(False)
        self.notice.tell(tr("The backup is being written and counted…"), tone="accent")
        Waiter(self, self._desk.do(BackUp()), self._backed_up, self._fail)

    def _backed_up(self, done: Done) -> None:
        self._end_back_up()
        self.copies.setCurrentRow(-1)
        self.notice.tell(
            trn("Backed up: {n} mention, opened again and counted.",
                "Backed up: {n} mentions, opened again and counted.",
                int(done.answer["n_mentions"])), tone="accent",
        )  # fmt: skip
        self.read()

    def _end_back_up(self) -> None:
        """The keys moved on when it was switched off, to a button that restores."""
        self.back_up.setEnabled(True)
        if self._had_keys:
            self.back_up.setFocus()
        self._had_keys = False

    def _choose_file(self) -> None:
        if path := self._ask(self):
            self._ask_restore(path)

    def _ask_restore(self, path: str) -> None:
        self._asked = path
        self.notice.tell(
            tr("«{file}» takes the place of what is here. What is here now is kept as a copy. "
               "Afterwards sending is off, and replies that had not left wait for your yes.",
               file=isolated(Path(path).name)),
            [(tr("Restore it"), "restore"), (tr("Leave all as it is"), "leave")],
        )  # fmt: skip
        self.notice.take_keys(to_last=True)

    def _ask_delete(self) -> None:
        self._asked = self._chosen()
        self.notice.tell(
            tr("«{file}» is deleted for good.", file=isolated(Path(self._asked).name)),
            [(tr("Delete it"), "delete"), (tr("Leave all as it is"), "leave")],
        )
        self.notice.take_keys(to_last=True)

    def _on_chosen(self, action: str) -> None:
        if action == "restore":
            self.setEnabled(False)
            self.notice.tell(tr("The copy is being restored…"), tone="accent")
            Waiter(self, self._desk.do(RestoreCopy(self._asked)), self._restored, self._fail)
        elif action == "delete":
            gone = self._desk.do(DeleteCopy(self._asked))
            Waiter(self, gone, lambda _: self.read(), self._fail)
        else:
            self.copies.setFocus()  # the notice's buttons are gone, and the keys with them

    def _restored(self, done: Done) -> None:
        self.setEnabled(True)
        answer = done.answer
        said = [
            trn("Restored: {n} mention.", "Restored: {n} mentions.", int(answer["n_mentions"])),
            trn("{n} reply waits in the outbox.", "{n} replies wait in the outbox.",
                int(answer["n_held"])),
            tr("Sending is off until you switch it on."),
        ]  # fmt: skip
        self.notice.tell(" ".join(said), tone="accent")
        self._desk.do(Quit())  # what the engine has in memory is of before: a new one starts
        self.read()

    def _fail(self, error: SocialDeskError) -> None:
        self.setEnabled(True)
        self._end_back_up()
        self.notice.tell_sentence(sentence(error))


def copy_words(copy: Sequence[Any]) -> str:
    """One line: when, what was counted, how large, why it is there. As `ListCopies` gives it."""
    _, at, reason, n_bytes, n_mentions, _, _ = copy
    counted = (
        tr("{mentions}, opened and counted", mentions=mentions(n_mentions))
        if n_mentions >= 0 else tr("not counted")
    )  # fmt: skip
    size = locale().formattedDataSize(n_bytes, 0)
    return " · ".join((when(at), counted, size, reason_words(reason)))


def reason_words(reason: str) -> str:
    """Why a copy is there."""
    match reason:
        case "daily":
            return tr("kept for 7 days")
        case "weekly":
            return tr("kept for 4 weeks")
        case "update":
            return tr("from before an update, kept until you delete it")
        case _:
            return tr("replaced by a restore, kept until you delete it")


def failure_words(at: int, fault: str) -> str:
    """Why the newest try made none."""
    match fault:
        case "full":
            why = tr("there is no room on the disk")
        case "backup":
            why = tr("what was written could not be read back")
        case _:
            why = tr("see engine.log")
    return tr("The backup of {moment} failed: {why}. The older ones are untouched; the next try is "
              "within the hour.", moment=when(at), why=why)  # fmt: skip
