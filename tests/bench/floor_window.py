"""The least window that Qt makes from Python: a frame with an empty table.

As perf/floor_app.py: it imports sqlite3 too, for a window without a database shows nothing.
"""

import json
import os
import sqlite3  # noqa: F401
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class FloorWindow(QMainWindow):
    """Ends the process after its first paint; prints what start_probe prints."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        ms = (time.time() - float(os.environ["BENCH_T0"])) * 1000
        facts = {"painted_ms": ms, "usable_ms": ms, "cpu_ms": time.process_time() * 1000}
        print(json.dumps(facts), flush=True)
        os._exit(0)


def main() -> None:
    """Shows the window."""
    app = QApplication(sys.argv[:1])
    window = FloorWindow()
    window.resize(1252, 720)
    window.setCentralWidget(QTableView())
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
