"""The Desk's body beside an engine in another process: reads its own read-only connection, sends
commands over the pipe.

A command goes out with an id made here and is kept until it is answered; after the engine was lost
it is sent again under the same id, and the engine answers from the journal what it did already.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from socialdesk.domain.changes import Changes
from socialdesk.domain.errors import EngineDeafError, EngineLostError
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.answers.every import answer
from socialdesk.engine.desk import Done, EngineState, Listener, Notice
from socialdesk.engine.process import codec
from socialdesk.engine.process.speaker import Speaker
from socialdesk.engine.queries.base import Query
from socialdesk.store.file.reader import Readers
from socialdesk.store.queue.rows import queue_rows

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from socialdesk.engine.commands import Command

T = TypeVar("T")
MAX_MESSAGE_BYTES = 32 * 1024 * 1024
MAX_WAITING_BYTES = 64 * 1024 * 1024  # of commands without an answer
BESIDE_BYTES = 2_000  # kept with each: its future and who waits for that
ROWS_BUSY_MS = 5_000  # the window stands still meanwhile; only a network drive makes it wait

log = logging.getLogger(__name__)


class LinkedDesk:
    """`readers` of this process. `attach` gives it a pipe to an engine; without one, commands
    wait."""

    def __init__(self, readers: Readers, clock: Clock) -> None:
        self._readers, self._clock = readers, clock
        self._on_lost: Callable[[], None] = lambda: None
        self._waiting: dict[str, tuple[bytes, Future[Done]]] = {}
        self._n_waiting_bytes = 0
        self._listeners: list[Listener] = []
        self._speaker: Speaker | None = None
        self._lock = threading.RLock()
        self._moved = threading.Condition(self._lock)  # somebody asks or listens, or all is over
        self._closed = False
        self._refusal: Exception | None = None  # why nothing more is taken

    def ask(self, query: Query[T]) -> "Future[T]":
        now = self._clock.now_ms()
        return self._readers.run(lambda conn: answer(conn, query, now))

    def rows(self, ids: Sequence[int]) -> list[QueueRow]:
        return self._readers.here(lambda conn: queue_rows(conn, ids), busy_ms=ROWS_BUSY_MS)

    def do(self, command: "Command", command_id: str = "") -> "Future[Done]":
        """Returns at once, also where the engine stands still. Fails with EngineDeafError once too
        much waits for it."""
        future: Future[Done] = Future()
        command_id = command_id or os.urandom(16).hex()
        message = codec.to_bytes({"id": command_id, "do": codec.command_to_json(command)})
        with self._lock:
            if self._refusal is not None:
                future.set_exception(self._refusal)
            elif command_id in self._waiting:
                return self._waiting[command_id][1]
            elif self._n_waiting_bytes + _weight(message) > MAX_WAITING_BYTES:
                future.set_exception(EngineDeafError())
            else:
                self._waiting[command_id] = (message, future)
                self._n_waiting_bytes += _weight(message)
                self._send(message)
                self._moved.notify_all()
        return future

    def listen(self, listener: Listener) -> Callable[[], None]:
        with self._lock:
            self._listeners.append(listener)
            self._moved.notify_all()

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def attach(self, connection: "Connection[Any, Any]") -> None:
        """A fresh pipe, its greeting already read. What was not answered is sent again."""
        with self._lock:
            if self._closed:
                connection.close()
                return
            self._speaker = speaker = Speaker(connection)
            for message, _ in self._waiting.values():
                self._send(message)
        threading.Thread(
            target=self._receive, args=(connection, speaker), name="link-read", daemon=True
        ).start()

    def on_lost(self, tell: Callable[[], None]) -> None:
        """`tell` is called, on the link's thread, when a pipe ends that nobody closed here."""
        self._on_lost = tell

    def is_attached(self) -> bool:
        with self._lock:
            return self._speaker is not None

    def wait_needed(self) -> bool:
        """Until a command waits or somebody listens; False once the desk is closed."""
        with self._moved:
            self._moved.wait_for(lambda: self._closed or self._waiting or self._listeners)
            return not self._closed

    def n_waiting(self) -> int:
        """Commands without an answer yet."""
        with self._lock:
            return len(self._waiting)

    def tell(self, news: Changes | Notice | EngineState) -> None:
        """To every listener. One that fails is logged and does not stop the others."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(news)
            except Exception:
                log.exception("a listener failed")

    def give_up(self, error: Exception) -> None:
        """No engine comes: what waits, and what is asked from now on, fails with `error`."""
        with self._lock:
            self._refusal = error
            waiting, self._waiting = self._waiting, {}
            self._n_waiting_bytes = 0
        for _, future in waiting.values():
            future.set_exception(error)

    def close(self) -> None:
        """Say goodbye, for a moment at most; what was not answered fails with EngineLostError.
        Idempotent."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._send(codec.to_bytes({"bye": True}))
            speaker, self._speaker = self._speaker, None
            self._listeners.clear()
            self._moved.notify_all()
        if speaker is not None:
            speaker.end()
        self.give_up(EngineLostError("the desk was closed"))
        self._readers.close()

    def _send(self, message: bytes) -> None:
        if self._speaker is not None:
            self._speaker.say(message)

    def _receive(self, connection: "Connection[Any, Any]", speaker: Speaker) -> None:
        try:
            while True:
                message = codec.from_bytes(connection.recv_bytes(MAX_MESSAGE_BYTES))
                if "bye" in message:
                    break
                self._take(message)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            speaker.close()
        with self._lock:
            is_ours = self._speaker is speaker
            if is_ours:
                self._speaker = None
        if is_ours and not self._closed:
            self._on_lost()

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            with self._lock:
                waiting = self._waiting.pop(str(message["id"]), None)
                self._n_waiting_bytes -= _weight(waiting[0]) if waiting is not None else 0
            if waiting is not None:
                _settle(waiting[1], message)
        elif "changes" in message:
            self.tell(codec.changes_from_json(message["changes"]))
        elif "notice" in message:
            self.tell(Notice(message["notice"], message["facts"]))
        elif "state" in message:
            self.tell(EngineState(message["state"]))


def _weight(message: bytes) -> int:
    return len(message) + BESIDE_BYTES


def _settle(future: "Future[Done]", message: dict[str, Any]) -> None:
    if "error" in message:
        future.set_exception(codec.error_from_json(message))
    else:
        future.set_result(Done(message["seq"], message["answer"]))
