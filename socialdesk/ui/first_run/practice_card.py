"""The practice brand in the first steps: opened in a window of its own, removed with one click."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.errors import SocialDeskError, StoreError, StoreFault
from socialdesk.engine.commands.first_run import RemovePractice
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.tasks import Waiter


class PracticeCard(QFrame):
    """`opened()`: its window is there. `closed()`: it is gone again."""

    opened = Signal()
    closed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bubble", "theirs")
        self._desk, self._window = around.desk, around.practice
        self._is_removing = False
        self._notice = NoticeBar(self)
        self.open = push(tr("Open the practice brand"), self._open, kind="primary", icon="play")
        self.remove = push(tr("Remove the practice brand"), self._remove)
        words = tr(
            "An invented bakery with invented customers, in a window of its own. Answer them as "
            "you like: nothing leaves this computer."
        )
        self.setLayout(column(
            label(tr("Look around with a practice brand"), "strong"), label(words),
            row(self.open, self.remove, None), self._notice, margin=12,
        ))  # fmt: skip
        self._window.opened.connect(self._on_opened)
        self._window.closed.connect(self._on_closed)
        self._window.failed.connect(self._on_no_window)
        self._show()
        if self._window.is_open:  # its line is there at once where it listens
            self._on_opened()
        if self._is_foreign():
            self._notice.tell(
                tr("A workspace of yours is called “practice”, so there is no room for the "
                   "practice brand. Nothing of yours was touched.")
            )  # fmt: skip

    @property
    def is_there(self) -> bool:
        """It was opened before and not removed."""
        return self._window.place.database.exists() and not self._is_foreign()

    def _is_foreign(self) -> bool:
        return not self._window.place.is_practice

    def _show(self) -> None:
        self.open.setEnabled(not self._is_removing and not self._is_foreign())
        self.remove.setEnabled(not self._is_removing)
        self.remove.setVisible(self._window.place.folder.exists() and not self._is_foreign())

    # --- opening ---

    def _open(self) -> None:
        self._notice.tell(tr("Its window is coming. Close it to come back here."), tone="accent")
        self._window.open()

    def _on_opened(self) -> None:
        self._notice.tell(
            tr("It is open in a window of its own. Close that one to come back here."),
            tone="accent",
        )
        self._show()
        self.opened.emit()

    def _on_closed(self) -> None:
        self._show()
        if self._is_removing:
            self._end()
            return
        self._notice.tell(
            tr("Welcome back. Keep the practice brand for another time, or remove it."),
            tone="accent",
        )
        self.closed.emit()

    def _on_no_window(self) -> None:
        self._notice.tell(tr("The window did not come. Try again, or start it in a terminal: "
                             "socialdesk practice"))  # fmt: skip

    # --- removing ---

    def _remove(self) -> None:
        """Its window first: it would start its engine again."""
        self._is_removing = True
        self._show()
        self._notice.tell(tr("Removing…"), tone="accent")
        if self._window.is_open:
            self._window.close()
        else:
            self._end()

    def _end(self) -> None:
        Waiter(self, self._desk.do(RemovePractice()), lambda _: self._on_removed(), self._on_failed)

    def _on_removed(self) -> None:
        self._is_removing = False
        self._show()
        self._notice.tell(tr("The practice brand is gone, with every file it had."), tone="accent")
        self.open.setFocus()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._is_removing = False
        self._show()
        if isinstance(error, StoreError) and error.fault is StoreFault.LOCKED:
            self._notice.tell(tr("It is still open somewhere, or one of its drills is. Close that "
                                 "window and try again."))  # fmt: skip
        else:
            self._notice.tell_sentence(sentence(error))
