"""Choosing a period: its kind, one step back or forth, or two days of one's own."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from socialdesk.domain.times.period import Period, PeriodKind, day_of, month_of, week_of
from socialdesk.engine.words import dates
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import label, row, tool

LONGEST_DAYS = 3_659


class PeriodBar(QWidget):
    """`chosen(Period)`. `today`: of the person; `period`: shown at first."""

    chosen = Signal(object)

    def __init__(self, today: date, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self._today, self.period = today, period
        self._kind = QComboBox(self)
        self._kind.setAccessibleName(tr("Kind of period"))
        for kind, name in (
            (PeriodKind.DAY, tr("Day")), (PeriodKind.WEEK, tr("Week")),
            (PeriodKind.MONTH, tr("Month")), (PeriodKind.CUSTOM, tr("Own days")),
        ):  # fmt: skip
            self._kind.addItem(name, kind)
        self._kind.setCurrentIndex(self._kind.findData(period.kind))
        self._back = tool(tr("Period before"), lambda: self.step(-1), "chevron-left")
        self._forth = tool(tr("Period after"), lambda: self.step(1), "chevron-right")
        self._name = label(tone="heading", wraps=False)
        self._first, self._last = self._day(tr("First day")), self._day(tr("Last day"))
        self._to = label("–", wraps=False)
        self.setLayout(row(self._kind, self._back, self._name, self._first, self._to, self._last,
                           self._forth))  # fmt: skip
        self._show()
        self._kind.currentIndexChanged.connect(self._on_kind)

    def _day(self, name: str) -> QDateEdit:
        made = QDateEdit(self)
        made.setAccessibleName(name)
        made.setDisplayFormat("yyyy-MM-dd")
        made.setCalendarPopup(True)
        made.setKeyboardTracking(False)
        made.editingFinished.connect(self._on_days)
        return made

    def last_way(self) -> QWidget:
        """The last control that Tab reaches here."""
        return self._forth

    def step(self, n: int) -> None:
        """The period before or after."""
        self._take(self.period.step(n))

    def _on_kind(self) -> None:
        made = {
            PeriodKind.DAY: day_of, PeriodKind.WEEK: week_of, PeriodKind.MONTH: month_of,
        }  # fmt: skip
        kind = self._kind.currentData()
        day = min(self.period.last, self._today)
        if kind in made:
            self._take(made[kind](day))
        else:
            self._take(Period(PeriodKind.CUSTOM, self.period.first, self.period.last))

    def _on_days(self) -> None:
        first, last = _date_of(self._first.date()), _date_of(self._last.date())
        if self.period.kind is PeriodKind.CUSTOM and 0 <= (last - first).days <= LONGEST_DAYS:
            made = Period(PeriodKind.CUSTOM, first, last)
            if made != self.period:
                self._take(made)

    def _take(self, period: Period) -> None:
        self.period = period
        self._show()
        self.chosen.emit(period)

    def _show(self) -> None:
        is_own = self.period.kind is PeriodKind.CUSTOM
        self._name.setText(dates.name_of(self.period))
        self._name.setVisible(not is_own)
        for shown in (self._first, self._to, self._last):
            shown.setVisible(is_own)
        for field, day in ((self._first, self.period.first), (self._last, self.period.last)):
            field.setDate(QDate(day.year, day.month, day.day))


def _date_of(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
