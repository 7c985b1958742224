"""The queue as a table: ids in memory, rows read a few at a time.

One column, fixed heights, no canFetchMore: measured on a million rows (house style, section 8).
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.ui.words import spoken

# Rows a read; rows kept. Some eight cards are in sight, eleven in a high window. After a jump, 32
# from the beginning of their page took 0.8 ms of the frame; 12 from the first in sight take 0.4.
# Kept are the cards of some hundred screens, 1.1 KB each.
PAGE, KEPT = 12, 1_200
EXPECTED = 4_800  # mentions of one act that show it at once, also those that are read meanwhile
ROOT = QModelIndex()
ROLE_ID = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Read = Callable[[Sequence[int]], list[QueueRow]]


class QueueModel(QAbstractTableModel):
    """`read(ids)`: one row per id, at most PAGE, in that order, blank when gone; a few ms.
    `now()`: ms UTC.

    A row shows an act at once (`expect`); what was read from the store replaces it as soon as the
    store announces that row."""

    def __init__(self, read: Read, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._read, self._now = read, now
        self._ids: array[int] = array("q")
        self._here: set[int] | None = None  # the same, made when it is asked for
        self._rows: OrderedDict[int, QueueRow] = OrderedDict()  # by mention
        self._expected: dict[int, dict[str, Any]] = {}

    # --- what the view asks ---

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.row(index.row()), self._now())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).author
        return self._ids[index.row()] if role == ROLE_ID else None

    # --- what the screen asks ---

    def row(self, number: int) -> QueueRow:
        """The row at `number`, as the operator shall see it now; those below are read with it."""
        mention_id = self._ids[number]
        row = self._rows.get(mention_id)
        if row is None:
            return self._fetch(number)
        self._rows.move_to_end(mention_id)
        return row

    def row_of(self, mention_id: int) -> QueueRow:
        """A mention wherever it is, as the operator shall see it now."""
        return self._as_expected(self.read([mention_id])[0])

    def id_at(self, number: int) -> int:
        """The mention at `number`, 0 when there is none."""
        return self._ids[number] if 0 <= number < len(self._ids) else 0

    def number_of(self, mention_id: int, near: int = 0) -> int:
        """Where a mention is, -1 when it is not here. Looks around `near` first."""
        with suppress(ValueError):
            return self._ids.index(mention_id, max(0, near - PAGE), near + PAGE)
        # Of a million ids 5 ms, and 18 by `index`, which makes a number of each.
        sought, ids = array("q", [mention_id]).tobytes(), self._ids.tobytes()
        at = ids.find(sought)
        while at > 0 and at % self._ids.itemsize:  # it lies across two of them
            at = ids.find(sought, at + 1)
        return at // self._ids.itemsize

    def ids(self, ranges: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        """The mentions of some ranges of rows (both ends within)."""
        parts = (self._ids[first : last + 1] for first, last in ranges)
        return tuple(chain.from_iterable(parts))

    def read(self, ids: Sequence[int]) -> list[QueueRow]:
        """Rows by id, wherever they are; blank ones when the file cannot be read just now (it is
        being restored or migrated): the next paint asks again."""
        try:
            return self._read(ids)
        except SocialDeskError:
            return [_blank(i) for i in ids]

    def absent(self, ids: Iterable[int]) -> list[int]:
        """Those that are not in the list. Of 50,000 rows, 4 ms when it is asked first."""
        if self._here is None:
            self._here = set(self._ids)
        return [i for i in ids if i not in self._here]

    def all_ids(self) -> "array[int]":
        """Every id, in the order of the list; not to be changed."""
        return self._ids

    # --- what changes ---

    def show(self, ids: "array[int]", *, is_rest: bool = False) -> None:
        """`ids`: int64, already filtered and sorted by SQL. `is_rest`: what was shown so far was
        their beginning, read this moment; its rows stay."""
        self.beginResetModel()
        self._ids, self._here = ids, None
        if not is_rest:
            self._rows.clear()
            self._expected.clear()
        self.endResetModel()

    def refresh(self, ids: Collection[int]) -> None:
        """The store announced these mentions: read them anew when they are shown next."""
        changed = set(ids)
        for mention_id in changed & self._expected.keys():
            del self._expected[mention_id]
        known = changed & self._rows.keys()
        for mention_id in known:
            del self._rows[mention_id]
        if known:
            self._announce()

    def reread(self) -> None:
        """Read every row anew when it is shown next."""
        self._rows.clear()
        self._expected.clear()
        self._announce()

    def expect(self, ids: Collection[int], **changes: Any) -> None:
        """Show an act before it is committed; `changes`: fields of QueueRow."""
        wanted = set(ids)
        for mention_id in wanted if len(wanted) <= EXPECTED else ():
            self._expected.setdefault(mention_id, {}).update(changes)
        for mention_id in wanted & self._rows.keys():
            self._rows[mention_id] = replace(self._rows[mention_id], **changes)
        self._announce()

    def remove(self, ids: Collection[int]) -> None:
        """Take mentions off the list that the operator's own act moved elsewhere."""
        if len(ids) == 1:
            number = self.number_of(next(iter(ids)))
            if number < 0:
                return
            self.beginRemoveRows(ROOT, number, number)
            if self._here is not None:
                self._here.discard(self._ids[number])
            del self._ids[number]
            self.endRemoveRows()
            return
        gone = set(ids)
        self.beginResetModel()
        self._ids = array("q", (i for i in self._ids if i not in gone))
        self._here = None
        self.endResetModel()

    def _fetch(self, number: int) -> QueueRow:
        """Reads what is not known of the PAGE rows from `number` on."""
        ids = [i for i in self._ids[number : number + PAGE] if i not in self._rows]
        try:
            rows = self._read(ids)
        except SocialDeskError:
            return _blank(ids[0])
        self._rows.update((row.id, self._as_expected(row)) for row in rows)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        return self._rows[ids[0]]

    def _as_expected(self, row: QueueRow) -> QueueRow:
        changes = self._expected.get(row.id)
        return replace(row, **changes) if changes and row.author else row

    def _announce(self) -> None:
        """Rows that are known look different."""
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))


def _blank(mention_id: int) -> QueueRow:
    return QueueRow(id=mention_id, network="")
