"""Whether an incident locks the account that would speak, for the mention that is shown.

The desk refuses by itself whatever is locked; this is so that a person sees it before they write.
"""

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.incident import Lock
from socialdesk.domain.queue.rows import Detail
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ReadLock
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.tasks import Latest


class LockWatch(QObject):
    """`turned`: `lock` is another. While nothing is known yet there is none."""

    turned = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._detail: Detail | None = None
        self.lock: Lock | None = None
        Bridge(desk, self).changed.connect(self._on_changed)

    def show_detail(self, detail: Detail | None) -> None:
        """The mention that would be answered."""
        self._detail = detail
        self._read()

    def _read(self) -> None:
        if (d := self._detail) is None:
            self._latest.forget()
            self._take(None)
            return
        future = self._desk.ask(ReadLock(d.account_id, d.row.id, d.lang))
        # Unread it locks nothing here; the desk still does when something is sent.
        self._latest.wait(future, self._take, lambda _: None)

    def _take(self, lock: Lock | None) -> None:
        if (lock or None) != self.lock:
            self.lock = lock or None
            self.turned.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.ALL}:
            self._read()
