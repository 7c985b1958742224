"""Where a key press goes: to the text being written, to the list, or to an action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

from socialdesk.ui.actions import Actions
from socialdesk.ui.focus import TEXT_OWN, is_text, swallows
from socialdesk.ui.keys import press_of
from socialdesk.ui.timers import once

CHORD_MS = 1_500  # the second of two keys may take so long


class KeyPresses(QObject):
    """Runs the actions of `window` by their keys; `of_screen(press)`: whether what means none of
    them is a key of the screen in front."""

    def __init__(
        self, actions: Actions, of_screen: Callable[[str], bool], window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._actions, self._of_screen, self._window = actions, of_screen, window
        self._chord = once(self, CHORD_MS, actions.forget_begun)

    def watch(self) -> None:
        """Filter the system's window; it is made with the first show."""
        if handle := self._window.windowHandle():
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that the focused widget would swallow. A text field takes keys with Ctrl
        (Ctrl+K deletes to the end of the line on X11); a list takes letters, to jump to a row that
        begins with them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            focus = self._window.focusWidget()
            if is_text(focus):
                return press_of(event).startswith("Ctrl+") and self.press(event)
            return swallows(focus, event) and self.press(event)
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key means something here; it is done then."""
        press, in_text = press_of(event), is_text(self._window.focusWidget())
        if in_text and press in TEXT_OWN:
            return False
        is_known = self._actions.press(press, in_text=in_text)
        if self._actions.begun:
            self._chord.start()
        return is_known or self._of_screen(press)
