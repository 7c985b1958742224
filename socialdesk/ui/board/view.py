"""The board itself: pictures that grow with their window, or the same as text.

It is asked for at most once in two seconds however much comes in, and only while it is seen.
"""

from collections.abc import Sequence

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
from socialdesk.domain.figures import Figures, Section, Spot
from socialdesk.engine.desk import Desk
from socialdesk.engine.messages import sentence
from socialdesk.engine.queries.reports import ReadBoard
from socialdesk.engine.reports.board_sections import board_of
from socialdesk.i18n import tr
from socialdesk.ui.board.brush import sized
from socialdesk.ui.board.picture import Picture
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.plain import label, one_line
from socialdesk.ui.tasks import Latest

PAUSE_MS = 2_000  # between two readings
TICK_MS = 30_000  # time itself makes things overdue
LINES = 38  # of text that the height of a board is: readable at three metres on a full screen
SMALLEST, LARGEST = 11.0, 64.0  # px of ordinary text
TELLING = frozenset({Area.QUEUE, Area.OUTBOX, Area.INSIGHT, Area.SETTINGS, Area.ALL})
_SPOT = Qt.ItemDataRole.UserRole
# Row, column, rows, columns of each section.
PLACES = {
    "numbers": (0, 0, 1, 6), "volume": (1, 0, 1, 4), "sentiment": (1, 4, 1, 2),
    "words": (2, 0, 1, 2), "authors": (2, 2, 1, 2), "networks": (2, 4, 1, 2),
}  # fmt: skip
HEIGHTS = (20, 42, 38)  # shares of the rows


class BoardView(QWidget):
    """`chosen(Spot)`: its mentions are asked for."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._is_stale = True
        self.figures: Figures | None = None
        self._pictures_page, self._text = QWidget(self), QListWidget(self)
        self.pictures = {key: Picture(self._pictures_page, is_fixed=False) for key in PLACES}
        self._trouble = label(parent=self._pictures_page, tone="danger", wraps=True)
        self._make()
        Bridge(desk, self).changed.connect(self._on_changed)
        self._pause, self._tick = QTimer(self), QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_over)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)

    def _make(self) -> None:
        grid = QGridLayout(self._pictures_page)
        grid.setContentsMargins(10, 10, 10, 10)
        for key, picture in self.pictures.items():
            grid.addWidget(picture, *PLACES[key])
            picture.chosen.connect(self.chosen)
        for number, share in enumerate(HEIGHTS):
            grid.setRowStretch(number, share)
        for number in range(6):
            grid.setColumnStretch(number, 1)
        grid.addWidget(self._trouble, len(HEIGHTS), 0, 1, 6)
        self._trouble.hide()
        self._grid = grid
        self._text.setProperty("framed", "yes")
        self._text.setAccessibleName(tr("The board as text"))
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
        shown = self._text if is_text else self.pictures["numbers"]
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._latest.wait(self._desk.ask(ReadBoard()), self.show_figures, self._on_failed)

    def show_figures(self, figures: Figures) -> None:
        self.figures = figures
        self._trouble.hide()
        sections = board_of(figures)
        for section in sections:
            self.pictures[section.key].show_section(section)
        if self.is_text or self._text.count() == 0:
            self._show_text(sections)

    def _show_text(self, sections: Sequence[Section]) -> None:
        at = self._text.currentRow()
        self._text.clear()
        for section in sections:
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
        if changes.added or changes.updated or changes.areas & TELLING:
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
        unit = max(SMALLEST, min(LARGEST, self.height() / LINES, self.width() / 58))
        self._grid.setSpacing(round(unit * 0.6))
        for picture in self.pictures.values():
            picture.set_unit(unit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.figures is not None:
            self._text.clear()
            self.show_figures(self.figures)
