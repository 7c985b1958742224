"""The hours of an account: the last 48, and those before them, as far back as it was there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from socialdesk.i18n import tr
from socialdesk.ui.accounts.coverage import HOUR_MS, HOURS, CoverageStrip, Ledger, hours, summary
from socialdesk.ui.compose.parts import column, label, now_ms, push
from socialdesk.ui.flow import Flow
from socialdesk.ui.words import moment

SPAN_MS = HOURS * HOUR_MS
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_PageUp})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_PageDown})


class HoursBox(QWidget):
    """`asked()`: other hours are to be read, those of `since` and `until`. On the strip ← and →,
    Page up and Page down go by 48 hours, Home to the first and End to the last."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = self._added_at = 0
        self._n_back = 0  # spans of 48 hours before the last one
        self._title = label(tone="heading")
        self.strip = CoverageStrip(self)
        self.words = label(tone="dim")
        self._earlier = push(tr("Earlier hours"), lambda: self._go(self._n_back + 1))
        self._later = push(tr("Later hours"), lambda: self._go(self._n_back - 1))
        buttons = Flow(self._earlier, self._later)
        self.setLayout(column(self._title, self.strip, self.words, buttons))
        self._name()

    @property
    def until(self) -> int:
        """Where the hours that are shown end, ms; the last of them may be the one we live in."""
        return (now_ms() // HOUR_MS + 1) * HOUR_MS - self._n_back * SPAN_MS

    @property
    def since(self) -> int:
        """Where they begin, ms."""
        return self.until - SPAN_MS

    def show_account(self, account_id: int, added_at: int) -> None:
        """Of another account the last hours come first. `added_at`: ms, 0 = nobody knows."""
        if account_id != self._id:
            self._n_back = 0
        self._id, self._added_at = account_id, added_at
        self._name()

    def show_coverage(self, ledger: list[Ledger]) -> None:
        """The rows of `ReadCoverage` from `since` to `until`."""
        found = hours(ledger, self._id, self.until - 1)
        self.strip.show_hours(found, self.until, now_ms())
        self.words.setText(summary(found, is_last=not self._n_back))

    def carry_on(self, old: "HoursBox") -> None:
        """The same hours as in `old`."""
        self._id, self._added_at, self._n_back = old._id, old._added_at, old._n_back
        self._name()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the strip has no use for itself."""
        key, is_mirrored = event.key(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if is_mirrored and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            key = Qt.Key.Key_Right if key == Qt.Key.Key_Left else Qt.Key.Key_Left
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.strip.hasFocus():
            event.ignore()
        elif key in _BACK:
            self._go(self._n_back + 1)
        elif key in _ON:
            self._go(self._n_back - 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._n_most if key == Qt.Key.Key_Home else 0)
        else:
            event.ignore()

    @property
    def _n_most(self) -> int:
        """How many spans one can go back: to the one in which the account was added."""
        last_since = self.since + self._n_back * SPAN_MS
        return max(0, -((self._added_at - last_since) // SPAN_MS)) if self._added_at else 0

    def _go(self, n_back: int) -> None:
        n_back = max(0, min(n_back, self._n_most))
        if n_back != self._n_back:
            self._n_back = n_back
            self._name()
            self.asked.emit()

    def _name(self) -> None:
        ends = [(self._earlier, self._n_back < self._n_most), (self._later, self._n_back > 0)]
        for button, is_able in ends:
            if button.hasFocus() and not is_able:  # else the keys would go anywhere
                self.strip.setFocus()
            button.setEnabled(is_able)
            button.setVisible(self._n_most > 0)
        until = moment(self.until, now_ms())
        self._title.setText(
            tr("48 hours until {when}", when=until) if self._n_back else tr("The last 48 hours")
        )
