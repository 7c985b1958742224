"""Undo and redo of every act, with a sentence that says which act it was, and whose mention."""

from PySide6.QtCore import QObject, Signal

from socialdesk.engine import phrases
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.toast import Toast
from socialdesk.ui.words import mentions


class UndoRedo(QObject):
    """`turned(id)`: the queue may look different; the first mention of the act, 0 = none.
    `failed(error)`. The stack lies in the store, so it outlives the window; each call takes the
    newest act of whoever is at the keys."""

    turned = Signal(object)
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
        act, whose = _act(done), self._whose(done)
        text = (
            tr("Taken back: {act} ({whose})", act=act, whose=whose)
            if whose
            else tr("Taken back: {act}", act=act)
        )
        self._toast.say(text, tr("Redo"), self.redo)
        self.turned.emit(_first(done))

    def _on_redone(self, done: Done) -> None:
        act, whose = _act(done), self._whose(done)
        text = (
            tr("Done again: {act} ({whose})", act=act, whose=whose)
            if whose
            else tr("Done again: {act}", act=act)
        )
        self._toast.say(text, tr("Undo"), self.undo)
        self.turned.emit(_first(done))

    def _whose(self, done: Done) -> str:
        """The author of the one mention, or how many mentions; "" when it is about none."""
        n, first = int(done.answer.get("n", 0)), _first(done)
        if n != 1:
            return mentions(n) if n else ""
        row = self._desk.rows([first])[0] if first else None
        return isolated(row.author or row.handle) if row else ""


def _act(done: Done) -> str:
    return phrases.act(str(done.answer.get("kind", "")))


def _first(done: Done) -> int:
    ids = done.answer.get("ids") or [0]
    return int(ids[0])
