"""One table for every list of an incident: rows as they were read, columns as functions of a row.

Rows of one height, words cut with …: the whole text of the chosen row stands below its table.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from socialdesk.domain.frozen import frozen
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import one_line, tip
from socialdesk.ui.text_size import Px, at_size, follow_text
from socialdesk.ui.theme import tokens

ROOT: Final = QModelIndex()
ROW_PX: Final = 30
SHORT_PX: Final = 48  # of every column; a short word, a number
NAME_EDGES: Final = 20  # px around the name of a column
TIGHT: Final = 0.8  # of the widths wished for: below, a row has two lines
Index = QModelIndex | QPersistentModelIndex
# What a table needs itself; every other key is told.
_OWN: Final = frozenset({"Up", "Down", "PgUp", "PgDown", "Home", "End", "Left", "Right", "Tab"})


@frozen
class Column:
    """`text(row)`: on one line. `tone(row)`: a colour of the theme, "" = as text; never the only
    sign. `width`: px where there is room, 0 = what is left, which shall be `least` px."""

    name: str
    text: Callable[[Any], str]
    width: int = 0
    tone: Callable[[Any], str] = lambda _row: ""
    least: int = 110


class RowsModel(QAbstractTableModel):
    """`id_of(row)`: by which the chosen one is found again after a reading."""

    def __init__(
        self, columns: Sequence[Column], id_of: Callable[[Any], int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._columns, self._id_of = tuple(columns), id_of
        self._rows: list[Any] = []

    @property
    def rows(self) -> list[Any]:
        return self._rows

    def show(self, rows: Sequence[Any]) -> None:
        """The same rows in the same order keep selection and place."""
        before = [self._id_of(row) for row in self._rows]
        if [self._id_of(row) for row in rows] == before:
            self._rows = list(rows)
            self.tick()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def tick(self) -> None:
        """Time passed, or the words of rows changed."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def place(self, row_id: int) -> int:
        """The row with this id, -1 when it is not shown."""
        return next((n for n, r in enumerate(self._rows) if self._id_of(r) == row_id), -1)

    def id_at(self, number: int) -> int:
        return self._id_of(self._rows[number]) if 0 <= number < len(self._rows) else 0

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].name
        if side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._columns[section].name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, at = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return at.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (one_line(c.text(row)) for c in self._columns)))
        tone = at.tone(row)
        if role == Qt.ItemDataRole.ForegroundRole and tone:
            return QColor(getattr(tokens(QGuiApplication.palette()), tone))
        if role == Qt.ItemDataRole.FontRole and tone in ("danger", "warn"):
            font = QFont(QGuiApplication.font())
            font.setBold(True)
            return font
        return None


class Table(QTableView):
    """`moved()`: another row is chosen, or its words changed. `acted()`: Enter. `pressed_key(str)`:
    a key as `keys.press_of` writes it, that is left to the screen around."""

    moved = Signal()
    acted = Signal()
    pressed_key = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        id_of: Callable[[Any], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = RowsModel(columns, id_of, self)
        self._wide, self._keys = tuple(columns), frozenset[str]()
        self._id, self._share = 0, 1.0
        self.setModel(self._rows)
        self.setProperty("rows", "yes")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._dress_head(columns)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.doubleClicked.connect(lambda _: self.acted.emit())
        follow_text(self, self._on_text_size)

    def _lay_out(self, px: Px) -> None:
        """Where large text leaves too little room, every column gives its part, and rows get a
        second line."""
        is_tight = self._share < TIGHT
        self.setWordWrap(is_tight)
        line = self.fontMetrics().lineSpacing() if is_tight else 0
        self.setMinimumHeight(px(ROW_PX * 3) + 2 * line)
        self.verticalHeader().setDefaultSectionSize(px(ROW_PX) + line)
        for n, column in enumerate(self._wide):
            if column.width:
                self.setColumnWidth(n, self._part(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._find_share()

    def _on_text_size(self, px: Px) -> None:
        self._find_share()
        self._lay_out(px)

    def _find_share(self) -> None:
        least = len(self._wide) * at_size(SHORT_PX, self.font())
        wished = sum(map(self._wish, self._wide))
        share = max(0.0, min(1.0, (self.viewport().width() - least) / max(1, wished - least)))
        if share != self._share:
            self._share = share
            self._lay_out(lambda px: at_size(px, self.font()))

    def _wish(self, column: Column) -> int:
        """px, with room for its name."""
        named = self.horizontalHeader().fontMetrics().horizontalAdvance(column.name)
        return max(at_size(column.width or column.least, self.font()), named + NAME_EDGES)

    def _part(self, column: Column) -> int:
        """px, in the room there is."""
        least = at_size(SHORT_PX, self.font())
        return least + int((self._wish(column) - least) * self._share)

    def take_keys(self, *keys: str) -> None:
        """The keys that `pressed_key` tells of; all others stay the window's."""
        self._keys = frozenset(keys)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """The chosen one stays; when it is gone, what took its place."""
        before = self.currentIndex().row()
        self._rows.show(rows)
        at = self._rows.place(self._id) if self._id else -1
        if at < 0 and rows:
            at = min(max(before, 0), len(rows) - 1)
        if at >= 0 and at != self.currentIndex().row():
            self.go_to(at)
        self._on_row()

    def tick(self) -> None:
        self._rows.tick()

    @property
    def rows(self) -> list[Any]:
        return self._rows.rows

    def current(self) -> Any:
        """The row that is chosen, None when there is none."""
        at = self.currentIndex().row()
        return self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None

    def choose(self, row_id: int) -> None:
        if (at := self._rows.place(row_id)) >= 0:
            self.go_to(at)

    def go_to(self, at: int) -> None:
        # selectRow finds no column in a mirrored table that is filled (Qt 6.11).
        flags = QItemSelectionModel.SelectionFlag
        index = self._rows.index(at, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = press_of(event)
        if press == "Enter":
            self.acted.emit()
        elif press in ("j", "k"):
            at = self.currentIndex().row() + (1 if press == "j" else -1)
            if 0 <= at < self._rows.rowCount():
                self.go_to(at)
        elif press in self._keys:
            self.pressed_key.emit(press)
        elif press in _OWN:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(480, at_size(ROW_PX * 8, self.font()))

    def _on_row(self) -> None:
        self._id = self._rows.id_at(self.currentIndex().row())
        self.moved.emit()

    def _dress_head(self, columns: Sequence[Column]) -> None:
        head = self.horizontalHeader()
        # Its own, empty selection: else every choice walks all columns (measured on long tables).
        head.setSelectionModel(QItemSelectionModel(self._rows, head))
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        for n, column in enumerate(columns):
            mode = QHeaderView.ResizeMode
            head.setSectionResizeMode(n, mode.Interactive if column.width else mode.Stretch)
