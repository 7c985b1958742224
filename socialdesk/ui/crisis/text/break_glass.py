""" "Send now without the check": red, with a reason, and only where the specification allows it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from socialdesk.domain.crisis.look import MIN_SKIP_CHARS
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import column, label, push, row


class BreakGlass(QFrame):
    """`skip_asked(reason)`. Hidden until `offer`."""

    skip_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "danger")
        what = label(tr("It is logged, shown red on the board, and stands in the report."),
                     "danger")  # fmt: skip
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Why it cannot wait for the check"))
        self.reason.setPlaceholderText(tr("Why it cannot wait for the check"))
        self.reason.textChanged.connect(lambda _: self._show())
        self._missing = label(tone="dim", wraps=False)
        self.skip = push(tr("Send now without the check"), self._ask, kind="danger",
                         icon="triangle-alert")  # fmt: skip
        line = row(self.reason, self._missing, self.skip)
        line.setStretch(0, 1)
        self.setLayout(column(what, line, margin=8))
        self.setAccessibleName(tr("Send now without the check"))
        self._show()
        self.hide()

    def offer(self, code: str) -> None:
        """For a refusal that may be broken."""
        self.setAccessibleDescription(code)
        self.show()

    def _show(self) -> None:
        left = MIN_SKIP_CHARS - len(self.reason.text().strip())
        self.skip.setEnabled(left <= 0)
        self._missing.setText(
            trn("{n} more character", "{n} more characters", left) if left > 0 else ""
        )

    def _ask(self) -> None:
        self.skip_asked.emit(self.reason.text().strip())
