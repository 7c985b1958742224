"""A drill's window: its frame, its running line, its clipboard, its end."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.drill import DrillNow
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.drills import EndDrill
from socialdesk.engine.desk import Desk, EngineState, Notice
from socialdesk.engine.queries.drills import ReadDrill
from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.drill.bar import DrillBar
from socialdesk.ui.drill.clipboard import MarkedClipboard
from socialdesk.ui.drill.frame import BORDER, Frames
from socialdesk.ui.drill.score import ScoreDialog
from socialdesk.ui.shell import Shell
from socialdesk.ui.tasks import Latest, Waiter

TICK_MS: Final = 1_000


class Stage(QObject):
    """A child of the window. `now`: ms of the drill's clock."""

    def __init__(self, app: QObject, desk: Desk, window: Shell, now: Callable[[], int]) -> None:
        super().__init__(window)
        self._desk, self._window, self._now = desk, window, now
        self._drill: DrillNow | None = None
        self._reading, self._is_score_shown = Latest(self), False
        whole = window.centralWidget()
        assert whole is not None
        self.bar = DrillBar(whole)
        self.bar.end_asked.connect(self.end)
        layout = whole.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(BORDER, BORDER, BORDER, BORDER)
        layout.insertWidget(0, self.bar)
        window.actions_by_id.add(
            Action("end_drill", lambda: tr("End the drill"), "", self.end),
        )
        self.frames = Frames(app, self)
        self.frames.dress(window)
        MarkedClipboard(self)
        bridge = Bridge(desk, self)
        bridge.changed.connect(self._on_changed)
        bridge.state_changed.connect(self._on_state)
        bridge.noticed.connect(self._on_noticed)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()
        self.read()

    def read(self) -> None:
        """What is played, from the file."""
        self._reading.wait(self._desk.ask(ReadDrill()), self._on_read, lambda error: None)

    def end(self) -> None:
        """Ends it, at once: nothing of it can be lost. Once it is over: its score."""
        if self._drill is not None and self._drill.ended_at:
            self._show_score(self._drill)
            return
        Waiter(self, self._desk.do(EndDrill()), lambda done: self.read(), self._on_failed)

    def _on_read(self, drill: DrillNow | None) -> None:
        if drill is not None and drill.began_at and (not self._drill or not self._drill.began_at):
            # The account and four weeks came into the file before the window had an engine.
            self._window.inbox.take(Changes(areas=frozenset({Area.ALL})))
        self._drill = drill
        self._tick()
        if drill is not None and drill.ended_at and not self._is_score_shown:
            self._show_score(drill)

    def _show_score(self, drill: DrillNow) -> None:
        self._is_score_shown = True
        ScoreDialog(drill, self._window).open()

    def _tick(self) -> None:
        self.bar.show_now(self._drill, self._now())
        if self._drill is None or not self._drill.began_at:
            self.read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.SETTINGS, Area.ALL}:
            self.read()

    def _on_state(self, state: EngineState) -> None:
        if state is EngineState.READY:
            self.read()

    def _on_noticed(self, notice: Notice) -> None:
        if notice.code == "drill_ended":
            self.read()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._window.screens.failed.emit(error)
