"""Read-only connections: one per thread, two reader threads, let go together when asked.

Readers never wait for the writer (WAL), and ask nothing of a file of another schema version.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store.file.file_kind import APPLICATION_ID, VERSION
from socialdesk.store.file.sqlite import Connection, open_reader, store_errors

T = TypeVar("T")

N_THREADS = 2


class Readers:
    """Thread-safe. Every method but `close` and `let_go` may raise StoreError; NEWER and OLDER
    mean that the file has another schema version than this program: wait for the engine."""

    def __init__(self, path: Path, *, busy_ms: int | None = None) -> None:
        self._path, self._busy_ms = path, busy_ms
        self._threads = ThreadPoolExecutor(N_THREADS, thread_name_prefix="store-reader")
        self._free = threading.Condition()
        self._n_in_use = 0
        self._is_closed = False
        self._of_thread: dict[int, Connection] = {}

    def run(self, fn: Callable[[Connection], T]) -> "Future[T]":
        """`fn` on a reader thread, in one snapshot."""

        def read() -> T:
            with self.connection() as conn:
                return fn(conn)

        with self._free:
            if not self._is_closed:
                return self._threads.submit(read)
        future: Future[T] = Future()
        future.set_exception(StoreError(StoreFault.CLOSED))
        return future

    def here(self, fn: Callable[[Connection], T], *, busy_ms: int | None = None) -> T:
        """`fn` on the calling thread, in one snapshot. `busy_ms` is for a thread that must not be
        kept as long as a network drive may keep the others, and never reads without it."""
        with self.connection(busy_ms) as conn:
            return fn(conn)

    @contextmanager
    def connection(self, busy_ms: int | None = None) -> Iterator[Connection]:
        """The calling thread's own connection, in one snapshot: all reads see one commit."""
        with self._lease(), store_errors():
            conn = self._own(self._busy_ms if busy_ms is None else busy_ms)
            if conn.in_transaction:  # a reading function that calls another one
                yield conn
                return
            conn.execute("BEGIN")
            try:
                yield conn
            finally:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")

    def let_go(self) -> None:
        """Close every connection, as soon as its reading ends: the file is about to be swapped.
        The next read opens anew."""
        with self._free:
            self._free.wait_for(lambda: self._n_in_use == 0)
            for conn in self._of_thread.values():
                conn.close()
            self._of_thread.clear()

    def close(self) -> None:
        """For good. Idempotent."""
        with self._free:
            self._is_closed = True
        self._threads.shutdown(cancel_futures=True)
        self.let_go()

    def _own(self, busy_ms: int | None) -> Connection:
        if self._is_closed:
            raise StoreError(StoreFault.CLOSED)
        thread = threading.get_ident()
        conn = self._of_thread.get(thread)
        with store_errors():
            if conn is None:
                conn = open_reader(self._path, busy_ms=busy_ms)
                try:
                    _require_current(conn)
                except BaseException:
                    conn.close()
                    raise
                self._of_thread[thread] = conn
            else:
                _require_current(conn)
        return conn

    @contextmanager
    def _lease(self) -> Iterator[None]:
        with self._free:
            self._n_in_use += 1
        try:
            yield
        finally:
            with self._free:
                self._n_in_use -= 1
                self._free.notify_all()


def _require_current(conn: Connection) -> None:
    """Asked before every reading (3 µs): another engine may migrate the file at any moment."""
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    (app,) = conn.execute("PRAGMA application_id").fetchone()
    if app != APPLICATION_ID and (app or version):
        raise StoreError(StoreFault.FOREIGN, f"application id {app:#x}")
    fault = StoreFault.NEWER if version > VERSION else StoreFault.OLDER
    raise StoreError(fault, f"version {version}, we know {VERSION}")
