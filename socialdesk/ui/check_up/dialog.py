"""Check this computer: what `doctor` finds, each line with what to do next.

The engine looks, on a thread of its own: it has the file and the keyring, and a million mentions
take it a second. The window only shows.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from socialdesk.domain.check import Check
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.owning import CheckComputer
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import language, tr, trn
from socialdesk.ui.check_up.check_list import CheckList
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.tasks import Latest
from socialdesk.ui.text_size import resize_for_text

Go = Callable[[str], None]
_PLACES: Final = {"account": "accounts", "spend": "accounts", "outbox": "outbox"}


class CheckUpDialog(QDialog):
    """`go(place)`: to where something is put right; None = from here nowhere."""

    def __init__(self, desk: Desk, go: Go | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._go, self._asked = desk, go, Latest(self)
        resize_for_text(self, 620, 520)
        self._make()
        Speaker(self, self._make)

    def _make(self) -> None:
        """Also in another language: the engine's sentences come in it too."""
        self.setWindowTitle(tr("Check this computer"))
        self.notice = NoticeBar(self)
        self.state = label("", "heading")
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(tr("Checking…"))
        self.list = CheckList()
        self.list.currentRowChanged.connect(lambda _: self._on_current())
        self.list.itemActivated.connect(lambda _: self._open())
        self.again = push(tr("Check again"), self.check, icon="refresh-cw")
        self.copy_all = push(tr("Copy all of this"), self._copy, icon="copy")
        self.way = push(tr("Go there"), self._open)
        close = push(tr("Close"), self.accept)
        self.setLayout(column(
            self.notice, self.state,
            label(tr("Nothing is changed by this, and nothing leaves this computer."), "dim"),
            self._busy, self.list, row(self.again, self.copy_all, None, self.way, close),
            margin=16, space=10,
        ))  # fmt: skip
        self.way.setVisible(self._go is not None)
        self.list.setFocus()
        self.check()

    def check(self) -> None:
        """Look at everything again."""
        self.notice.clear()
        self.list.show_checks([])
        self.state.setText(tr("Checking…"))
        self._set_busy(True)
        asked = self._desk.do(CheckComputer(language()))
        self._asked.wait(asked, self._on_checked, self._on_failed)

    def _on_checked(self, done: Done) -> None:
        self._set_busy(False)
        checks = [Check(*one) for one in done.answer["checks"]]
        n = sum(not check.is_well for check in checks)
        wanted = trn("{n} thing to look at", "{n} things to look at", n)
        self.state.setText(wanted if n else tr("All is well."))
        self.list.show_checks(checks)
        self.list.setFocus()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._set_busy(False)
        self.state.setText(tr("The check could not be made"))
        self.notice.tell_sentence(sentence(error))
        self.again.setFocus()

    def _set_busy(self, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self.again.setEnabled(not is_busy)
        self.copy_all.setEnabled(not is_busy)

    def _place(self) -> str:
        """Where the chosen line is put right, "" = nowhere."""
        check = self.list.current()
        return "" if check is None or check.is_well else _PLACES.get(check.name, "")

    def _on_current(self) -> None:
        self.way.setEnabled(bool(self._place()))

    def _open(self) -> None:
        if self._go is not None and (place := self._place()):
            self.accept()
            self._go(place)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.list.text())
        self.notice.tell(tr("Copied."), tone="accent")


def open_check_up(desk: Desk, parent: QWidget, go: Go | None = None) -> CheckUpDialog:
    """Over a window."""
    dialog = CheckUpDialog(desk, go, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
