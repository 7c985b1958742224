"""The last resort: after an error that nobody handled, what is being written is saved at once, and
a sentence says that something did not happen.

Qt goes on after an error in a slot, and words are saved a second after the last key anyway; but who
meets an error may well end the program at once.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject

log = logging.getLogger(__name__)


class LastResort(QObject):
    """Over everything in `window`, for as long as the process lives. The hook that was there before
    writes the error to the log; `tell` says it on the screen."""

    def __init__(self, window: QObject, tell: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._tell = window, tell
        self._before = sys.excepthook
        sys.excepthook = self._on_unhandled

    def end(self) -> None:
        """The hook that was there before is there again."""
        sys.excepthook = self._before

    def _on_unhandled(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before(kind, error, trace)
        if threading.current_thread() is threading.main_thread():  # others touch no widget
            self._save()
            try:
                self._tell()
            except Exception:
                log.exception("an error could not be told")

    def _save(self) -> None:
        """Every draft and statement of which words are unsaved."""
        from socialdesk.ui.compose.keeper import DraftKeeper
        from socialdesk.ui.crisis.text.saver import StatementSaver

        find = self._window.findChildren
        keepers: tuple[DraftKeeper | StatementSaver, ...] = (
            *find(DraftKeeper),
            *find(StatementSaver),
        )
        for keeper in keepers:
            try:
                keeper.flush()
            except Exception:  # the others are saved all the same
                log.exception("words could not be saved")
