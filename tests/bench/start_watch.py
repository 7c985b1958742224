"""Watches the real window start, prints one JSON line about it, and ends the process."""

import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from socialdesk.ui import application
from socialdesk.ui.window import MainWindow


def install() -> None:
    """On the next window that is made; it gets no engine."""

    def watched(*args: Any, **named: Any) -> MainWindow:
        window = MainWindow(*args, **named)
        Watch(window)
        return window

    vars(application).update(MainWindow=watched, _Life=NoEngine)


class Watch(QObject):
    """Notes when the window was painted first, and when its list was there to work with."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._pane = window.inbox.pane
        self._is_listed = False
        self._facts: dict[str, Any] = {}
        window.installEventFilter(self)
        self._pane.list.viewport().installEventFilter(self)
        self._pane.listed.connect(self._on_listed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            if watched is self.parent() and not self._facts:
                self._facts["modules"] = sorted(sys.modules)
                QTimer.singleShot(0, self._on_painted)
            elif self._is_listed and self._pane.model.rowCount():
                QTimer.singleShot(0, self._report)
        return False

    def _on_painted(self) -> None:
        self._facts["painted_ms"] = since_exec_ms()

    def _on_listed(self) -> None:
        self._is_listed = True
        if not self._pane.model.rowCount():
            QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        if "painted_ms" not in self._facts:
            QTimer.singleShot(0, self._report)
            return
        modules = self._facts.pop("modules")
        ours = [name for name in modules if name.partition(".")[0] in {"socialdesk", "tests"}]
        self._facts["n_modules"] = len(modules) - len(ours)
        self._facts |= {"usable_ms": since_exec_ms(), "cpu_ms": time.process_time() * 1000}
        print(json.dumps(self._facts), flush=True)
        os._exit(0)


class NoEngine(application._Life):
    """An engine of its own would outlive this process."""

    def _begin(self) -> None:
        pass


def since_exec_ms() -> float:
    """Since the parent called exec."""
    return (time.time() - float(os.environ["BENCH_T0"])) * 1000
