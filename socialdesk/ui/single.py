"""One window per workspace: a second start raises the first one's window and leaves."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL_TIMEOUT_MS = 2000


class Instance(QObject):
    """`is_first` tells who may open a window. The lock is the system's, freed when we die."""

    called = Signal(str)  # what a later start was called with

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "socialdesk-" + hashlib.sha256(str(lock).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)  # a lock is stale only when its owner is gone
        self.is_first = self._lock.tryLock(0)
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Take calls of later starts."""
        QLocalServer.removeServer(self._name)  # of one that was killed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        self._server.listen(self._name)

    def call_first(self, words: str) -> bool:
        """Tell the first instance; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CALL_TIMEOUT_MS):
            return False
        socket.write(words.encode())
        done = socket.waitForBytesWritten(CALL_TIMEOUT_MS)
        socket.disconnectFromServer()
        return done

    def release(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_new_connection(self) -> None:
        server = self._server
        while server is not None and (socket := server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda s=socket: self._take(s))
            socket.disconnected.connect(socket.deleteLater)

    def _take(self, socket: QLocalSocket) -> None:
        self.called.emit(bytes(socket.read(4096).data()).decode("utf-8", "replace"))
