"""The reply policy in force, read again whenever the settings change."""

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import policy_of
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.tasks import Latest


class PolicyWatch(QObject):
    """`read(Policy)`. `failed(error)`."""

    read = Signal(object)
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
        self.read.emit(policy_of(settings))
