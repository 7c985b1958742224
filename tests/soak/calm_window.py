"""The real window while its engine is in trouble: prints one JSON line, how late its loop was.

    python -m tests.soak.calm_window WORKSPACE_FOLDER SECONDS

Somebody leafs through the list meanwhile. The engine must be running.
"""

import json
import sys
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from socialdesk.app import run_window
from socialdesk.ui import application
from socialdesk.ui.window import MainWindow
from tests.bench.harness import percentile
from tests.soak.stall_probe import StallProbe

PRESS_MS, WARM_UP_MS = 200, 3_000


class Leafing(QObject):
    """Presses a key now and then for `seconds`, after the window has settled."""

    def __init__(self, window: MainWindow, seconds: float) -> None:
        super().__init__(window)
        self._window, self._seconds = window, seconds
        QTimer.singleShot(WARM_UP_MS, self._begin)

    def _begin(self) -> None:
        self._probe = StallProbe(lambda: "leaf", self)
        press = QTimer(self)
        press.timeout.connect(self._leaf)
        press.start(PRESS_MS)
        QTimer.singleShot(int(self._seconds * 1000), self._end)

    def _leaf(self) -> None:
        QTest.keyClick(self._window.inbox.pane.list, Qt.Key.Key_J)

    def _end(self) -> None:
        late = self._probe.all_ms
        worst = self._probe.worst
        facts = {"n": len(late), "p99_ms": percentile(late, 0.99), "worst_ms": worst.own_ms}
        print(json.dumps(facts), flush=True)
        self._window.close()


def main(folder: str, seconds: str) -> int:
    """The program's window, watched from within."""

    def watched(*args: Any, **named: Any) -> MainWindow:
        window = MainWindow(*args, **named)
        window.show()
        Leafing(window, float(seconds))
        return window

    vars(application)["MainWindow"] = watched
    return run_window(["--workspace", folder])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
