"""Which key does what, and changing it: press the new key where the old one stands."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from socialdesk.engine.settings import KEY_PREFIX
from socialdesk.i18n import tr
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.compose.parts import NoticeBar, column, label
from socialdesk.ui.keys import press_of, split
from socialdesk.ui.settings.mark import Mark

LINES_AT_ONCE = 8
NO_KEY = "none"  # stored for an action without a key; no key press is written so


class KeysPage(QWidget):
    """`chosen(action id, keys)`: "" goes back to the default keys. `grew()`: more lines are there;
    they are made a few at a time, so that no key waits for them."""

    chosen = Signal(str, str)
    grew = Signal()

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons: dict[str, KeyButton] = {}
        self._marks: dict[str, Mark] = {}
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._wanted: tuple[str, str] = ("", "")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column(
            label(tr("Choose a key, then press the new one. Esc keeps the old one. Single keys "
                     "work outside text fields only."), "dim"),
            self._notice, self._grid,
        ))  # fmt: skip
        self._kept: dict[str, str] = {}
        self._left = list(actions)
        self._growing = QTimer(self)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._grow)
        self._growing.start()

    def follow(self, settings: Mapping[str, str]) -> None:
        """The keys as they are kept."""
        self._kept = dict(settings)
        self.show_keys()

    def show_keys(self) -> None:
        """As they are now."""
        for action in self._buttons:
            self._show_key(action)

    def finish(self) -> None:
        """All lines at once."""
        while self._left:
            self._grow()

    def _grow(self) -> None:
        some, self._left = self._left[:LINES_AT_ONCE], self._left[LINES_AT_ONCE:]
        for action in some:
            self._add(action)
            self._show_key(action.id)
        if not self._left:
            self._growing.stop()
        self.grew.emit()

    def _add(self, action: Action) -> None:
        button = KeyButton(self)
        mark = Mark(action.name(), self, button)
        button.clicked.connect(partial(self._listen, action.id))
        button.pressed_key.connect(partial(self._on_key, action.id))
        button.setAccessibleDescription(tr("Press it, then the new key."))
        mark.back.connect(button.setFocus)
        mark.back.connect(partial(self.chosen.emit, action.id, ""))
        self._buttons[action.id], self._marks[action.id] = button, mark
        name = label(action.name(), wraps=False)
        name.setBuddy(button)
        line = len(self._buttons)
        for at, widget in enumerate((name, mark, button)):
            self._grid.addWidget(widget, line, at)

    def _show_key(self, action: str) -> None:
        button, known = self._buttons[action], self._actions[action]
        keys = self._kept.get(f"{KEY_PREFIX}{action}", "") or known.keys
        button.setText(tr("none") if keys in ("", NO_KEY) else keys)
        button.setAccessibleName(
            tr("{action}: {keys}", action=known.name(), keys=button.text())
        )  # fmt: skip
        self._marks[action].show_changed(keys != known.keys)

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
