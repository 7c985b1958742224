"""What a priced account has cost this month, and the cap that a person raises or lowers here."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from socialdesk.domain.price import dollars
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.domain.spend import Spend, cap_text, forecast, read_cap
from socialdesk.engine.commands import SetMonthlyCap
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import column, label, now_ms, push, row
from socialdesk.ui.typed import Field
from socialdesk.ui.words import moment

STOPPED = "SpendCapError"  # fault of a watch that waits for the cap


class SpendBox(QWidget):
    """`asked(SetMonthlyCap)`: Enter in the field, or the button. Hidden for accounts that cost
    nothing."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._id, self._stop = 0, ""
        self._spent, self._pace, self._stopped = label(), label(tone="dim"), label(tone="warn")
        self._wrong = label(tone="danger")
        self._cap = QLineEdit()
        self._cap.setMaximumWidth(120)
        self._cap.setAccessibleName(tr("Most to spend a month, in US dollars"))
        self._cap.returnPressed.connect(self._ask)
        self._cap.textEdited.connect(lambda _: self._wrong.hide())
        name = label(tr("Most to spend a month, in US dollars"), wraps=False)
        name.setBuddy(self._cap)
        self._wrong.hide()
        self.setLayout(column(
            label(tr("What it costs"), "heading"), self._spent, self._pace, self._stopped,
            row(name, self._cap, push(tr("Set the cap"), self._ask), None), self._wrong,
            label(tr("Counted by the network's price list before each call; its own console has "
                     "the last word."), "dim"),
        ))  # fmt: skip
        self.hide()

    def show_account(self, a: AccountRow) -> None:
        """Which account it is about; the amounts come with `show_spend`."""
        if a.id != self._id:
            self._id = a.id
            for one in (self._spent, self._pace):
                one.clear()
            self._cap.clear()
            self._wrong.hide()
        self.setVisible(a.is_priced)
        self._stop = stop_words(a, now_ms())
        self._stopped.setText(self._stop)
        self._stopped.setVisible(bool(self._stop))

    def show_spend(self, s: Spend) -> None:
        """As it is now; a cap that somebody is typing stays as typed."""
        self._spent.setText(spent_words(s))
        self._pace.setText(left_words(s) if self._stop else pace_words(s, now_ms()))
        self._pace.setVisible(bool(self._pace.text()))
        if not self._cap.isModified():
            self._cap.setText(cap_text(s.cap))

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self._cap]

    def _ask(self) -> None:
        try:
            read_cap(self._cap.text())
        except ValueError:
            self._wrong.setText(tr("Write an amount in dollars, like 5 or 2.50."))
            self._wrong.show()
            self._cap.setFocus()
            return
        self._cap.setModified(False)
        self.asked.emit(SetMonthlyCap(self._id, self._cap.text()))


def spent_words(s: Spend) -> str:
    """How much of the cap is spent."""
    if not s.cap:
        return tr("The cap is 0: nothing is fetched or sent.")
    return trn(
        "Spent this month: {spent} of {cap}, in {n} call.",
        "Spent this month: {spent} of {cap}, in {n} calls.",
        s.n_calls, spent=dollars(s.micros), cap=dollars(s.cap),
    )  # fmt: skip


def pace_words(s: Spend, now: int) -> str:
    """What the month will cost at this pace. `now`: ms UTC."""
    if not s.micros:
        return ""
    will_be = forecast(s.micros, datetime.fromtimestamp(now / 1000, UTC))
    if will_be > s.cap:
        return tr("At this pace the cap is reached before the month ends ({sum} without it).",
                  sum=dollars(will_be))  # fmt: skip
    return tr("At this pace: about {sum} by the end of the month.", sum=dollars(will_be))


def left_words(s: Spend) -> str:
    """Why it stops before the cap: a call is paid by what it brings. "" when all is spent."""
    if not 0 < s.micros < s.cap:
        return ""
    return tr("The next call could cost more than what is left for fetching.")


def stop_words(a: AccountRow, now: int) -> str:
    """Since when the cap stops it, "" = it does not. `now`: ms UTC."""
    stopped = [w for w in a.watches if w.fault == STOPPED]
    if not stopped:
        return ""
    last = max(w.last_ok_at for w in stopped)
    if not last:
        return tr("The cap stops it. It has not been read yet.")
    return tr("The cap stops it. Last read at {when}.", when=moment(last, now))
