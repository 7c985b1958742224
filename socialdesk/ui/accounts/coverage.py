"""48 hours of an account, hour by hour: read, failed, asked to wait, or not running.

A gap is drawn as a gap: "we saw nothing" is only true of hours in which we looked.
"""

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from socialdesk.i18n import tr, trn
from socialdesk.ui.plain import tip
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import moment

HOURS = 48
HOUR_MS = 3_600_000
Ledger = tuple[int, int, int, int, int]  # account, hour start ms, n fetched, failed, rate-limited


class Hour(Enum):
    """What an hour was like."""

    GAP = "gap"
    READ = "read"
    PARTLY = "partly"  # read, but some tries failed
    FAILED = "failed"
    WAITED = "waited"  # the network asked us to wait, and nothing was read


def hours(ledger: Iterable[Ledger], account_id: int, now: int) -> list[Hour]:
    """The last HOURS hours up to `now` (ms UTC), oldest first."""
    first = now // HOUR_MS * HOUR_MS - (HOURS - 1) * HOUR_MS
    found = [Hour.GAP] * HOURS
    for account, start, n_fetched, n_failed, n_waits in ledger:
        at = (start - first) // HOUR_MS
        if account == account_id and 0 <= at < HOURS:
            found[at] = _kind(n_fetched, n_failed, n_waits)
    return found


def hour_word(hour: Hour) -> str:
    """One hour in words."""
    return {
        Hour.GAP: tr("not running"), Hour.READ: tr("read"), Hour.PARTLY: tr("read, with failures"),
        Hour.FAILED: tr("failed"), Hour.WAITED: tr("asked to wait"),
    }[hour]  # fmt: skip


def summary(found: list[Hour], *, is_last: bool = True) -> str:
    """The strip in words. `is_last`: up to now."""
    n, of = sum(h in (Hour.READ, Hour.PARTLY) for h in found), len(found)
    said = [
        trn("Read in {n} of the last {all} hours", "Read in {n} of the last {all} hours", n, all=of)
        if is_last
        else trn("Read in {n} of these {all} hours", "Read in {n} of these {all} hours", n, all=of)
    ]
    for kind, text in (
        (Hour.GAP, trn("{n} hour not running", "{n} hours not running", found.count(Hour.GAP))),
        (Hour.FAILED, trn("{n} hour failed", "{n} hours failed", found.count(Hour.FAILED))),
        (Hour.WAITED, trn("{n} hour waiting", "{n} hours waiting", found.count(Hour.WAITED))),
    ):
        if kind in found:
            said.append(text)
    return ", ".join(said) + "."


class CoverageStrip(QWidget):
    """One cell per hour; colour and shape: full, half, crossed, dotted, empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hours: list[Hour] = []
        self._until = self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_hours(self, found: list[Hour], until: int, now: int) -> None:
        """Oldest first; the last one ends at `until` (ms), which is after `now` where it is the
        hour we live in."""
        self._hours, self._until, self._now = found, until, now
        is_last, when = until > now, moment(until, now)
        self.setAccessibleName(
            tr("The last {n} hours", n=len(found))
            if is_last
            else tr("48 hours until {when}", when=when)
        )
        self.setAccessibleDescription(summary(found, is_last=is_last))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(HOURS * 8, 28)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos().x() * len(self._hours) // max(1, self.width())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                at = len(self._hours) - 1 - at
            if 0 <= at < len(self._hours):
                start = self._until - (len(self._hours) - at) * HOUR_MS
                words = f"{moment(start, self._now)}: {hour_word(self._hours[at])}"
                QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens(self.palette())
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        inner = self.rect().adjusted(3, 4, -3, -4)
        n = max(1, len(self._hours))
        for i, hour in enumerate(self._hours):
            left = inner.left() + i * inner.width() // n
            right = inner.left() + (i + 1) * inner.width() // n
            cell = QRect(left, inner.top(), max(2, right - left - 1), inner.height())
            cell = QStyle.visualRect(self.layoutDirection(), self.rect(), cell)
            self._paint(painter, cell, hour)
        painter.end()

    def _paint(self, painter: QPainter, cell: QRect, hour: Hour) -> None:
        t = tokens(self.palette())
        if hour in (Hour.READ, Hour.PARTLY):
            full = cell if hour is Hour.READ else cell.adjusted(0, cell.height() // 2, 0, 0)
            painter.fillRect(full, QColor(t.ok))
            if hour is Hour.PARTLY:
                rest = cell.adjusted(0, 0, 0, -cell.height() // 2)
                painter.fillRect(rest, QBrush(QColor(t.danger), Qt.BrushStyle.BDiagPattern))
        elif hour is Hour.FAILED:
            painter.fillRect(cell, QBrush(QColor(t.danger), Qt.BrushStyle.DiagCrossPattern))
        elif hour is Hour.WAITED:
            painter.fillRect(cell, QBrush(QColor(t.warn), Qt.BrushStyle.Dense5Pattern))
        else:
            painter.setPen(QPen(QColor(t.line), 1))
            painter.drawLine(cell.bottomLeft(), cell.bottomRight())


def _kind(n_fetched: int, n_failed: int, n_waits: int) -> Hour:
    if n_fetched:
        return Hour.PARTLY if n_failed else Hour.READ
    if n_failed:
        return Hour.FAILED
    return Hour.WAITED if n_waits else Hour.GAP
