"""The only import of sqlite3: connections with our pragmas, and its errors as ours.

One SQLite library in a process: a second one drops the first one's POSIX locks and breaks the file
(performance.md, S3). sqlite_utils prefers pysqlite3 where that is installed; `database` refuses it.
Exactly one connection writes and checkpoints: SQLite before 3.51.3 can corrupt a WAL file when two
do at the same moment (reliability.md, section 1).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store.file.drives import network_kind

if TYPE_CHECKING:
    from socialdesk.store.file.sqlite_tools import Database

Connection = sqlite3.Connection
SqliteError = sqlite3.Error
# What reading a damaged file raises: CPython cannot decode a message that quotes broken bytes.
DAMAGE_ERRORS: Final = (sqlite3.Error, UnicodeDecodeError)
SQLITE_VERSION: Final = sqlite3.sqlite_version
FILE_MODE: Final = 0o600
NO_SPACE: Final = frozenset({28, 27, 122})  # ENOSPC, EFBIG, EDQUOT
BUSY_MS: Final = 5_000
NETWORK_BUSY_MS: Final = 30_000  # without a WAL commits and readings wait for one another
SIDE_FILES: Final = ("-wal", "-shm", "-journal")  # SQLite keeps them beside the file
_PAGE_BYTES: Final = 4096

_ALL: Final = ("foreign_keys = ON", "trusted_schema = OFF", "temp_store = MEMORY", "mmap_size = 0")
_WRITER: Final = (
    *_ALL,
    "secure_delete = ON",
    "synchronous = FULL",
    "cache_size = -16384",  # KiB; with 32 MB pages were stored no faster
    "journal_size_limit = 67108864",  # bytes: a WAL that a burst blew up shrinks again
)
_READER: Final = (*_ALL, "query_only = ON", "wal_autocheckpoint = 0", "cache_size = -2048")

_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: StoreFault.LOCKED,
    sqlite3.SQLITE_LOCKED: StoreFault.LOCKED,
    sqlite3.SQLITE_FULL: StoreFault.FULL,
    sqlite3.SQLITE_CORRUPT: StoreFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StoreFault.FOREIGN,
    sqlite3.SQLITE_READONLY: StoreFault.READ_ONLY,
    sqlite3.SQLITE_PERM: StoreFault.READ_ONLY,
    sqlite3.SQLITE_AUTH: StoreFault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StoreFault.OTHER,
    sqlite3.SQLITE_IOERR: StoreFault.OTHER,
    sqlite3.SQLITE_PROTOCOL: StoreFault.LOCKED,
    sqlite3.SQLITE_TOOBIG: StoreFault.OTHER,
    sqlite3.SQLITE_NOMEM: StoreFault.OTHER,
    sqlite3.SQLITE_FORMAT: StoreFault.DAMAGED,
}
# Extended codes that say more than their family. A write that fails is nearly always no room: a
# file-size limit, a quota and a full network drive answer IOERR_WRITE, not FULL.
_EXACT: Final = {
    sqlite3.SQLITE_IOERR_WRITE: StoreFault.FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: StoreFault.FULL,
    sqlite3.SQLITE_IOERR_READ: StoreFault.DAMAGED,
    sqlite3.SQLITE_IOERR_SHORT_READ: StoreFault.DAMAGED,
    sqlite3.SQLITE_IOERR_CORRUPTFS: StoreFault.DAMAGED,
    sqlite3.SQLITE_IOERR_LOCK: StoreFault.LOCKED,
    sqlite3.SQLITE_IOERR_SHMLOCK: StoreFault.LOCKED,
    sqlite3.SQLITE_IOERR_ACCESS: StoreFault.READ_ONLY,
    # A killed writer's rollback journal: the next writer undoes what was half written.
    sqlite3.SQLITE_READONLY_ROLLBACK: StoreFault.OLDER,
}


@contextmanager
def store_errors() -> Iterator[None]:
    """Turns what a user can act on into StoreError; everything else is a bug and stays as it is.

    The detail is SQLite's name of the error, never its message: that can quote a row.
    """
    try:
        yield
    except sqlite3.Error as e:
        fault = fault_of(e)
        if fault is None:
            raise
        raise StoreError(fault, getattr(e, "sqlite_errorname", "")) from e
    except UnicodeDecodeError as e:  # see DAMAGE_ERRORS; its text quotes the file
        raise StoreError(StoreFault.DAMAGED, f"broken bytes at {e.start}") from None


@contextmanager
def store_errors_in(folder: Path) -> Iterator[None]:
    """The same for what makes a file in `folder`: an I/O error where no page fits is a full disk.
    SQLite calls it so where less than a page is left."""
    try:
        with store_errors():
            yield
    except StoreError as e:
        if e.fault is StoreFault.OTHER and not has_room(folder):
            raise StoreError(StoreFault.FULL, e.detail) from e
        raise


def has_room(folder: Path) -> bool:
    """Whether a page more goes there. What the system tells of free space knows nothing of quotas
    and limits, so it is tried, in a file without a name."""
    from tempfile import TemporaryFile  # only trouble needs it

    try:
        with TemporaryFile(dir=folder, buffering=0) as file:
            n_written = file.write(bytes(_PAGE_BYTES))
            os.fsync(file.fileno())  # some file systems look for room only now
    except OSError as e:
        return e.errno not in NO_SPACE
    return n_written == _PAGE_BYTES


def fault_of(error: sqlite3.Error) -> StoreFault | None:
    """Which of the user's troubles this is; None for our bugs (syntax, constraint, misuse)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    return _EXACT.get(code) or _FAULTS.get(code & 0xFF)


def open_writer(path: Path, *, busy_ms: int = BUSY_MS) -> Connection:
    """The one connection that writes; for the thread that calls. A new file is 0600 at once.

    The caller has made sure that the file is ours: this sets WAL, and on a network drive a
    rollback journal, under which readers and the writer wait for one another. Raises StoreError.
    """
    with store_errors_in(path.parent):
        create_private(path)
        is_far = bool(network_kind(path.parent))
        conn = _connect(_uri(path, "rw"), max(busy_ms, NETWORK_BUSY_MS) if is_far else busy_ms)
        try:
            if is_far:
                _leave_wal(conn, path)
            else:
                conn.execute("PRAGMA journal_mode = WAL").fetchone()
            _set(conn, _WRITER)
        except BaseException:
            conn.close()
            raise
        return conn


def open_reader(path: Path, *, busy_ms: int | None = None) -> Connection:
    """A connection that cannot write and never checkpoints; works beside a killed writer's WAL.

    It may be closed by another thread than its own, when that one is not using it. Without
    `busy_ms` it waits for the writer as long as the drive asks for. Raises StoreError OLDER for a
    file with a WAL on a network drive: it would keep the engine from leaving the WAL.
    """
    with store_errors():
        is_far = bool(network_kind(path.parent))
        if busy_ms is None:
            busy_ms = NETWORK_BUSY_MS if is_far else BUSY_MS
        conn = _connect(_uri(path, "ro"), busy_ms)
        try:
            if is_far and _has_wal(conn):
                raise StoreError(StoreFault.OLDER, "a WAL on a network drive")
            _set(conn, _READER)
        except BaseException:
            conn.close()
            raise
        return conn


def open_untouched(path: Path) -> Connection:
    """To look at a file that may not be ours: leaves no side file where none is.

    `immutable` is safe only without a WAL; with one, the words in it count and it is read too. A
    journal is beside a file of ours only where the power went while it was made, before anything
    was in it: the writer rolls that back, a reader could not. On a network drive files of ours have
    no WAL, and one that is being written is read in step with its writer.
    """
    with store_errors():
        has_wal = Path(f"{path}-wal").exists() and not Path(f"{path}-journal").exists()
        if not has_wal and network_kind(path.parent) and (conn := _in_step(path)):
            return conn
        return _connect(_uri(path, "ro" if has_wal else "ro&immutable=1"), BUSY_MS)


def is_half_written(path: Path) -> bool:
    """Whether a writer with a rollback journal was killed: the next one undoes what it began."""
    if not Path(f"{path}-journal").exists():
        return False
    conn = _connect(_uri(path, "ro"), BUSY_MS)
    try:
        conn.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as e:
        return getattr(e, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK
    finally:
        conn.close()
    return False


def open_plain(path: Path) -> Connection:
    """Read-only beside the writer, without the reader's pragmas: for checks and copies."""
    with store_errors():
        return _connect(_uri(path, "ro"), BUSY_MS)


def database(conn: Connection) -> "Database":
    """sqlite_utils over the same connection, for schema and administration (not the hot path)."""
    from socialdesk.store.file.sqlite_tools import (  # 120 ms, and only the engine needs it
        Database,
        utils,
    )

    if getattr(utils, "sqlite3", sqlite3) is not sqlite3:
        raise StoreError(StoreFault.OTHER, "pysqlite3 is installed beside the standard sqlite3")
    return Database(conn)


def statements(script: str) -> Iterator[str]:
    """The statements of a script whose statements end at line ends; for use inside a transaction.

    sqlite3's executescript commits first; sqlite_utils' asks after every character whether a
    statement is whole, which made a new file take three times as long.
    """
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if ";" in line and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines.clear()


def create_private(path: Path) -> None:
    """An empty file for its owner only, unless there is one; SQLite gives -wal and -shm its mode.

    An existing file is not opened: closing it would drop SQLite's locks on it. Raises StoreError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    except FileExistsError:
        pass
    except OSError as e:
        raise StoreError(StoreFault.READ_ONLY, type(e).__name__) from e


def _connect(uri: str, busy_ms: int) -> Connection:
    conn = sqlite3.connect(
        uri, uri=True, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False
    )
    conn.text_factory = _text
    return conn


def _text(raw: bytes) -> str:
    """Damaged bytes show as U+FFFD and fail the row's checksum; they never cost the whole page."""
    return raw.decode("utf-8", "replace")


def _leave_wal(conn: Connection, path: Path) -> None:
    """To a rollback journal. Of a file with a WAL the only user for a moment: the WAL's index then
    lies in this process and not in shared memory, which a network drive may refuse."""
    conn.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    with suppress(OSError):
        Path(f"{path}-shm").unlink(missing_ok=True)  # of no use now, and SQLite leaves it
    conn.execute("PRAGMA locking_mode = NORMAL").fetchone()
    conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the lock goes with a reading


def _in_step(path: Path) -> Connection | None:
    """None for a file that cannot be read so: half written, or with a WAL that is refused here."""
    conn = _connect(_uri(path, "ro"), BUSY_MS)
    try:
        conn.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as e:
        conn.close()
        if fault_of(e) is StoreFault.LOCKED:
            raise
        return None
    return conn


def _has_wal(conn: Connection) -> bool:
    (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
    return bool(mode == "wal")


def _set(conn: Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        conn.execute(f"PRAGMA {pragma}")


def address_of(path: PurePath) -> str:
    """As SQLite takes it: of a Windows server's path it refuses an address that names the server
    (sqlite.org/uri.html, 3.1)."""
    before, _, rest = path.as_uri().partition("//")
    return f"{before}//{rest}" if rest.startswith("/") else f"{before}////{rest}"


def _uri(path: Path, mode: str) -> str:
    return f"{address_of(path.absolute())}?mode={mode}"
