"""Where Tab goes: pressed as a person presses it, round a window and back."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QSpinBox, QWidget
from shiboken6 import isValid

MOST = 250  # presses; no screen has so many controls


@dataclass(frozen=True, slots=True)
class Round:
    """`order`: the widgets that had the keys, each once, in Tab's order. `trap`: the one that did
    not let go. `missed`: controls that Tab never came to. `is_reversed`: Shift+Tab went the same
    way back."""

    order: list[QWidget]
    trap: QWidget | None
    missed: list[QWidget]
    is_reversed: bool


def go_round(root: QWidget) -> Round:
    """Tab from where the keys are until they are there again; then Shift+Tab."""
    expected = stops_of(root)
    QTest.keyClick(root.windowHandle(), Qt.Key.Key_Tab)  # from a place that a click went to
    order, trap = _press(root, Qt.Key.Key_Tab)
    back, trap_back = _press(root, Qt.Key.Key_Backtab)
    if len(expected) <= 1:  # there is nowhere to go
        trap = trap_back = None
    missed = [w for w in expected if isValid(w) and w.isVisible() and not _is_met(w, order)]
    is_reversed = back[1:] == order[:0:-1]
    return Round(order, trap or trap_back, missed, is_reversed)


def stops_of(root: QWidget) -> list[QWidget]:
    """Everything in this window that Tab should come to."""
    found = [root, *root.findChildren(QWidget)]
    return [
        w for w in found
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()
        and w.focusProxy() is None and w.window() is root and not _is_inside_field(w)
        and not w.visibleRegion().isEmpty()
    ]  # fmt: skip


def _press(root: QWidget, key: Qt.Key) -> tuple[list[QWidget], QWidget | None]:
    first = QApplication.focusWidget()
    order = [first] if first is not None else []
    while len(order) < MOST:
        before = QApplication.focusWidget()
        QTest.keyClick(root.windowHandle(), key)
        now = QApplication.focusWidget()
        if now is None or now is before:
            return order, before
        if now is first:
            return order, None
        if now in order:
            return order, now
        order.append(now)
    return order, order[-1]


def _is_inside_field(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(widget, QLineEdit) and isinstance(parent, QSpinBox)


def _is_met(widget: QWidget, order: list[QWidget]) -> bool:
    """By itself, by the editor inside of it, or by another of its round buttons: the arrows go on
    from there."""
    group = widget.group() if isinstance(widget, QRadioButton) else None
    own = {id(button) for button in (group.buttons() if group else [widget])}
    return any(
        id(met) in own or (widget.isAncestorOf(met) and _is_inside_field(met))
        for met in order if isValid(met)
    )  # fmt: skip


def tell(widget: QWidget | None) -> str:
    """What it is, for a message."""
    if widget is None or not isValid(widget):
        return "nothing"
    words = widget.accessibleName() or getattr(widget, "text", lambda: "")() or widget.objectName()
    return f"{type(widget).__name__} {words!r}"
