"""What the desk announces, brought to the UI thread by one Qt signal."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.changes import NOTHING, Changes, join
from socialdesk.engine.desk import Desk, EngineState, Notice
from socialdesk.ui.arrivals import arrivals
from socialdesk.ui.timers import once

JOINED_MS = 50  # commits this close together are one announcement: 20 pages/s must not repaint 20x


class Bridge(QObject):
    """`changed(Changes)`, `noticed(Notice)`, `state_changed(EngineState)`; all on the UI thread.

    Ends with its parent. The first change after a pause passes at once.
    """

    changed = Signal(object)
    noticed = Signal(object)
    state_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = NOTHING
        self._pause = once(self, JOINED_MS, self._pass_on)
        end = desk.listen(partial(arrivals().bring, arrivals().expect(self._on_told, self)))
        self.destroyed.connect(lambda: end())

    def _on_told(self, told: Changes | Notice | EngineState) -> None:
        if isinstance(told, Notice):
            self.noticed.emit(told)
        elif isinstance(told, EngineState):
            self.state_changed.emit(told)
        else:
            self._kept = join(self._kept, told)
            if not self._pause.isActive():
                self._pass_on()

    def _pass_on(self) -> None:
        kept, self._kept = self._kept, NOTHING
        if kept:
            self._pause.start()
            self.changed.emit(kept)
