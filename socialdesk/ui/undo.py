"""Undo and redo of every act, with a sentence that says which act it was."""

from PySide6.QtCore import QObject, Signal

from socialdesk.engine import phrases
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.toast import Toast


class UndoRedo(QObject):
    """`turned()`: the queue may look different. `failed(error)`. The stack lies in the store, so it
    outlives the window; each call takes the newest act of whoever is at the keys."""

    turned = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._toast = desk, toast

    def undo(self) -> None:
        """Take back the newest act not yet taken back."""
        from socialdesk.engine.commands import Undo

        Waiter(self, self._desk.do(Undo()), self._on_undone, self.failed.emit)

    def redo(self) -> None:
        """Do again what was taken back last."""
        from socialdesk.engine.commands import Redo

        Waiter(self, self._desk.do(Redo()), self._on_redone, self.failed.emit)

    def _on_undone(self, done: Done) -> None:
        self._toast.say(tr("Taken back: {act}", act=_act(done)), tr("Redo"), self.redo)
        self.turned.emit()

    def _on_redone(self, done: Done) -> None:
        self._toast.say(tr("Done again: {act}", act=_act(done)), tr("Undo"), self.undo)
        self.turned.emit()


def _act(done: Done) -> str:
    return phrases.act(str(done.answer.get("kind", "")))
