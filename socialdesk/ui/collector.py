"""Looks for garbage in the UI's own thread.

By itself Python looks in whatever thread happens to make something. A thread that reads the file
would then destroy the dialogs that were closed meanwhile, beside a UI that is inside Qt, and the
program would end with a segmentation fault. Other programs with Qt and threads collect by hand for
that reason (calibre).
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 1_000


class Collector(QObject):
    """Looks for garbage in the thread it was made in, as often as Python itself would, but once a
    second at most. What is there when it begins stays, and is passed over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.freeze()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK_MS)

    def look(self) -> None:
        """The oldest generation that is due, and with it all that are younger."""
        due = [
            generation
            for generation, (n, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if n > most > 0  # 0: Python has no rounds of this one
        ]
        if due:
            gc.collect(due[-1])
