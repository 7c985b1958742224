"""A report as a page that scrolls: sentences first, then pictures, each with how it is counted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from socialdesk.domain.figures import Report, Section
from socialdesk.i18n import tr
from socialdesk.ui.board.picture import Picture
from socialdesk.ui.compose.parts import push
from socialdesk.ui.plain import clean, dress, label
from socialdesk.ui.scroll_area import ScrollArea

WIDE = frozenset({"glance", "volume", "topics", "busiest"})  # these take both columns
TWO_FROM = 760  # px, from which there are two columns
GAP = 12


class SectionCard(QWidget):
    """A picture, and below it *How is this counted?*"""

    def __init__(self, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = Picture(self)
        self.picture.show_section(section)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.picture)
        if section.how:
            self._how = label(section.how, self, tone="dim", wraps=True)
            self._how.hide()
            ask = push(tr("How is this counted?"), self._turn, kind="link")
            layout.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(self._how)
        layout.addStretch(1)

    def _turn(self) -> None:
        self._how.setVisible(not self._how.isVisible())


class ReportPage(ScrollArea):
    """`chosen(Spot)`: its mentions are asked for."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dress(self, "ground", "none")
        self.cards: list[SectionCard] = []
        self._n_columns = 0
        self._inside = QWidget(self)
        self.setWidget(self._inside)

    def show_report(self, report: Report) -> None:
        """Another report; the keys go to its first picture when they were in the last one."""
        had_keys = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._inside = QWidget(self)
        self._lines = QFrame(self._inside)
        self._lines.setProperty("bubble", "theirs")
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(14, 10, 14, 10)
        for text in report.lines:
            lines.addWidget(label(clean(text), self._lines, wraps=True))
        lines.addWidget(label(report.subtitle, self._lines, tone="dim", wraps=True))
        self.cards = [SectionCard(section, self._inside) for section in report.sections]
        for card in self.cards:
            card.picture.chosen.connect(self.chosen)
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(GAP, GAP, GAP, GAP)
        self._grid.setSpacing(GAP)
        self._n_columns = 0
        self._place()
        self.setWidget(self._inside)  # the one before is deleted
        if had_keys and self.cards:
            self.cards[0].picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.cards:
            self._place()

    def _place(self) -> None:
        n_columns = 2 if self.viewport().width() >= TWO_FROM else 1
        if n_columns == self._n_columns:
            return
        self._n_columns = n_columns
        while self._grid.takeAt(0) is not None:
            pass
        self._grid.addWidget(self._lines, 0, 0, 1, n_columns)
        at_row, at_column = 1, 0
        for card in self.cards:
            is_wide = n_columns == 1 or card.picture.section.key in WIDE
            if is_wide and at_column:
                at_row, at_column = at_row + 1, 0
            self._grid.addWidget(card, at_row, at_column, 1, n_columns if is_wide else 1)
            at_column = 0 if is_wide else (at_column + 1) % n_columns
            at_row += at_column == 0
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < n_columns else 0)
        self._grid.setRowStretch(at_row + 1, 1)
