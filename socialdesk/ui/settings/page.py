"""One section of the settings: what stands on it, scrolled, and what of it follows the settings."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.engine.settings import value_of
from socialdesk.ui.compose.parts import column
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.settings.fields import SettingLine

MARGIN, INSET = 4, 10  # px

Part = QWidget | Callable[[], QWidget]
Follow = Callable[[Mapping[str, str]], None]


class Page(ScrollArea):
    """`parts`: one below the other; those that are functions are made one by one (`grow`), so that
    no key waits for a whole page. `follow`: told of the settings, besides the lines among the
    parts, which follow by themselves. `grew(lines)`: setting lines that were made."""

    grew = Signal(object)

    def __init__(
        self, parts: Sequence[Part], parent: QWidget, follow: Sequence[Follow] = ()
    ) -> None:
        super().__init__(parent)
        self._left, self._follow = list(parts), tuple(follow)
        self._kept: Mapping[str, str] | None = None
        self.lines: list[SettingLine] = []
        inner = QWidget()
        self._box = column(None, space=18)
        self._box.setContentsMargins(MARGIN, 3 * MARGIN, MARGIN, 3 * MARGIN)
        inner.setLayout(self._box)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    @property
    def is_whole(self) -> bool:
        return not self._left

    def grow(self) -> None:
        """Make one part more."""
        part = self._left.pop(0)
        made = part if isinstance(part, QWidget) else part()
        made.setContentsMargins(INSET, 0, INSET, 0)  # room for the bar of what was found
        self._box.insertWidget(self._box.count() - 1, made)
        lines = [made] if isinstance(made, SettingLine) else made.findChildren(SettingLine)
        self.lines += lines
        if self._kept is not None:
            self._show(lines, self._kept)
            if self.is_whole:
                self._tell(self._kept)
        self.grew.emit(lines)

    def finish(self) -> None:
        """Make what is left."""
        while self._left:
            self.grow()

    def show_settings(self, settings: Mapping[str, str]) -> None:
        """As they are kept."""
        self._kept = settings
        self._show(self.lines, settings)
        if self.is_whole:
            self._tell(settings)

    def _show(self, lines: Sequence[SettingLine], settings: Mapping[str, str]) -> None:
        for line in lines:
            line.show_value(value_of(settings, line.key))

    def _tell(self, settings: Mapping[str, str]) -> None:
        for follow in self._follow:
            follow(settings)
