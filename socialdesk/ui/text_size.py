"""How large the text is: 100 to 200 per cent, and what is measured in pixels along with it.

Sizes in pixels are written as they are at 100 per cent. What paints or lays out by hand multiplies
them by the font they are given (`at_size`): nothing here is global.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QTableView, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.theme import POINTS

STEPS: Final = (100, 115, 130, 150, 175, 200)  # per cent, as the setting takes them
EDGE: Final = 20  # px of the screen that a large dialog leaves free
Px = Callable[[float], int]


def at_size(px: float, font: QFont) -> int:
    """`px` of 100 per cent, in the size of this font."""
    return round(px * font.pointSizeF() / POINTS)


def follow_text(widget: QWidget, lay_out: Callable[[Px], object]) -> None:
    """Run `lay_out(px)` now and whenever the text of `widget` changes its size."""
    _Follower(widget, lay_out)


def resize_for_text(window: QWidget, width: int, height: int) -> None:
    """A dialog that opens: px at 100 per cent, larger with its text as far as the screen goes."""
    room, font = window.screen().availableGeometry(), window.font()
    window.resize(
        max(width, min(at_size(width, font), room.width() - EDGE)),
        max(height, min(at_size(height, font), room.height() - 2 * EDGE)),
    )


def keep_width(widget: QWidget, width: int) -> None:
    """One width, px at 100 per cent."""
    follow_text(widget, lambda px: widget.setFixedWidth(px(width)))


def keep_rows(table: QTableView, height: int) -> None:
    """Rows of one height, px at 100 per cent."""

    def lay_out(px: Px) -> None:
        table.verticalHeader().setMinimumSectionSize(1)
        table.verticalHeader().setDefaultSectionSize(px(height))

    follow_text(table, lay_out)


def keep_lines(lines: QListWidget, height: int) -> None:
    """The same for a list, whose entries have sizes of their own; see `line_size`."""

    def lay_out(px: Px) -> None:
        for entry in (lines.item(n) for n in range(lines.count())):
            entry.setSizeHint(QSize(entry.sizeHint().width(), px(height)))

    follow_text(lines, lay_out)


def line_size(lines: QWidget, height: int) -> QSize:
    """Of an entry that is made now."""
    return QSize(100, at_size(height, lines.font()))


class _Follower(QObject):
    def __init__(self, widget: QWidget, lay_out: Callable[[Px], object]) -> None:
        super().__init__(widget)
        self._widget, self._lay_out = widget, lay_out
        self._points = 0.0
        widget.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange and watched is self._widget:
            self._follow()
        return False

    def _follow(self) -> None:
        font = self._widget.font()
        if font.pointSizeF() != self._points:
            self._points = font.pointSizeF()
            self._lay_out(lambda px: at_size(px, font))


def stepped(percent: int, way: int) -> int:
    """The next larger (1) or smaller (-1) size; the same at the end."""
    at = min(range(len(STEPS)), key=lambda n: abs(STEPS[n] - percent)) + way
    return STEPS[max(0, min(at, len(STEPS) - 1))]


def text_size_actions(size: Callable[[], int], choose: Callable[[int], None]) -> list[Action]:
    """Ctrl and plus, minus, nought. `size()`: per cent in use."""
    return [
        Action("text_larger", lambda: tr("Larger text"), "Ctrl++, Ctrl+Shift++, Ctrl+=",
               lambda: choose(stepped(size(), 1)), lambda: size() < STEPS[-1]),
        Action("text_smaller", lambda: tr("Smaller text"), "Ctrl+-",
               lambda: choose(stepped(size(), -1)), lambda: size() > STEPS[0]),
        Action("text_normal", lambda: tr("Text of the ordinary size"), "Ctrl+0",
               lambda: choose(STEPS[0])),
    ]  # fmt: skip
