"""What is promised and not kept yet, the next one first."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.promise import PromiseRow
from socialdesk.engine.commands.answering import DropPromise
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.answering import ListPromises
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import column, label, now_ms, when
from socialdesk.ui.plain import Elided, one_line, tip
from socialdesk.ui.tasks import Latest, Waiter

ID, MENTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PromisesPane(QWidget):
    """`mention_asked(id)`: Enter on one. Delete drops it. `failed(error)`. Hidden when empty."""

    mention_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        head = label(tr("Promises"), "heading", wraps=False)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([tr("By"), tr("To"), tr("Words")])
        self.tree.setAccessibleName(tr("Open promises"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.itemActivated.connect(self._on_activated)
        self.tree.installEventFilter(self)
        hint = Elided(self, "dim")
        hint.setText(tr("Enter shows the mention, Delete drops the promise."))
        hint.setToolTip(tip(hint.text()))
        self.setLayout(column(head, self.tree, hint, space=4, margin=8))
        Bridge(desk, self).changed.connect(self._on_changed)
        self.hide()
        self._read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_delete = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete
        if is_delete and event.type() == QEvent.Type.KeyPress:
            self._drop()
            return True
        return False

    def _drop(self) -> None:
        if (entry := self.tree.currentItem()) is not None:
            future = self._desk.do(DropPromise(int(entry.data(0, ID))))
            Waiter(self, future, lambda _: self._read(), self.failed.emit)

    def _on_activated(self, entry: QTreeWidgetItem) -> None:
        self.mention_asked.emit(entry.data(0, MENTION))

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.PROMISES, Area.QUEUE, Area.ALL}:
            self._read()

    def _read(self) -> None:
        self._latest.wait(self._desk.ask(ListPromises()), self._show, self.failed.emit)

    def _show(self, promises: list[PromiseRow]) -> None:
        chosen = self.tree.currentIndex().row()
        self.tree.clear()
        for promise in promises:
            self.tree.addTopLevelItem(_entry(promise))
        for n in range(2):
            self.tree.resizeColumnToContents(n)
        if promises:
            at = min(max(chosen, 0), len(promises) - 1)
            self.tree.setCurrentIndex(self.tree.model().index(at, 0))
        self.setVisible(bool(promises))


def _entry(promise: PromiseRow) -> QTreeWidgetItem:
    due = when(promise.due_at)
    if promise.due_at <= now_ms():
        due = tr("{when}, due", when=due)
    made = QTreeWidgetItem([due, one_line(promise.to), one_line(promise.words)])
    made.setData(0, ID, promise.id)
    made.setData(0, MENTION, promise.mention_id)
    return made
