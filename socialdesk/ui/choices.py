"""While the workspace file is damaged or newer, every way leads to the choices about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from socialdesk.engine.desk import EngineState
from socialdesk.ui.focus import focus_inside
from socialdesk.ui.screens import Screens

if TYPE_CHECKING:
    from socialdesk.ui.start.recovery import Recovery, RecoveryScreen


class Choices:
    """Shows the recovery screen in `screens`, once. `settled`: a choice was carried out."""

    def __init__(
        self,
        screens: Screens,
        recovery: "Callable[[], Recovery] | None",
        now: Callable[[], int],
        settled: Callable[[], None],
    ) -> None:
        self._screens, self._recovery, self._now = screens, recovery, now
        self._settled = settled
        self._shown: RecoveryScreen | None = None

    def show(self, state: EngineState) -> None:
        """The file is `state`: offer what can be done."""
        from socialdesk.ui.start.recovery import RecoveryScreen

        if self._shown is not None:
            return
        recovery = self._recovery() if self._recovery else None
        self._shown = RecoveryScreen(state, recovery, self._now(), self._screens)
        self._shown.settled.connect(self._on_settled)
        self._screens.show_once(self._shown)

    def lead(self) -> bool:
        """To the choices, when there are any: True, and nothing else may be shown."""
        if self._shown is None:
            return False
        self._screens.setCurrentWidget(self._shown)
        focus_inside(self._shown)
        return True

    def leave(self) -> None:
        """The file is well, or about to be."""
        if self._shown is not None:
            self._screens.leave(self._shown)
            self._shown = None

    def _on_settled(self) -> None:
        self.leave()
        self._settled()
