"""The wheel scrolls the page, and changes no choice that only lies on its way."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QSlider,
    QWidget,
)

from socialdesk.ui.each_window import EachWindow

_CHOICES = (QComboBox, QAbstractSpinBox, QSlider)


class WheelTurns(QObject):
    """In every window of `app`, from when it first has the keyboard.

    Qt gives a choice under the pointer the keyboard and the next value: who scrolled past "Who can
    read it" had chosen other readers. Here it turns only once it has the keyboard.
    """

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        EachWindow(app, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or not isinstance(watched, QWindow):
            return False
        choice = _choice_at(watched, event)
        if choice is None or _has_keyboard(choice):
            return False
        page = _page_of(choice)
        if page is not None:
            QCoreApplication.sendEvent(page.viewport(), event)
        return True


def _choice_at(window: QWindow, event: QWheelEvent) -> QWidget | None:
    """The choice under the pointer, also where that is on a field inside it. An opened list is a
    window of its own, whose parent is the choice: there the wheel is wanted."""
    top = QWidget.find(window.winId())
    at = top.childAt(event.position().toPoint()) if top is not None else None
    while at is not None and not isinstance(at, _CHOICES):
        at = None if at.isWindow() else at.parentWidget()
    return at


def _page_of(choice: QWidget) -> QAbstractScrollArea | None:
    """What scrolls with it. An event that is sent goes to nobody above whom it was sent to."""
    at = choice.parentWidget()
    while at is not None and not isinstance(at, QAbstractScrollArea):
        at = at.parentWidget()
    return at


def _has_keyboard(choice: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (choice is focus or choice.isAncestorOf(focus))
