"""A long run of a rule as the screen follows it: begun, looked at, stopped, ended."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.rules import (
    ApplyRule,
    DryRunRule,
    PeekRun,
    StopRun,
    UndoRule,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.ui.tasks import Waiter

LOOK_MS = 300
Long = DryRunRule | ApplyRule | UndoRule


class Run(QObject):
    """`far(n_done, n_total)`; then once `done(answer)` or `failed(error)`. One run at a time."""

    far = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._n = desk, 0
        self._ticket = ""
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._ask)

    @property
    def is_running(self) -> bool:
        return bool(self._ticket)

    def begin(self, make: Callable[[str], Long]) -> None:
        """`make(ticket)`: the command."""
        self._n += 1
        self._ticket = f"{id(self):x}-{self._n}"
        self.far.emit(0, 0)
        self._look.start()
        Waiter(self, self._desk.do(make(self._ticket)), self._on_done, self._on_failed)

    def stop(self) -> None:
        """It ends after the piece it is at; `done` comes with what it has."""
        if self._ticket:
            Waiter(self, self._desk.do(StopRun(self._ticket)), _ignore, _ignore)

    def _ask(self) -> None:
        Waiter(self, self._desk.do(PeekRun(self._ticket)), self._on_far, _ignore)

    def _on_far(self, done: Done) -> None:
        if self._ticket and done.answer.get("n_total"):
            self.far.emit(int(done.answer["n_done"]), int(done.answer["n_total"]))

    def _on_done(self, done: Done) -> None:
        self._end()
        self.done.emit(done.answer)

    def _on_failed(self, error: SocialDeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._ticket = ""
        self._look.stop()


def _ignore(_: Any) -> None:
    """The run itself tells how it ended."""
