"""The set-up as a file: written for another computer, looked at and brought in, taken back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.settings_file import (
    ExportSettings,
    ImportSettings,
    PreviewSettings,
    TakeBackSettings,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.settings_files.file import Change
from socialdesk.engine.settings_files.words import carried_words, change_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.settings.choices import shown_settings
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.wrapped import wrap_rows

NAME = "socialdesk-settings.json"
LIST_HEIGHT = 180  # px

Ask = Callable[[QWidget], str]  # a file's name, "" = none was chosen


def ask_save(parent: QWidget) -> str:
    """Where to write."""
    return QFileDialog.getSaveFileName(parent, tr("Export settings"), NAME, "*.json")[0]


def ask_open(parent: QWidget) -> str:
    """What to read."""
    return QFileDialog.getOpenFileName(parent, tr("Import settings"), "", "*.json")[0]


class CarryPage(QWidget):
    """`ask_save`, `ask_open`: who asks for a file. `replaced()`: other settings hold now."""

    replaced = Signal()

    def __init__(
        self, desk: Desk, parent: QWidget | None, ask_save: Ask = ask_save, ask_open: Ask = ask_open
    ) -> None:
        super().__init__(parent)
        self._desk, self._ask_save, self._ask_open = desk, ask_save, ask_open
        self._path = self._digest = ""
        self._notice = NoticeBar(self)
        self.export = push(tr("Export settings…"), self._export)
        self.export.setAccessibleDescription(carried_words())
        self.open = push(tr("Import settings…"), self._open)
        before = tr("You see what would change before anything does. What the file does not name "
                    "goes back to its default; saved views are added, none removed.")  # fmt: skip
        self.open.setAccessibleDescription(before)
        self.undo = push(tr("As before the last import"), self._undo)
        after = tr("Takes the last import back as a whole, as long as nothing of it was changed.")
        self.undo.setAccessibleDescription(after)
        self._preview = QWidget(self)
        self._count = label(tone="strong")
        self.changes = QListWidget()
        self.changes.setProperty("framed", "yes")
        self.changes.setAccessibleName(tr("What the file changes"))
        self.changes.setFixedHeight(LIST_HEIGHT)
        wrap_rows(self.changes)
        self.bring_in = push(tr("Change these"), self._import, kind="primary")
        leave = push(tr("Leave all as it is"), self._leave)
        self._preview.setLayout(column(self._count, self.changes, row(None, leave, self.bring_in)))
        self._preview.hide()
        self.setLayout(column(
            self._notice, row(self.export, None), label(carried_words(), "dim"),
            row(self.open, None), label(before, "dim"), self._preview,
            row(self.undo, None), label(after, "dim"), space=10,
        ))  # fmt: skip

    def _export(self) -> None:
        if path := self._ask_save(self):
            target = Path(path if Path(path).suffix else f"{path}.json").absolute()
            Waiter(self, self._desk.do(ExportSettings(str(target))), self._exported, self._fail)

    def _exported(self, done: Done) -> None:
        path = Path(str(done.answer["path"]))
        self._notice.tell(
            tr("Written: {file} in {folder}", file=isolated(path.name),
               folder=isolated(str(path.parent))), tone="accent",
        )  # fmt: skip

    def _open(self) -> None:
        self._leave()
        if path := self._ask_open(self):
            self._path = str(Path(path).absolute())
            Waiter(self, self._desk.do(PreviewSettings(self._path)), self._show, self._fail)

    def _show(self, done: Done) -> None:
        self._notice.clear()
        found = [named(Change(*line)) for line in done.answer["changes"]]
        self._digest = str(done.answer["digest"])
        if not found:
            self._notice.tell(tr("The settings are as in the file."), tone="accent")
            return
        self._count.setText(trn("{n} change:", "{n} changes:", len(found)))
        self.changes.clear()
        self.changes.addItems([one_line(change_words(change)) for change in found])
        self.changes.setCurrentRow(0)
        self._preview.show()
        self.bring_in.setFocus()

    def _leave(self) -> None:
        had_keys = self._preview.isAncestorOf(self.focusWidget() or self)
        self._notice.clear()
        self._preview.hide()
        if had_keys:
            self.open.setFocus()

    def _import(self) -> None:
        command = ImportSettings(self._path, self._digest)
        self._leave()
        Waiter(self, self._desk.do(command), self._imported, self._fail)

    def _imported(self, done: Done) -> None:
        n = int(done.answer["n"])
        self._notice.tell(trn("{n} change is in force.", "{n} changes are in force.", n),
                          tone="accent")  # fmt: skip
        self.replaced.emit()

    def _undo(self) -> None:
        self._leave()
        Waiter(self, self._desk.do(TakeBackSettings()), self._taken_back, self._fail)

    def _taken_back(self, _: Done) -> None:
        self._notice.tell(tr("The settings are as before the last import."), tone="accent")
        self.replaced.emit()

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def named(change: Change) -> Change:
    """The same in the words of the dialog, where it has some."""
    lines = {shown.key: shown for shown in shown_settings()}
    shown = lines.get(change.name) if change.kind == "setting" else None
    if shown is None:
        names = {"hours": tr("Business hours"), "quiet_hours": tr("Quiet hours")}
        is_long = change.kind == "setting" and change.name in names
        if not is_long:
            return change
        kept = tr("set")
        return Change(change.kind, names[change.name], change.before and kept,
                      change.after and kept)  # fmt: skip
    words = dict(shown.choices)
    if shown.shape.value == "check":
        words = {"no": tr("off"), "yes": tr("on")}
    before, after = (words.get(v, v) for v in (change.before, change.after))
    return Change(change.kind, shown.name, before, after)
