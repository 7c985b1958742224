"""Where the keys go."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

# What a text field does itself; when it has nothing to do, the window must not do it either.
TEXT_OWN = frozenset({"Ctrl+A", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+C", "Ctrl+X", "Ctrl+V"})


def is_text(widget: QWidget | None) -> bool:
    """Whether keys are letters there."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return False


def focus_inside(screen: QWidget) -> None:
    """The first widget of a screen that takes keys."""
    for widget in [screen, *screen.findChildren(QWidget)]:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
