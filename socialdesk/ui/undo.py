"""Undo and redo of every act, with a sentence that says which act it was, and whose mention."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import PeekUndo
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.toast import Toast
from socialdesk.ui.words import count, mentions, status_word

_STATUS_KINDS = frozenset({"status_set", "snoozed"})
# Sending again is a new act.
_NOT_REDONE = frozenset({"reply_written", "crm_case_made", "statement_queued"})


class UndoRedo(QObject):
    """`turned(id)`: the queue may look different; the first mention of the act, 0 = none.
    `failed(error)`. The stack lies in the store, so it outlives the window; each call takes the
    newest act of whoever is at the keys.

    An act that somebody changed since is refused, with an offer: the same key again (or the
    button) takes back what nobody changed, and the way to older acts is free."""

    turned = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._toast, self._peeking = desk, toast, Latest(self)
        self._next = ("", "")  # the kinds of act that undo and redo would turn
        self._offered = ("", 0)  # the sentence of an offer, and the act it is about

    def undo(self) -> None:
        """Take back the newest act not yet taken back."""
        from socialdesk.engine.commands import Undo

        command = Undo(self._past())
        Waiter(self, self._desk.do(command), self._on_undone, partial(self._on_refused, self.undo))

    def redo(self) -> None:
        """Do again what was taken back last."""
        from socialdesk.engine.commands import Redo

        command = Redo(self._past())
        Waiter(self, self._desk.do(command), self._on_redone, partial(self._on_refused, self.redo))

    def peek(self) -> None:
        """Ask what undo and redo would turn, for their names."""
        self._peeking.wait(self._desk.ask(PeekUndo()), self._on_peeked, lambda _: None)

    def undo_name(self) -> str:
        kind = self._next[0]
        return tr("Undo: {act}", act=_act_words(kind)) if kind else tr("Undo")

    def redo_name(self) -> str:
        kind = self._next[1]
        return tr("Redo: {act}", act=_act_words(kind)) if kind else tr("Redo")

    def _on_peeked(self, kinds: tuple[str, str]) -> None:
        self._next = kinds

    def _past(self) -> int:
        """The act that may be gone past: its offer stands on the screen."""
        (text, act), self._offered = self._offered, ("", 0)
        return act if text and self._toast.text == text else 0

    def _on_undone(self, done: Done) -> None:
        button = "" if done.answer.get("kind") in _NOT_REDONE else tr("Redo")
        self._say(done, self._undone_words(done), button, self.redo)

    def _on_redone(self, done: Done) -> None:
        act, whose = _act(done), self._whose(done)
        text = (
            tr("Done again: {act} ({whose})", act=act, whose=whose)
            if whose
            else tr("Done again: {act}", act=act)
        )
        self._say(done, text, tr("Undo"), self.undo)

    def _say(self, done: Done, text: str, button: str, run: Callable[[], object]) -> None:
        if n_left := int(done.answer.get("n_left", 0)):
            text = tr("{text}. Left as they are, changed since: {n}", text=text, n=count(n_left))
        self._toast.say(text, button, run)
        if not done.answer.get("job_id"):  # else the job tells when the list shall be read anew
            is_one = int(done.answer.get("n", 0)) == 1
            self.turned.emit(_first(done) if is_one else 0)  # of many none is the one to go to
        self.peek()

    def _undone_words(self, done: Done) -> str:
        act, whose = _act(done), self._whose(done)
        if not whose:
            return tr("Taken back: {act}", act=act)
        if done.answer.get("job_id"):
            return tr("Taking back: {act} ({whose})", act=act, whose=whose)
        row = self._row(done)
        if row is not None and done.answer.get("kind") in _STATUS_KINDS:
            return tr("{status} again: {whose}", status=status_word(row.status), whose=whose)
        return tr("Taken back: {act} ({whose})", act=act, whose=whose)

    def _whose(self, done: Done) -> str:
        """The author of the one mention, or how many mentions; "" when it is about none."""
        n = int(done.answer.get("n", 0))
        row = self._row(done)
        if n != 1:
            return mentions(n) if n else ""
        return isolated(row.author or row.handle) if row else ""

    def _row(self, done: Done) -> QueueRow | None:
        """The mention, when the act is about one."""
        first = _first(done)
        is_one = first and int(done.answer.get("n", 0)) == 1
        return self._desk.rows([first])[0] if is_one else None

    def _on_refused(self, again: Callable[[], object], error: SocialDeskError) -> None:
        if not isinstance(error, CommandError) or error.fault is not CommandFault.CHANGED_SINCE:
            self.failed.emit(error)
            return
        act = int(error.facts.get("act", 0))
        n, n_moved = int(error.facts.get("n", 0)), int(error.facts.get("n_moved", 0))
        kind = _act_words(str(error.facts.get("kind", "")))
        if n_moved < n:
            text = tr(
                "Not taken back: {act}. Of {n}, changed since: {n_moved}. The same key again "
                "takes back the others.",
                act=kind, n=mentions(n), n_moved=count(n_moved),
            )  # fmt: skip
            button = tr("Take back the others")
        else:
            text = tr("Not taken back: {act}. Somebody or something changed it since. The same key "
                      "again goes past it.", act=kind)  # fmt: skip
            button = tr("Go past it")
        self._toast.say(text, button, again)
        self._offered = (text, act)


def _act_words(kind: str) -> str:
    from socialdesk.engine.words import phrases  # what it needs is not wanted for the first paint

    return phrases.act(kind)


def _act(done: Done) -> str:
    return _act_words(str(done.answer.get("kind", "")))


def _first(done: Done) -> int:
    ids = done.answer.get("ids") or [0]
    return int(ids[0])
