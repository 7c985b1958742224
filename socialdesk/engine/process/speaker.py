"""Writing into a pipe on a thread of its own: an asker never waits for an engine that stands still
(a stopped process, a disk that hangs) and reads nothing."""

import os
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GOODBYE_S = 0.5


class Speaker:
    """Says what it is given, in order, until the pipe ends. How much may wait here is bounded by
    whoever gives it, who also keeps what was not answered."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection
        self._to_say: SimpleQueue[bytes | None] = SimpleQueue()
        self._lock = threading.Lock()  # a pipe is never shut by its number after it was closed
        self._thread = threading.Thread(target=self._speak, name="link-write", daemon=True)
        self._thread.start()

    def say(self, message: bytes) -> None:
        """Returns at once."""
        self._to_say.put(message)

    def end(self, patience_s: float = GOODBYE_S) -> None:
        """Say what waits and end; who does not read it in time is cut off. Idempotent."""
        self._to_say.put(None)
        self._thread.join(patience_s)
        if self._thread.is_alive():
            with self._lock:
                shut(self._connection)
            self._thread.join(GOODBYE_S)

    def close(self) -> None:
        """End, and close the pipe: nobody reads what waits."""
        self.end(0.0)
        with self._lock:
            self._connection.close()

    def _speak(self) -> None:
        with suppress(OSError, ValueError):  # the pipe's reader notices its end, and tells
            while (message := self._to_say.get()) is not None:
                self._connection.send_bytes(message)


def shut(connection: "Connection[Any, Any]") -> None:
    """Wake both who read and who write there: closing alone would leave one waiting in a full or
    empty pipe. Windows has no such call."""
    if sys.platform != "win32":
        import socket  # not for a window's first paint

        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)
