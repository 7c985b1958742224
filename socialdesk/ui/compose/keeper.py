"""Saves a draft while it is written, so that a crash costs at most two seconds of typing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import SaveDraft
from socialdesk.engine.desk import Desk
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.timers import once

IDLE_MS = 1_000  # after the last key
LONGEST_MS = 1_500  # after the first unsaved key, however fast somebody types on


class DraftKeeper(QObject):
    """`read()` gives what there is to save now, None when nothing is. `saved`, `failed(error)`.

    What is on its way to the file stays in `pending`, so that a mention shown again before the
    engine answered shows the newest words.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, read: Callable[[], SaveDraft | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._read = desk, read
        self.pending: dict[int, SaveDraft] = {}
        self._idle = once(self, IDLE_MS, self.save)
        self._longest = once(self, LONGEST_MS, self.save)

    def touch(self) -> None:
        """A key was pressed."""
        self._idle.start()
        if not self._longest.isActive():
            self._longest.start()

    def forget(self) -> None:
        """What is unsaved need not be saved: it was sent, or it is what the file already has."""
        self._idle.stop()
        self._longest.stop()

    @property
    def is_dirty(self) -> bool:
        """Whether a key was pressed since the last save."""
        return self._longest.isActive()

    def flush(self) -> None:
        """Save now, if a key was pressed since the last save."""
        if self.is_dirty:
            self.save()

    def save(self) -> None:
        """Save now."""
        self.forget()
        draft = self._read()
        if draft is None:
            return
        self.pending[draft.mention_id] = draft
        Waiter(
            self,
            self._desk.do(draft),
            lambda _: self._on_saved(draft),
            lambda error: self._on_failed(error),
        )

    def _on_saved(self, draft: SaveDraft) -> None:
        if self.pending.get(draft.mention_id) is draft:
            del self.pending[draft.mention_id]
        self.saved.emit()

    def _on_failed(self, error: SocialDeskError) -> None:
        """The words stay in `pending`, and the next key tries again."""
        self.failed.emit(error)
