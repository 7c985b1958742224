"""Step 6: the offer of a drill."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.first_run.around import Around


class DrillStep(QWidget):
    """`changed()`, `passed()`: as in every step."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.notice = NoticeBar(self)
        self.start = push(tr("Start a drill…"), self._start, icon="play")
        later = label(
            tr("Any other day: Ctrl+K, then “drill”. Readiness tells what else is missing."), "dim"
        )
        self.setLayout(column(row(self.start, None), self.notice, later, None))

    def begin(self) -> None:
        """Nothing to read."""

    def focus_first(self) -> None:
        self.start.setFocus()

    def is_done(self) -> bool:
        return True

    def keep(self) -> None:
        """The drill keeps its own score."""

    def _start(self) -> None:
        from socialdesk.ui.drill.start import open_start

        dialog = open_start(self._around.desk, self.window())
        dialog.started.connect(lambda _: self._on_started())

    def _on_started(self) -> None:
        self.notice.tell(tr("The drill opens in a window of its own."), tone="accent")
        self.passed.emit()
