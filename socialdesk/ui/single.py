"""One window per workspace: a second start raises the first one's window and leaves."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL_TIMEOUT_MS = 10_000  # a first one that is starting itself listens after its first paint
CALL_AGAIN_MS = 50
RAISE, CLOSE = "raise", "close"  # what a first instance is called with


def server_name(lock: Path) -> str:
    """Where the window listens that holds this lock."""
    import hashlib  # and QtNetwork below: the first paint comes before either is wanted

    return "socialdesk-" + hashlib.sha256(str(lock).encode()).hexdigest()[:16]


class Instance(QObject):
    """`is_first` tells who may open a window. The lock is the system's, freed when we die."""

    called = Signal(str)  # what a later start was called with

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = lock
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)  # a lock is stale only when its owner is gone
        self.is_first = self._lock.tryLock(0)
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Take calls of later starts."""
        from PySide6.QtNetwork import QLocalServer

        name = server_name(self._path)
        QLocalServer.removeServer(name)  # of one that was killed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        self._server.listen(name)

    def call_first(self, words: str) -> bool:
        """Tell the first instance, which may be starting as we do; False when it does not answer
        in time."""
        end = QDeadlineTimer(CALL_TIMEOUT_MS)
        while not self._call(words, end):
            if end.hasExpired():
                return False
            pause = QEventLoop()
            QTimer.singleShot(CALL_AGAIN_MS, pause.quit)
            pause.exec()
        return True

    def _call(self, words: str, end: QDeadlineTimer) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(server_name(self._path))
        if not socket.waitForConnected(end.remainingTime()):
            return False
        socket.write(words.encode())
        done = socket.waitForBytesWritten(end.remainingTime())
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

    def _take(self, socket: "QLocalSocket") -> None:
        self.called.emit(bytes(socket.read(4096).data()).decode("utf-8", "replace"))
