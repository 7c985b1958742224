"""Saves a statement a second after the last key, one language after the other."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk, Done
from socialdesk.ui.crisis.text.draft import StatementDraft
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.timers import once

IDLE_MS = 1_000  # after the last key: every save is a version, so not at each of them


class StatementSaver(QObject):
    """`saved(draft)`: everything written is stored. `failed(error)`: the words stay where they are,
    and the next key tries again.

    One save at a time: the first language makes the statement that the others belong to.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft: StatementDraft | None = None
        self._waiting: list[StatementDraft] = []  # left, and not yet stored
        self._is_busy = False
        self._idle = once(self, IDLE_MS, self.flush)

    def show(self, draft: StatementDraft | None) -> None:
        """Another text is written; the one before is stored first."""
        self.flush()
        if self._draft is not None and self._draft.dirty():
            self._waiting.append(self._draft)
        self._draft = draft

    def touch(self) -> None:
        """A key was pressed."""
        self._idle.start()

    @property
    def is_settled(self) -> bool:
        """Whether all that was written is stored."""
        return not self._is_busy and not (self._draft and self._draft.dirty())

    def flush(self) -> None:
        """Now."""
        self._idle.stop()
        draft = next((d for d in (*self._waiting, self._draft) if d and d.dirty()), None)
        if self._is_busy or draft is None:
            return
        lang = draft.dirty()[0]
        draft.lang(lang).is_dirty = False  # a key from now on makes it so again
        self._is_busy = True
        Waiter(
            self, self._desk.do(draft.command(lang)), partial(self._on_saved, draft, lang),
            partial(self._on_failed, draft, lang),
        )  # fmt: skip

    def _on_saved(self, draft: StatementDraft, lang: str, done: Done) -> None:
        self._is_busy = False
        words = draft.lang(lang)
        draft.statement_id = int(done.answer.get("statement_id", draft.statement_id))
        words.version_id = int(done.answer.get("version_id", words.version_id))
        words.hash = str(done.answer.get("hash", words.hash))
        self._waiting = [d for d in self._waiting if d.dirty()]
        if self._waiting or draft.dirty():
            if not self._idle.isActive():
                self.flush()
        else:
            self.saved.emit(draft)

    def _on_failed(self, draft: StatementDraft, lang: str, error: SocialDeskError) -> None:
        self._is_busy = False
        draft.lang(lang).is_dirty = True
        self.failed.emit(error)
