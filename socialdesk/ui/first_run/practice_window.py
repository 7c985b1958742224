"""The practice brand's window: a process of its own, which is opened, noticed when it closes, and
closed before the brand is removed."""

import sys

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from socialdesk.ui.single import CLOSE, RAISE, server_name

TRY_MS = 250  # between two looks whether the window listens
OPENING_MS = 60_000  # a slow machine's start; after that it is not awaited any more


class PracticeWindow(QObject):
    """`opened()`, `closed()`: of the window, whoever opened it. `failed()`: it did not come.

    Seen by its line for later starts: the line ends with the process, also with a killed one.
    """

    opened = Signal()
    closed = Signal()
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.place: Workspace = workspace(PRACTICE_WORKSPACE)
        self.is_open = False
        self._waited_ms = 0
        self._line = QLocalSocket(self)
        self._line.connected.connect(self._on_connected)
        self._line.disconnected.connect(self._on_disconnected)
        self._again = QTimer(self)
        self._again.setInterval(TRY_MS)
        self._again.timeout.connect(self._look_again)
        if self.place.window_lock.exists():
            self._look()

    def open(self) -> None:
        """Start it; one that is open comes to the front."""
        if self.is_open:
            self._say(RAISE)
            return
        program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
        words = [*program[1:], "--workspace", PRACTICE_WORKSPACE]
        if not QProcess.startDetached(program[0], words)[0]:
            self.failed.emit()
            return
        self._waited_ms = 0
        self._again.start()

    def close(self) -> None:
        """Ask it to close; `closed` tells when it has."""
        self._say(CLOSE)

    def _say(self, words: str) -> None:
        self._line.write(words.encode())
        self._line.flush()

    def _look(self) -> None:
        if self._line.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            self._line.connectToServer(server_name(self.place.window_lock))

    def _look_again(self) -> None:
        self._waited_ms += TRY_MS
        if self._waited_ms < OPENING_MS:
            self._look()
            return
        self._again.stop()
        self.failed.emit()

    def _on_connected(self) -> None:
        self._again.stop()
        self.is_open = True
        self.opened.emit()

    def _on_disconnected(self) -> None:
        if self.is_open:
            self.is_open = False
            self.closed.emit()
