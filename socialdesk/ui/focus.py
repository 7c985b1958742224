"""Where the keys go."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

# What a text field does itself; when it has nothing to do, the window must not do it either.
TEXT_OWN = frozenset({"Ctrl+A", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+C", "Ctrl+X", "Ctrl+V"})


def is_text(widget: QWidget | None) -> bool:
    """Whether keys are letters there."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return False


def swallows(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether a list, also one that is folded up, would take this letter, to jump to a row that
    begins with it."""
    letter = event.text()
    is_one = letter.isprintable() and not letter.isspace() and bool(letter)
    return is_one and isinstance(widget, QAbstractItemView | QComboBox)


def has_keys(part: QWidget) -> bool:
    """Also while a dialog is in front, from which they will come back."""
    at = part.window().focusWidget()
    return at is not None and part.isAncestorOf(at)


def focus_inside(screen: QWidget) -> None:
    """Where a screen's own `focus_first` says; else its list, else the first widget that takes keys
    and is no text field, where single keys would be letters."""
    if (own := getattr(screen, "focus_first", None)) is not None:
        own()
        return
    able = [
        widget
        for widget in [screen, *screen.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not is_text(widget)
    ]
    lists = [widget for widget in able if isinstance(widget, QAbstractItemView)]
    for widget in (lists or able)[:1]:
        widget.setFocus(Qt.FocusReason.TabFocusReason)


def tab_as_read(layout: QLayout, after: QWidget | None = None) -> None:
    """Tab goes through what is laid out there as one reads it, also through what was added later
    than the rest: Qt puts that last. `after`: takes no keys itself; they come in at its place."""
    stops = list(_stops(layout))
    if after is not None and (before := _stop_before(after)) is not None:
        stops.insert(0, before)
    for one, next_ in pairwise(stops):
        QWidget.setTabOrder(one, next_)


def _stop_before(widget: QWidget) -> QWidget | None:
    """Who has the keys before it; Qt knows no order of what takes none."""
    before = widget.previousInFocusChain()
    while before not in (None, widget) and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    return before


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        entry = layout.itemAt(number)
        widget = entry.widget() if entry else None
        if widget is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        held = widget.widget() if isinstance(widget, QScrollArea) else widget
        inner = held.layout() if held is not None else entry.layout() if entry else None
        if inner is not None:
            yield from _stops(inner)
