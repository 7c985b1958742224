"""Your data: copies and restores, everything as one file, how long words stay, and the way out."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from socialdesk.engine.desk import Desk
from socialdesk.ui.compose.parts import column
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.settings.data_copies import CopiesBox
from socialdesk.ui.settings.data_export import ExportBox
from socialdesk.ui.settings.data_keep import KeepBox
from socialdesk.ui.settings.data_leaving import LeavingBox

SPACE = 24  # px between the boxes

Make = Callable[[Desk, QWidget], QWidget]
BOXES: tuple[Make, ...] = (CopiesBox, ExportBox, KeepBox, LeavingBox)


class DataPage(QWidget):
    """One page of the settings; its boxes ask the engine by themselves. They are made one by one,
    so that no key waits for all of them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._left = desk, list(BOXES)
        self._box = column(space=SPACE)
        self.setLayout(self._box)
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._grow)
        self._soon.start()

    @property
    def is_whole(self) -> bool:
        return not self._left

    def _grow(self) -> None:
        made = self._left.pop(0)(self._desk, self)
        self._box.addWidget(made)
        if isinstance(made, KeepBox):  # its fields come when the rest is there
            made.made.connect(lambda: tab_as_read(self._box))
        if self.is_whole:
            self._soon.stop()
