"""The one writing connection, on its own thread, behind a queue with priorities.

Two writing connections were measured to keep a declared crisis waiting for 1.9 s behind a page;
one thread with a priority queue lets it pass at the next commit (reliability.md, section 1).
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from pathlib import Path
from queue import PriorityQueue
from typing import Any, Final, Generic, TypeVar

from socialdesk.domain.changes import NOTHING, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.store.file.boot import boot_id
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.short_turns import SHORT_TURNS
from socialdesk.store.file.sqlite import Connection, store_errors
from socialdesk.store.file.transaction import Transaction as Transaction  # its users' name for it

T = TypeVar("T")

log = logging.getLogger(__name__)


class Priority(IntEnum):
    """What goes first; first come, first served within one."""

    URGENT = 0  # declare a crisis
    COMMAND = 1
    SEND = 2
    PAGE = 3
    BACKGROUND = 4


Write = Callable[[Transaction], T]


@frozen
class _Job(Generic[T]):
    write: Write[T]
    durable: bool
    is_awaited: bool  # somebody looks at the screen until it is done
    future: "Future[T]"


@frozen
class _Alone(Generic[T]):
    work: Callable[[Connection], T]
    future: "Future[T]"


# How long the WAL may be, in pages, before a commit folds it into the file: as SQLite has it, but
# nobody who waits for a commit waits for the folding too. The next fetched page does it.
_FOLD_AT: Final = 1_000
_FOLD_AT_AWAITED: Final = 4_000  # 16 MB, for when no page comes

_END: Final = None  # in the queue: finish; taken after every COMMAND that came before it


class Writer:
    """`announce` is called on the writer's thread after each commit that changed something; it
    only hands over and returns."""

    def __init__(self, path: Path, *, clock: Clock, announce: Callable[[Changes], None]) -> None:
        self._path, self._clock, self._announce = path, clock, announce
        self._queue: PriorityQueue[tuple[int, int, _Job[Any] | _Alone[Any] | None]] = (
            PriorityQueue()
        )
        self._numbers = count()
        self._lock = threading.Lock()  # guards _is_closed against a submit at the same moment
        self._is_closed = False
        self._opened: Future[None] = Future()
        self._boot_id = boot_id()
        self._pragmas: dict[str, str | int] = {}  # as last set
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)

    def start(self) -> None:
        """Open the file (make it, migrate it) and wait until it is open. Raises StoreError."""
        self._thread.start()
        self._opened.result()

    def submit(
        self, write: Write[T], *, priority: Priority = Priority.COMMAND, durable: bool = True
    ) -> "Future[T]":
        """Run `write` in one transaction: all of it or nothing.

        `durable`: survives a power cut once the future is settled; False only for what a network
        would tell again. The future fails with what `write` raised, or StoreError.
        """
        future: Future[T] = Future()
        is_awaited = priority <= Priority.COMMAND
        return self._put(priority, _Job(write, durable, is_awaited, future), future)

    def submit_alone(self, work: Callable[[Connection], T]) -> "Future[T]":
        """For what SQLite does in no transaction (VACUUM, checkpoints): `work` changes no row."""
        future: Future[T] = Future()
        return self._put(Priority.BACKGROUND, _Alone(work, future), future)

    def _put(
        self, priority: Priority, job: "_Job[T] | _Alone[T]", future: "Future[T]"
    ) -> "Future[T]":
        with self._lock:
            if not self._is_closed:
                if isinstance(job, _Job) and job.is_awaited:
                    SHORT_TURNS.begin()
                self._queue.put((priority, next(self._numbers), job))
                return future
        future.set_exception(StoreError(StoreFault.CLOSED))
        return future

    def close(self) -> None:
        """Finish what is queued at COMMAND or above, refuse the rest, fold the WAL, close."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put((Priority.COMMAND, next(self._numbers), _END))
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            conn = open_current(self._path, self._clock.now_ms())
        except BaseException as e:
            with self._lock:
                self._is_closed = True
            self._refuse_rest()
            self._opened.set_exception(e)
            return
        self._opened.set_result(None)
        try:
            while (job := self._queue.get()[2]) is not _END:
                self._do(conn, job)
                _end_turn(job)
                del job  # its write may hold a page, and the next may be long in coming
        finally:
            _end(conn)
            self._refuse_rest()

    def _refuse_rest(self) -> None:
        while not self._queue.empty():
            job = self._queue.get()[2]
            if job is not None and job.future.set_running_or_notify_cancel():
                job.future.set_exception(StoreError(StoreFault.CLOSED))
            _end_turn(job)

    def _do(self, conn: Connection, job: _Job[Any] | _Alone[Any]) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            with store_errors():
                if isinstance(job, _Alone):
                    result, changes = job.work(conn), NOTHING
                else:
                    result, changes = self._transact(conn, job)
        except BaseException as e:
            job.future.set_exception(e)
            return
        job.future.set_result(result)
        if changes:
            self._tell(changes)

    def _transact(self, conn: Connection, job: _Job[T]) -> tuple[T, Changes]:
        self._set(conn, "synchronous", "FULL" if job.durable else "NORMAL")
        self._set(conn, "wal_autocheckpoint", _FOLD_AT_AWAITED if job.is_awaited else _FOLD_AT)
        clock = self._clock
        conn.execute("BEGIN IMMEDIATE")
        try:
            tx = Transaction(
                conn, now=clock.now_ms(), mono_ms=clock.monotonic_ms(), boot_id=self._boot_id
            )
            result = job.write(tx)
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:  # a full disk has rolled back by itself
                conn.execute("ROLLBACK")
            raise
        return result, tx.changes()

    def _set(self, conn: Connection, pragma: str, value: str | int) -> None:
        """Per connection, only between transactions."""
        if self._pragmas.get(pragma) != value:
            conn.execute(f"PRAGMA {pragma} = {value}").close()
            self._pragmas[pragma] = value

    def _tell(self, changes: Changes) -> None:
        try:
            self._announce(changes)
        except Exception:  # a listener's bug must not end the only writer
            log.exception("A listener failed after a commit")


def _end_turn(job: _Job[Any] | _Alone[Any] | None) -> None:
    """Once all who wait for it were told, and what it changed was announced."""
    if isinstance(job, _Job) and job.is_awaited:
        SHORT_TURNS.end()


def _end(conn: Connection) -> None:
    try:
        with store_errors():
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except StoreError as e:  # a full disk or a reader in the way: the WAL stays, and is whole
        log.warning("The WAL could not be folded in: %s", e)
    finally:
        conn.close()
