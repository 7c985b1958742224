"""Watches an event loop: how long it was not there to paint, and whether that was its own doing.

A timer of a few milliseconds notes when it comes late. On a machine that is busy with others, the
loop is late without a fault of ours: Linux says how long a thread was ready to run and had no
processor (/proc/self/schedstat, second number), and that is taken off where it is known.
"""

import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS: Final = 10
NOTED_MS: Final = 100.0
_SCHEDSTAT: Final = Path("/proc/self/schedstat")


@dataclass(frozen=True, slots=True)
class Gap:
    """`ms` by the clock; `own_ms` without what the machine made the thread wait for a processor;
    `what` went on."""

    ms: float
    own_ms: float
    what: str


class StallProbe(QObject):
    """`what()` names what is being done. `gaps`: those above NOTED_MS; all of them count for
    `worst`, the worst by `own_ms`, and for `all_ms`: `own_ms` of each."""

    def __init__(self, what: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._what = what
        self.gaps: list[Gap] = []
        self.all_ms = array("d")
        self.worst = Gap(0.0, 0.0, "")
        self._seen = time.perf_counter()
        self._waited = waited_ms()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(TICK_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def _tick(self) -> None:
        now, waited = time.perf_counter(), waited_ms()
        ms = (now - self._seen) * 1000 - TICK_MS
        own = max(0.0, ms - (waited - self._waited))
        self._seen, self._waited = now, waited
        gap = Gap(max(0.0, ms), own, self._what())
        self.all_ms.append(gap.own_ms)
        if gap.own_ms > self.worst.own_ms:
            self.worst = gap
        if gap.own_ms > NOTED_MS:
            self.gaps.append(gap)


def waited_ms() -> float:
    """How long the main thread of this process was ready and had no processor; 0 where the system
    does not say."""
    try:
        return int(_SCHEDSTAT.read_text().split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0
