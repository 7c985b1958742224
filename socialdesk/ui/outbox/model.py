"""The outbox as a one-column table; rows are replaced as a whole when it changes."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.outbox.words import spoken

ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class OutboxModel(QAbstractTableModel):
    """At most some hundred rows (`ListOutbox.limit`)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[OutboxRow] = []

    def show(self, rows: list[OutboxRow]) -> None:
        """Newest first. The same replies in the same order keep selection and place."""
        if [r.id for r in rows] == [r.id for r in self._rows]:
            self._rows = rows
            self.tick()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def tick(self) -> None:
        """A second passed: countdowns read anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    @property
    def has_countdown(self) -> bool:
        """Whether any row's words change by themselves."""
        states = (OutboxState.HELD, OutboxState.UNCERTAIN, OutboxState.QUEUED)
        return any(r.state in states for r in self._rows)

    def row(self, n: int) -> OutboxRow | None:
        return self._rows[n] if 0 <= n < len(self._rows) else None

    def place(self, outbox_id: int) -> int:
        """The row of a reply, -1 when it is not shown."""
        return next((n for n, r in enumerate(self._rows) if r.id == outbox_id), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        r = self._rows[index.row()]
        if role == ROW:
            return r
        if role == Qt.ItemDataRole.DisplayRole:
            return r.text[:200]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(r, now_ms())
        return None
