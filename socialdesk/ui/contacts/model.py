"""People as a one-column table: ids in memory, rows read a page at a time on a reader thread."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import ContactRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.contacts import ReadContacts
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.contacts.words import spoken
from socialdesk.ui.tasks import Waiter

PAGE, KEPT = 100, 50  # rows a read; pages kept
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class ContactsModel(QAbstractTableModel):
    """A row whose page is still being read is blank, and painted when it came."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids = array("q")
        self._pages: OrderedDict[int, list[ContactRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0  # answers of an older list are dropped

    def show(self, ids: "array[int]") -> None:
        """By name. The same people keep selection and place; their rows are read again."""
        self._turn += 1
        self._asked.clear()
        if ids == self._ids:
            self._pages.clear()
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, 0))
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def id_at(self, n: int) -> int:
        """0 where there is no row."""
        return self._ids[n] if 0 <= n < len(self._ids) else 0

    def place(self, contact: int) -> int:
        """The row of a person, -1 when not listed."""
        try:
            return self._ids.index(contact)
        except ValueError:
            return -1

    def row(self, n: int) -> ContactRow:
        """Blank until its page is there."""
        number, offset = divmod(n, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            page = self._pages.get(number)  # a desk in this process may have answered at once
        return page[offset] if page is not None else ContactRow(self._ids[n])

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
        ):  # fmt: skip
            return None
        row = self.row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, now_ms())
        return row if role == ROW else row.name

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        ids = tuple(self._ids[number * PAGE : (number + 1) * PAGE])
        future = self._desk.ask(ReadContacts(ids))
        Waiter(self, future, partial(self._take, self._turn, number), partial(self._drop, number))

    def _take(self, turn: int, number: int, rows: Sequence[ContactRow]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(number)
        self._pages[number] = list(rows)
        if len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = number * PAGE
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, 0))

    def _drop(self, number: int, _: SocialDeskError) -> None:
        """The next paint asks again."""
        self._asked.discard(number)
