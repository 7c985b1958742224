"""Which key does what, and changing it: press the new key where the old one stands."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.compose.parts import NoticeBar, column, label, push
from socialdesk.ui.keys import press_of, split

NO_KEY = "none"  # stored for an action without a key; no key press is written so


class KeysPage(QWidget):
    """`chosen(action id, keys)`: "" goes back to the default keys."""

    chosen = Signal(str, str)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons: dict[str, KeyButton] = {}
        self._lines: dict[str, list[QWidget]] = {}
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._wanted: tuple[str, str] = ("", "")
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for n, action in enumerate(actions):
            button = KeyButton(self)
            button.clicked.connect(partial(self._listen, action.id))
            button.pressed_key.connect(partial(self._on_key, action.id))
            back = push(tr("Default"), partial(self.chosen.emit, action.id, ""), kind="quiet")
            back.setAccessibleName(tr("Default key for {action}", action=action.name()))
            name = label(action.name(), wraps=False)
            self._buttons[action.id] = button
            self._lines[action.id] = [name, button, back]
            for at, widget in enumerate(self._lines[action.id]):
                grid.addWidget(widget, n, at)
        grid.setRowStretch(grid.rowCount(), 1)
        inner = QWidget()
        inner.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self.setLayout(column(
            label(tr("Choose a key, then press the new one. Esc keeps the old one. Single keys "
                     "work outside text fields only."), "dim"),
            self._notice, scroll,
        ))  # fmt: skip
        self.show_keys()

    def show_keys(self) -> None:
        """As they are now."""
        for action in self._actions:
            keys = self._actions.keys_of(action.id)
            button = self._buttons[action.id]
            button.setText(tr("none") if keys in ("", NO_KEY) else keys)
            button.setAccessibleName(
                tr("{action}: {keys}", action=action.name(), keys=button.text())
            )

    def narrow(self, typed: str) -> bool:
        """Show the actions with these words; whether there are any."""
        words, has_any = typed.casefold().split(), False
        for action in self._actions:
            text = f"{action.name()} {self._actions.keys_of(action.id)}".casefold()
            fits = all(w in text for w in words)
            has_any |= fits
            for widget in self._lines[action.id]:
                widget.setVisible(fits)
        return has_any

    def _listen(self, action: str) -> None:
        self._notice.clear()
        self.show_keys()
        self._buttons[action].listen()

    def _on_key(self, action: str, key: str) -> None:
        self.show_keys()
        if not key:
            return
        clashes = self._actions.clashes(action, key)
        if not clashes:
            self.chosen.emit(action, key)
            return
        names = ", ".join(self._actions[other].name() for other in clashes)
        self._wanted = (action, key)
        self._notice.tell(
            tr("{key} is used by: {names}. They would lose it.", key=key, names=names),
            [(tr("Use it here"), "take"), (tr("Keep it there"), "keep")],
        )

    def _on_notice(self, action: str) -> None:
        if action == "take":
            wanted, key = self._wanted
            for other in self._actions.clashes(wanted, key):
                self.chosen.emit(other, _without(self._actions.keys_of(other), key))
            self.chosen.emit(wanted, key)


def _without(keys: str, taken: str) -> str:
    """The keys that stay, NO_KEY for none: "" would be the default ones again."""
    left = [k for k in split(keys) if not (f"{k} ".startswith(f"{taken} ")
                                           or f"{taken} ".startswith(f"{k} "))]  # fmt: skip
    return ", ".join(left) or NO_KEY


class KeyButton(QPushButton):
    """Shows keys; after `listen` the next key press is the new one. `pressed_key("")`: Esc."""

    pressed_key = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._listens = False
        self.setAutoDefault(False)

    def listen(self) -> None:
        """The next key is for us, also Tab, Enter and those that the window has for itself."""
        self._listens = True
        self.setText(tr("Press the new key…"))
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        if self._listens and isinstance(event, QKeyEvent):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
            return True
        if self._listens and event.type() == QEvent.Type.FocusOut:
            self._end("")
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end("")
        elif key := press_of(event):
            self._end(key)

    def _end(self, key: str) -> None:
        self._listens = False
        self.pressed_key.emit(key)
