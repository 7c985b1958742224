"""What is open now, read again with every change, and a clock that ticks while one runs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.tasks import Latest

TICK_MS = 1_000
TELLING = frozenset({Area.INCIDENTS, Area.PROMISES, Area.ALL})


class StandingWatch(QObject):
    """`changed()`: what is open is different now. `ticked()`: a second passed while something is
    open. `standings`: the worst first."""

    changed = Signal()
    ticked = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.now, self._latest = desk, now, Latest(self)
        self.standings: list[Standing] = []
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.ticked)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.read()

    def read(self) -> None:
        """Ask anew; what cannot be read stays as it is, and the state bar says why."""
        self._latest.wait(self._desk.ask(ReadStanding()), self._take, self._on_silent)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & TELLING:
            self.read()

    def _take(self, standings: list[Standing]) -> None:
        self.standings = standings
        if standings and not self._tick.isActive():
            self._tick.start()
        elif not standings:
            self._tick.stop()
        self.changed.emit()

    def _on_silent(self, error: SocialDeskError) -> None:
        """The next change asks again."""
