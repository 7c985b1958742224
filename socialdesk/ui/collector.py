"""Looks for garbage in the UI's own thread.

By itself Python looks in whatever thread happens to make something. A thread that reads the file
would then destroy the dialogs that were closed meanwhile, beside a UI that is inside Qt, and the
program would end with a segmentation fault. Other programs with Qt and threads collect by hand for
that reason (calibre).
"""

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 1_000


class Collector(QObject):
    """Looks for garbage in the thread it was made in, as often as Python itself would, but once a
    second at most.

    What the start made stays and is passed over from the first look on. So is what is there
    whenever modules came: a screen was opened for the first time, its modules never go, and the
    screen is kept. Measured with twelve screens: a whole look took 18 ms in the end, at 32,000
    objects; so it takes 3 ms at most, after each of them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._n_modules = 0  # at the last look
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK_MS)

    def look(self) -> None:
        """The oldest generation that is due, and with it all that are younger."""
        before, self._n_modules = self._n_modules, len(sys.modules)
        if self._n_modules > before:
            if before:  # the start left little, and a look through all it made takes 17 ms
                gc.collect()
            gc.freeze()
            return
        due = [
            generation
            for generation, (n, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if n > most > 0  # 0: Python has no rounds of this one
        ]
        if due:
            gc.collect(due[-1])
