"""A wall of pictures that grow with their window, or the same as text: the board, the war room.

It is asked for at most once in two seconds however much comes in, and only while it is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QWidget,
)

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.figures import Section, Spot
from socialdesk.domain.frozen import frozen
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.base import Query
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.board.brush import sized
from socialdesk.ui.board.picture import Picture
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.plain import label, one_line
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once

PAUSE_MS = 2_000  # between two readings
TICK_MS = 30_000  # time itself makes things overdue
SMALLEST, LARGEST = 11.0, 64.0  # px of ordinary text
_SPOT = Qt.ItemDataRole.UserRole


@frozen
class Plan:
    """What a wall shows. `ask()`: the question; `sections(answer)`: its pictures, none = nothing is
    shown; `places`: row, column, rows, columns of each; `heights`: shares of the rows;
    `telling`: areas whose change it is read anew for; `nothing()`: what is said where no picture
    is."""

    name: Callable[[], str]
    ask: Callable[[], Query[Any]]
    sections: Callable[[Any], Sequence[Section]]
    places: Mapping[str, tuple[int, int, int, int]]
    heights: tuple[int, ...]
    telling: frozenset[Area]
    nothing: Callable[[], str] = str
    columns: int = 6
    lines: int = 38  # of text that its height is: readable at three metres on a full screen


class Wall(QWidget):
    """`chosen(Spot)`: its mentions are asked for. `answered(object)`: what was read."""

    chosen = Signal(object)
    answered = Signal(object)

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._plan, self._latest = desk, plan, Latest(self)
        self._is_stale = True
        self.answer: Any = None
        self._sections: Sequence[Section] | None = None  # of the answer; None = none came yet
        self._pictures_page, self._text = QWidget(self), QListWidget(self)
        self.pictures = {key: Picture(self._pictures_page, is_fixed=False) for key in plan.places}
        self._trouble = label(parent=self._pictures_page, tone="danger", wraps=True)
        self._nothing = label(parent=self._pictures_page, tone="dim", wraps=True)
        self._make()
        Bridge(desk, self).changed.connect(self._on_changed)
        self._pause = once(self, PAUSE_MS, self._on_pause_over)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)

    def _make(self) -> None:
        grid = QGridLayout(self._pictures_page)
        grid.setContentsMargins(10, 10, 10, 10)
        for key, picture in self.pictures.items():
            grid.addWidget(picture, *self._plan.places[key])
            picture.chosen.connect(self.chosen)
        for number, share in enumerate(self._plan.heights):
            grid.setRowStretch(number, share)
        for number in range(self._plan.columns):
            grid.setColumnStretch(number, 1)
        grid.addWidget(self._trouble, len(self._plan.heights), 0, 1, self._plan.columns)
        grid.addWidget(self._nothing, 0, 0, len(self._plan.heights), self._plan.columns)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._trouble.hide()
        self._nothing.hide()
        self._grid = grid
        self._text.setProperty("framed", "yes")
        self._text.setAccessibleName(self._plan.name())
        self._text.itemActivated.connect(self._on_line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._pictures_page)
        self._stack.addWidget(self._text)

    # --- what it shows ---

    @property
    def is_text(self) -> bool:
        return self._stack.currentWidget() is self._text

    def set_text(self, is_text: bool) -> None:
        """Lines in place of pictures, for those who hear them; the numbers are the same."""
        self._stack.setCurrentWidget(self._text if is_text else self._pictures_page)
        if is_text:
            self._show_text()
        shown = self._text if is_text else self.first
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> Picture:
        """Where the keys begin."""
        return next(iter(self.pictures.values()))

    def refresh(self) -> None:
        """Read anew: now, or when the pause since the last reading is over."""
        self._is_stale = True
        if self.isVisible() and not self._pause.isActive():
            self._on_pause_over()

    def _on_pause_over(self) -> None:
        if not self._is_stale or not self.isVisible():
            return
        self._is_stale = False
        self._pause.start()
        self._latest.wait(self._desk.ask(self._plan.ask()), self.show_answer, self._on_failed)

    def show_answer(self, answer: Any) -> None:
        self.answer = answer
        self._sections = sections = self._plan.sections(answer)
        self._trouble.hide()
        self._nothing.setText("" if sections else self._plan.nothing())
        self._nothing.setVisible(not sections)
        for picture in self.pictures.values():
            picture.setVisible(bool(sections))
        for section in sections:
            self.pictures[section.key].show_section(section)
        if self.is_text:
            self._show_text()
        self.answered.emit(answer)

    def _show_text(self) -> None:
        if self._sections is None:
            return
        at = self._text.currentRow()
        self._text.clear()
        if not self._sections:
            self._text.addItem(self._plan.nothing())
        for section in self._sections:
            head = QListWidgetItem(
                one_line(f"{section.title or tr('Now')}. {section.empty or section.summary}")
            )
            head.setFont(sized(self.font(), 15, bold=True))
            self._text.addItem(head)
            for spot in () if section.empty else section.spots:
                line = QListWidgetItem(one_line(spot.sentence))
                line.setData(_SPOT, spot)
                self._text.addItem(line)
        self._text.setCurrentRow(max(0, min(at, self._text.count() - 1)))

    def _on_line(self, line: QListWidgetItem) -> None:
        spot = line.data(_SPOT)
        if isinstance(spot, Spot) and spot.ref is not None and spot.size:
            self.chosen.emit(spot)

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._trouble.setText(f"{said.text} {said.next_step}".strip())
        self._trouble.show()

    # --- when it is read ---

    def _on_changed(self, changes: Changes) -> None:
        if changes.added or changes.updated or changes.areas & self._plan.telling:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        unit = max(
            SMALLEST,
            min(LARGEST, self.height() / self._plan.lines, self.width() * 0.65 / self._plan.lines),
        )
        self._grid.setSpacing(round(unit * 0.6))
        for picture in self.pictures.values():
            picture.set_unit(unit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._sections is not None:
            self.show_answer(self.answer)
