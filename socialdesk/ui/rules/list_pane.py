"""The rules in the order they run: on or off, moved by mouse or keys, each in its own words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.rules.rule import RuleRow
from socialdesk.engine.words.rules import Names, off_words, sentence_of
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import now_ms
from socialdesk.ui.icons import SIZE, icon
from socialdesk.ui.plain import one_line
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import age
from socialdesk.ui.wrapped import wrap_rows

ID = Qt.ItemDataRole.UserRole
SENTENCE_CHARS = 90
MARK_WIDTH = 36  # px from the edge where a click switches on or off


class RuleList(QListWidget):
    """`rule_chosen(id)`: 0 = the new one; `turned(id, is_on)`; `moved(id, step)`."""

    rule_chosen = Signal(int)
    turned = Signal(int, bool)
    moved = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: dict[int, RuleRow] = {}
        self.setProperty("framed", "yes")
        self.setSpacing(1)
        self.setIconSize(QSize(SIZE, SIZE))
        wrap_rows(self)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAccessibleName(tr("Rules"))
        self.setAccessibleDescription(
            tr("Space switches a rule on or off, Ctrl with the arrow keys moves it.")
        )
        self.currentItemChanged.connect(self._on_current)
        self.model().rowsMoved.connect(self._on_dropped)

    def show_rules(
        self, rows: Sequence[RuleRow], names: Names, current: int, unsaved: Sequence[int]
    ) -> None:
        """`current`: the rule to stand on, 0 = the new one, where `unsaved` holds 0."""
        self._rows = {row.id: row for row in rows}
        self.blockSignals(True)
        self.clear()
        for n, row in enumerate(rows, 1):
            entry = _entry(n, row, names, is_unsaved=row.id in unsaved)
            self.addItem(entry)
        if 0 in unsaved:
            made = QListWidgetItem(tr("New (unsaved)"))
            made.setData(ID, 0)
            made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.addItem(made)
        ids = self.ids()
        self.setCurrentRow(ids.index(current) if current in ids else -1)
        self.blockSignals(False)

    def ids(self) -> list[int]:
        """In the order shown."""
        return [int(self.item(n).data(ID)) for n in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if (entry := self.currentItem()) is not None and entry.data(ID):
                self.moved.emit(int(entry.data(ID)), step)
            return
        if event.key() == Qt.Key.Key_Space and (entry := self.currentItem()) is not None:
            self._turn(entry)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at, is_rtl = event.position().toPoint(), self.isRightToLeft()
        from_edge = self.viewport().width() - at.x() if is_rtl else at.x()
        if from_edge < MARK_WIDTH and (entry := self.itemAt(at)) is not None:
            self._turn(entry)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for n in range(self.count()):
                _mark(self.item(n), self._rows.get(int(self.item(n).data(ID))))

    def _on_current(self, entry: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if entry is not None:
            self.rule_chosen.emit(int(entry.data(ID)))

    def _turn(self, entry: QListWidgetItem) -> None:
        row = self._rows.get(int(entry.data(ID)))
        if row is not None and row.rule is not None:
            self.turned.emit(row.id, not row.is_on)

    def _on_dropped(self, _: QModelIndex, start: int, __: int, ___: QModelIndex, to: int) -> None:
        at = to - 1 if to > start else to
        step = at - start
        entry = self.item(at)
        if step and entry is not None and entry.data(ID):
            self.moved.emit(int(entry.data(ID)), step)


def _entry(n: int, row: RuleRow, names: Names, *, is_unsaved: bool) -> QListWidgetItem:
    mark = " •" if is_unsaved else ""
    words = "\n".join((f"{n}. {one_line(row.name)}{mark}", did_words(row), words_of(row, names)))
    entry = QListWidgetItem(words)
    entry.setData(ID, row.id)
    _mark(entry, row)
    state = tr("on") if row.is_on else tr("off")
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {state}".replace("\n", ", "))
    return entry


def _mark(entry: QListWidgetItem, row: RuleRow | None) -> None:
    """On, off, or stopped by the program: by its form, and by its colour."""
    if row is None:
        return
    colors = tokens(QGuiApplication.palette())
    name, color = ("circle-check", colors.ok) if row.is_on else ("pause", colors.dim)
    if row.off_reason or row.rule is None:
        name, color = "triangle-alert", colors.warn
    entry.setIcon(icon(name, color))


def words_of(row: RuleRow, names: Names) -> str:
    """The rule in words, cut, on one line."""
    if row.rule is None:
        return tr("Cannot be read, switched off.")
    words = one_line(sentence_of(row.rule, names))
    return words if len(words) <= SENTENCE_CHARS else words[: SENTENCE_CHARS - 1] + "…"


def did_words(row: RuleRow) -> str:
    """What it did so far, or why it does nothing."""
    if row.off_reason:
        return off_words(row.off_reason)
    if not row.n_hits:
        return tr("On, did nothing yet.") if row.is_on else tr("Off.")
    when = age(row.last_hit_at, now_ms())
    did = trn("did {n} thing, last: {when}", "did {n} things, last: {when}", row.n_hits, when=when)
    return tr("On, {did}.", did=did) if row.is_on else tr("Off, {did}.", did=did)
