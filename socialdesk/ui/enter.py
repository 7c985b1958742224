"""Enter presses the button that has the focus, as Space does, and reaches nothing behind it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from socialdesk.ui.each_window import EachWindow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class EnterPresses(QObject):
    """In every window of `app`, from when it first has the keyboard.

    Qt's own way (`autoDefault`) has Enter in a field press the first button of its dialog.
    Ctrl+Enter and what is typed in a field or a menu go where they always went.
    """

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        EachWindow(app, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _ENTER or event.modifiers() not in _PLAIN:
            return False
        button = QApplication.focusWidget()
        if not isinstance(button, QPushButton | QToolButton) or QApplication.activePopupWidget():
            return False
        if not event.isAutoRepeat():  # a key that is held presses once
            button.click()
        return True
