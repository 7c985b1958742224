"""The reply policy in force and its limits, read again whenever the settings change."""

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.risk import Limits
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import number_of, policy_of
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.tasks import Latest


class PolicyWatch(QObject):
    """`read(Policy, Limits)`. `failed(error)`."""

    read = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self._read()

    def _read(self) -> None:
        self._latest.wait(self._desk.ask(ReadSettings()), self._take, self.failed.emit)

    def _take(self, settings: dict[str, str]) -> None:
        limits = Limits(number_of(settings, "risk_money"), number_of(settings, "risk_reach"))
        self.read.emit(policy_of(settings), limits)
