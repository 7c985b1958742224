"""Erasing a person: what goes, what stays, the name typed by hand. The one act that asks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QLineEdit, QProgressBar, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.contacts import ErasePerson
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.contacts import WeighErasing
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text

RECEIPT_NAME = "erasing-receipt.json"


class EraseDialog(QDialog):
    """`erased(answer)`: it is done, and where the receipt lies."""

    erased = Signal(object)

    def __init__(self, desk: Desk, contact: int, author: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Erase a person"))
        resize_for_text(self, 520, 460)
        self._desk, self._contact, self._author = desk, contact, author
        self._name = ""
        self._notice = NoticeBar(self)
        self._title, self._counts = label(tone="heading"), label()
        self._stays = label(tone="dim")
        self._typed = QLineEdit()
        self._typed.setAccessibleName(tr("The person's name, to confirm"))
        self._typed.textChanged.connect(lambda _: self._show_state())
        self._ask = label()
        self._ask.setBuddy(self._typed)
        self._receipt = QLineEdit(str(Path.home() / RECEIPT_NAME))
        self._receipt.setAccessibleName(tr("Where the receipt goes"))
        self._receipt.textChanged.connect(lambda _: self._show_state())
        browse = push(tr("Choose…"), self._browse)
        self._backups = QCheckBox(tr("Delete the backups that still hold them, too"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(tr("Erasing"))
        self._bar.hide()
        self._cancel = push(tr("Keep them"), self.reject)
        self.erase = push(tr("Erase for ever"), self._do, kind="danger", icon="trash-2")
        self.setLayout(column(
            self._notice, self._title, self._counts, self._stays, self._ask, self._typed,
            label(tr("Where the receipt goes")), row(self._receipt, browse), self._backups, None,
            self._bar, row(None, self._cancel, self.erase), margin=16,
        ))  # fmt: skip
        self._show_state()
        Waiter(self, desk.ask(WeighErasing(contact, author)), self._show, self._fail)

    def _show(self, weighed: dict[str, Any] | None) -> None:
        if not isinstance(weighed, dict):
            self._notice.tell(tr("They are not here any more."))
            return
        self._name = str(weighed["name"])
        self._title.setText(tr("Erase {name}?", name=isolated(self._name)))
        counts: dict[str, int] = weighed["counts"]
        goes = ", ".join((
            trn("{n} mention", "{n} mentions", counts["mentions"]),
            trn("{n} earlier version", "{n} earlier versions", counts["versions"]),
            trn("the words of {n} reply", "the words of {n} replies", counts["replies"]),
            trn("{n} note", "{n} notes", counts["notes"]),
            trn("{n} set-aside item", "{n} set-aside items", counts["rejects"]),
        ))  # fmt: skip
        self._counts.setText(tr("This takes out, and it cannot be undone: {list}.", list=goes))
        self._stays.setText(_what_stays(weighed["named_in"]))
        self._ask.setText(tr("Type {name} to confirm", name=isolated(self._name)))
        if weighed["is_busy"]:
            self._notice.tell(
                tr("A reply to them is on its way. Settle it in the outbox first.")
            )  # fmt: skip
            self._name = ""
        self._typed.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        is_typed = self._typed.text().strip().casefold() == self._name.strip().casefold()
        can_erase = bool(self._name) and is_typed and bool(self._receipt.text().strip())
        self.erase.setEnabled(can_erase)
        dress(self.erase, "kind", "danger" if can_erase else "")

    def _browse(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Where the receipt goes"), self._receipt.text(), tr("Receipts (*.json)")
        )
        if path:
            self._receipt.setText(path)

    def _do(self) -> None:
        self._notice.clear()
        self._set_busy(True)
        command = ErasePerson(
            self._typed.text().strip(), self._receipt.text().strip(), self._contact, self._author,
            self._backups.isChecked(),
        )  # fmt: skip
        Waiter(self, self._desk.do(command), self._done, self._fail)

    def _done(self, done: Done) -> None:
        self._set_busy(False)
        self.accept()
        self.erased.emit(done.answer)

    def _fail(self, error: SocialDeskError) -> None:
        self._set_busy(False)
        self._notice.tell_sentence(sentence(error))

    def _set_busy(self, is_busy: bool) -> None:
        self._bar.setVisible(is_busy)
        for part in (self._typed, self._receipt, self._backups, self._cancel, self.erase):
            part.setEnabled(not is_busy)
        if not is_busy:
            self._show_state()


def _what_stays(named_in: list[str]) -> str:
    said = [
        tr("Replies keep when and by whom they were sent. What stands on the networks is not "
           "touched. Posts of theirs that come later are not stored."),
    ]  # fmt: skip
    if named_in:
        said.append(
            tr("These views and rules name them; change them by hand: {list}.",
               list=", ".join(isolated(name) for name in named_in))
        )  # fmt: skip
    return " ".join(said)


def open_erasing(
    desk: Desk, contact: int, author: int, parent: QWidget, done: Callable[[Any], None]
) -> EraseDialog:
    """Opened; `done(answer)` when it was done."""
    dialog = EraseDialog(desk, contact, author, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.erased.connect(done)
    dialog.open()
    return dialog
