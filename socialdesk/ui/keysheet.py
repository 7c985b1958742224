"""All keys on one sheet, and the place to change them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import label
from socialdesk.ui.text_size import resize_for_text


class KeyField(QLineEdit):
    """Takes the next press (or two) as a key instead of as text; Backspace empties it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(tr("Press the new key"))
        self.setAccessibleName(tr("New key"))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in {
            QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride,
        }:  # fmt: skip
            press = press_of(event)
            if press in {"Tab", "Shift+Tab", "Esc"}:
                return super().event(event)
            if press and event.type() == QEvent.Type.KeyPress:
                self._take(press)
            event.accept()
            return True
        return super().event(event)

    def _take(self, press: str) -> None:
        begun = self.text()
        if press == "Backspace":
            self.clear()
        elif begun and " " not in begun and "+" not in begun and "+" not in press:
            self.setText(f"{begun} {press}")
        else:
            self.setText(press)


class KeySheet(QDialog):
    """`rebound(action, keys)`: the operator chose other keys, "" = the default ones."""

    rebound = Signal(str, str)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        self._tree = QTreeWidget(self)
        self._tree.setHeaderLabels([tr("What"), tr("Keys")])
        self._tree.setAccessibleName(tr("Keys"))
        self._tree.setRootIsDecorated(False)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._field = KeyField(self)
        self._use = QPushButton(tr("Use this key"), self)
        self._default = QPushButton(tr("Back to the default"), self)
        self._clash = label(parent=self, tone="warn", wraps=True)
        close = QPushButton(tr("Close"), self)
        line = QHBoxLayout()
        for widget in (self._field, self._use, self._default, close):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        how = tr("Single keys work outside text fields. Choose a line to change its key.")
        layout.addWidget(label(how, self, tone="dim", wraps=True))
        layout.addWidget(self._tree)
        layout.addWidget(self._clash)
        layout.addLayout(line)
        self._tree.currentItemChanged.connect(lambda *_: self._field.clear())
        self._field.textChanged.connect(self._on_key_changed)
        self._use.clicked.connect(lambda: self._rebind(self._field.text()))
        self._default.clicked.connect(lambda: self._rebind(""))
        close.clicked.connect(self.close)
        for button in (self._use, self._default, close):
            button.setAutoDefault(False)
        resize_for_text(self, 560, 600)
        self.fill()

    def fill(self, *_: object) -> None:
        """The actions in their groups, with the keys they have now."""
        chosen = self._chosen()
        self._tree.clear()
        bindings = self._actions.bindings()
        for action in self._actions:
            item = QTreeWidgetItem([action.name(), bindings[action.id]])
            item.setData(0, Qt.ItemDataRole.UserRole, action.id)
            self._tree.addTopLevelItem(item)
            if chosen is None or action.id == chosen.id:
                self._tree.setCurrentItem(item)
                chosen = action
        self._on_key_changed()

    def _chosen(self) -> Action | None:
        item = self._tree.currentItem()
        return None if item is None else self._actions[item.data(0, Qt.ItemDataRole.UserRole)]

    def _on_key_changed(self) -> None:
        action, keys = self._chosen(), self._field.text()
        losers = self._actions.clashes(action.id, keys) if action and keys else []
        names = ", ".join(self._actions[loser].name() for loser in losers)
        self._clash.setText(
            tr("{keys} is taken by: {names}.", keys=keys, names=names) if losers else ""
        )
        self._use.setEnabled(bool(keys) and not losers)
        self._default.setEnabled(action is not None)

    def _rebind(self, keys: str) -> None:
        action = self._chosen()
        if action is not None:
            self.rebound.emit(action.id, keys)
            self._field.clear()
