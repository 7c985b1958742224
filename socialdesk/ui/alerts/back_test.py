"""How loud alerts should be: a slider, and how often each place would have rung here so far."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QSlider, QWidget

from socialdesk.domain.crisis.alert import BackTest, Trial
from socialdesk.i18n import decimal, tr, trn
from socialdesk.ui import plain
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.words import moment

LOWEST, HIGHEST, STEP = 15, 45, 5  # tenths of surprise a watch needs
DEFAULT = 25
LIMITS = tuple(range(LOWEST, HIGHEST + 1, STEP))
MAX_SHOWN = 50


class BackTestBox(QFrame):
    """`chosen(limit)`: that sensitivity shall hold, tenths of surprise. To the right
    is louder, as a volume knob, which is a lower limit."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: BackTest | None = None
        self._held, self._now = DEFAULT, 0
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(LIMITS) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(tr("Sensitivity of alerts"))
        self.slider.valueChanged.connect(lambda _: self._show())
        self._said, self._more = plain.label(wraps=True), plain.label(tone="dim", wraps=True)
        self.dates = QListWidget()
        self.dates.setAccessibleName(tr("When it would have rung"))
        self.dates.setMaximumHeight(90)
        self.take = push(tr("Use this sensitivity"), self._choose)
        ends = row(label(tr("Calm"), "dim", wraps=False), self.slider,
                   label(tr("Sensitive"), "dim", wraps=False))  # fmt: skip
        self.setLayout(column(
            label(tr("Sensitivity"), "strong", wraps=False), ends, self._said, self._more,
            self.dates, row(self.take, None), space=6, margin=10,
        ))  # fmt: skip
        self.show_held(DEFAULT)

    @property
    def limit(self) -> int:
        """Where the slider stands, tenths."""
        return LIMITS[len(LIMITS) - 1 - self.slider.value()]

    def show_held(self, limit: int) -> None:
        """The sensitivity that holds; the slider goes there."""
        self._held = limit
        nearest = min(LIMITS, key=lambda known: abs(known - limit))
        self.slider.setValue(len(LIMITS) - 1 - LIMITS.index(nearest))
        self._show()

    def show_found(self, found: BackTest, now: int) -> None:
        """`now`: ms UTC."""
        self._found, self._now = found, now
        self._show()

    def _show(self) -> None:
        self.take.setEnabled(self.limit != self._held)
        self.dates.clear()
        self.dates.hide()  # until there is one
        trial = self._trial()
        if trial is None or self._found is None:
            self._said.setText(tr("Trying it on your own history …"))
            self._more.setText("")
        elif self._found.n_days < 1:
            self._said.setText(tr("There is no history yet to try it on."))
            self._more.setText(tr("The first 12 hours only learn; then this page can tell."))
        else:
            self._say(trial, self._found)
        self.slider.setAccessibleDescription(self._said.text())

    def _say(self, trial: Trial, found: BackTest) -> None:
        n = len(trial.rings)
        self._said.setText(
            trn("Would have rung {n} time in {days} days: {share} a week",
                "Would have rung {n} times in {days} days: {share} a week", n,
                days=round(found.n_days), share=decimal(trial.per_week(found.n_weeks)))
        )  # fmt: skip
        self._more.setText(
            trn("and marked the board {n} time without ringing",
                "and marked the board {n} times without ringing",
                max(0, len(trial.watches) - n))
        )  # fmt: skip
        for at in trial.rings[::-1][:MAX_SHOWN]:
            self.dates.addItem(moment(at, self._now))
        self.dates.setVisible(bool(n))

    def _trial(self) -> Trial | None:
        trials = self._found.trials if self._found else ()
        return next((t for t in trials if round(10 * t.limit) == self.limit), None)

    def _choose(self) -> None:
        self.chosen.emit(self.limit)
