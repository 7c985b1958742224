"""When the file is not as it should be: what is wrong, and the ways back.

None of this runs beside an open writer or reader of the same file in this process: raw copies
close file handles, which would drop SQLite's locks.
"""

import os
import shutil
from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.store import journal
from socialdesk.store.copies.backups import back_up as back_up
from socialdesk.store.copies.backups import list_backups as list_backups
from socialdesk.store.copies.backups import newest_backup_at as newest_backup_at
from socialdesk.store.copies.backups import rotate as rotate
from socialdesk.store.copies.backups import sync
from socialdesk.store.file import schema
from socialdesk.store.file.boot import boot_id
from socialdesk.store.file.migrations import identity_of, open_current
from socialdesk.store.file.sqlite import (
    NO_SPACE,
    SIDE_FILES,
    Connection,
    SqliteError,
    create_private,
    is_half_written,
    open_untouched,
    store_errors,
)
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.outbox import media_files
from socialdesk.store.outbox.outbox_pictures import FOLDER

if TYPE_CHECKING:
    from socialdesk.store.erasing.erase_again import Erased

_OUR_TABLES: Final = frozenset({"mention", "triage", "journal", "outbox", "account"})
_BY_INCIDENT: Final = "(state = 'held' AND hold_reason = 'crisis')"
_APPLICATION_ID_AT: Final = 68  # bytes into the header; SQLite's file format, section 1.3


class Condition(Enum):
    """How a file is."""

    OK = "ok"
    MISSING = "missing"  # no file, or nothing in it: a new one is made
    DAMAGED = "damaged"
    NEWER = "newer"
    FOREIGN = "foreign"
    LOCKED = "locked"
    READ_ONLY = "read_only"


@frozen
class Health:
    """`detail` names what was noticed, never a stranger's words."""

    condition: Condition
    detail: str = ""

    def error(self) -> StoreError:
        """What opening such a file would raise."""
        return StoreError(_FAULT_OF.get(self.condition, StoreFault.OTHER), self.detail)


@frozen
class Restored:
    """`n_held`: replies that were on their way in the backup and now wait for a person; `kept`:
    where the file that was replaced lies, None when there was none; `n_pictures`: files of
    replies and drafts that are there again."""

    n_mentions: int
    n_held: int
    kept: Path | None
    n_pictures: int = 0


def check(path: Path) -> Health:
    """A look before the file is used; takes 1 s per million mentions or so, changes no byte. A
    write that was cut off under a rollback journal is no damage: the next writer undoes it."""
    health = _checked(path)
    if health.condition is Condition.DAMAGED and is_half_written(path):
        return Health(Condition.OK, "a write was cut off")
    return health


def _checked(path: Path) -> Health:
    try:
        if not path.exists():
            return Health(Condition.MISSING)
        if not path.is_file():
            return Health(Condition.FOREIGN, "not a file")
        if not os.access(path, os.R_OK):
            return Health(Condition.READ_ONLY, "no right to read it")
        if path.stat().st_size == 0:
            return Health(Condition.MISSING)
        with store_errors():
            return _look(path)
    except StoreError as e:
        return _health_of(e, path)
    except (SqliteError, OSError, ValueError) as e:
        return Health(Condition.DAMAGED, type(e).__name__)


def damage(conn: Connection) -> str:
    """What SQLite's quick check notices first, "" = nothing; 1 s per million mentions or so."""
    (found,) = conn.execute("PRAGMA quick_check(1)").fetchone()
    return "" if found == "ok" else str(found)[:200]


@frozen
class Prepared:
    """A backup made ready beside the file: `fresh`, closed. `pictures`: names it needs."""

    fresh: Path
    n_mentions: int
    n_held: int
    pictures: frozenset[str]


def restore(backup: Path, path: Path, clock: Clock, *, person: int | None = None) -> Restored:
    """Put a backup in the place of a file nobody has open. Raises StoreError, changing nothing. The
    file that stood there is kept beside, byte for byte."""
    made = prepare(backup, path, clock, person=person)
    n_pictures = bring_pictures(made.pictures, backup, path)
    kept = keep_original(path, clock.now_ms())
    put_in_place(made.fresh, path)
    return Restored(made.n_mentions, made.n_held, kept, n_pictures)


def prepare(backup: Path, path: Path, clock: Clock, *, person: int | None = None) -> Prepared:
    """A backup as it may stand in the file's place, with the sender off. Raises StoreError.

    What was on its way when the backup was made may have been sent since: each such reply waits
    for a person. Who was erased since is erased again.
    """
    from socialdesk.store.erasing.erase_again import known_erased  # only a restore needs it

    health = check(backup)
    if health.condition is not Condition.OK:
        raise health.error()
    fresh = path.with_name(f"{path.name}.restoring")
    _remove(fresh)
    try:
        with store_errors():
            source = open_untouched(backup)
            try:
                create_private(fresh)
                source.execute("VACUUM INTO ?", (str(fresh),))
            finally:
                source.close()
            n_mentions, n_held, pictures = _prepare(
                fresh, clock, person, {"backup": backup.name}, known_erased(path)
            )
    except SqliteError as e:  # a header that was written over passes the check, and fails later
        raise StoreError(StoreFault.DAMAGED, type(e).__name__) from e
    return Prepared(fresh, n_mentions, n_held, frozenset(pictures))


def put_inside(fresh: Path, conn: Connection) -> None:
    """The content of `fresh` in place of that of an open file, through its one writing connection,
    outside a transaction: readers see the old content or the new, and nobody has to close. Raises
    StoreError. Source: SQLite's backup interface, "destination in WAL mode"."""
    with store_errors():
        source = open_untouched(fresh)
        try:
            source.backup(conn)
        finally:
            source.close()
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def bring_pictures(names: Collection[str], backup: Path, path: Path) -> int:
    """From beside the backup to beside the file; how many of them are there. Those that only the
    replaced file used stay for some days."""
    media = path.parent / FOLDER
    try:
        media_files.copy_into(names, media_files.folder_beside(backup), media)
    except OSError as e:
        fault = StoreFault.FULL if e.errno in NO_SPACE else StoreFault.READ_ONLY
        raise StoreError(fault, type(e).__name__) from e
    return sum((media / name).is_file() for name in names)


def keep_original(path: Path, now_ms: int) -> Path | None:
    """A copy of the file and its WAL or journal, byte for byte, in a folder of its own beside it;
    None when there is no file. Raises StoreError."""
    if not path.exists():
        return None
    folder = path.parent / f"kept-{now_ms}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in (path.name, f"{path.name}-wal", f"{path.name}-journal"):
            if (source := path.with_name(name)).exists():
                create_private(folder / name)
                shutil.copyfile(source, folder / name)
                sync(folder / name)
    except OSError as e:
        fault = StoreFault.FULL if e.errno in NO_SPACE else StoreFault.READ_ONLY
        raise StoreError(fault, type(e).__name__) from e
    return folder / path.name


def put_in_place(fresh: Path, path: Path) -> None:
    """`fresh` (closed, no WAL) becomes the file. The old WAL and journal go first: they would be
    replayed on whatever stands there. Raises StoreError."""
    try:
        for side in SIDE_FILES:
            path.with_name(f"{path.name}{side}").unlink(missing_ok=True)
        os.replace(fresh, path)
    except OSError as e:
        raise StoreError(StoreFault.READ_ONLY, type(e).__name__) from e


def hold_all(tx: Transaction) -> int:
    """Every reply that is not at its end waits for a person, and the sender is off. How many. What
    an incident held it still holds: only a decision with a look releases it (R15)."""
    n = tx.conn.execute(
        "UPDATE outbox SET state = 'held', hold_reason = 'restored', held_at = ?, held_until = 0,"
        " next_at = 0 WHERE state NOT IN ('sent', 'taken_back', 'discarded')"
        f" AND NOT {_BY_INCIDENT}",
        (tx.now,),
    ).rowcount
    (n_kept,) = tx.conn.execute(f"SELECT count(*) FROM outbox WHERE {_BY_INCIDENT}").fetchone()
    tx.conn.execute("INSERT OR REPLACE INTO setting(key, value) VALUES('sender', 'off')")
    return n + int(n_kept)


def one_transaction(conn: Connection, clock: Clock) -> Transaction:
    """For work on a file nobody else has; the caller says BEGIN and COMMIT."""
    return Transaction(conn, now=clock.now_ms(), mono_ms=clock.monotonic_ms(), boot_id=boot_id())


def _look(path: Path) -> Health:
    conn = open_untouched(path)
    try:
        identity = identity_of(conn)
        if identity.is_new:
            return Health(Condition.MISSING)
        if not identity.is_ours:
            names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
            is_ours = names >= _OUR_TABLES  # the id itself was hit
            return Health(Condition.DAMAGED if is_ours else Condition.FOREIGN, "application id")
        if identity.version > schema.VERSION:
            return Health(Condition.NEWER, f"version {identity.version}")
        (encoding,) = conn.execute("PRAGMA encoding").fetchone()
        if encoding != "UTF-8":  # in the header: all its words would read as others
            return Health(Condition.DAMAGED, "text encoding")
        if found := damage(conn):
            return Health(Condition.DAMAGED, found)
        names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
        if not names >= _OUR_TABLES:
            return Health(Condition.DAMAGED, "a table is missing")
    finally:
        conn.close()
    return Health(Condition.OK)


def _health_of(error: StoreError, path: Path) -> Health:
    if error.fault is StoreFault.FOREIGN and _was_ours(path):
        return Health(Condition.DAMAGED, error.detail)
    known = {fault: condition for condition, fault in _FAULT_OF.items()}
    return Health(known.get(error.fault, Condition.DAMAGED), error.detail)


def _was_ours(path: Path) -> bool:
    """No SQLite file any more, but there are signs: our id in the header, or backups beside it.

    Reads the file itself, which is safe here: SQLite could not open it.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    at = _APPLICATION_ID_AT
    is_marked = header[at : at + 4] == schema.APPLICATION_ID.to_bytes(4, "big")
    return is_marked or bool(list_backups(path.parent / "backups"))


def _mend_indexes(conn: Connection) -> None:
    """A row that was written over passes the quick check, and its indexes tell of the row before
    it: by some roads it would not be found. The row itself says that it is damaged, by its
    checksum. Raises StoreError where that mends nothing."""
    if _is_whole(conn):
        return
    conn.execute("REINDEX")
    if not _is_whole(conn):
        raise StoreError(StoreFault.DAMAGED, "indexes")


def _is_whole(conn: Connection) -> bool:
    (found,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
    return bool(found == "ok")


def _prepare(
    fresh: Path, clock: Clock, person: int | None, data: dict[str, str], known: "Erased"
) -> tuple[int, int, set[str]]:
    """Mentions, held replies, the pictures it needs."""
    from socialdesk.store.erasing.erase_again import clean, erase_again

    conn = open_current(fresh, clock.now_ms())
    try:
        _mend_indexes(conn)
        conn.execute("BEGIN IMMEDIATE")
        tx = one_transaction(conn, clock)
        n_held = hold_all(tx)
        n_erased = erase_again(tx, known)
        counters.recount(tx)
        told = {**data, "n_held": n_held, "n_erased": n_erased}
        journal.append(tx, "restored", told, person=person)
        (n_mentions,) = conn.execute("SELECT count(*) FROM mention").fetchone()
        pictures = media_files.used(conn)
        conn.execute("COMMIT")
        if n_erased:
            clean(conn, tx)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BaseException:
        conn.close()
        _remove(fresh)
        raise
    conn.close()  # the last connection folds the WAL in and removes it
    return n_mentions, n_held, pictures


def _remove(path: Path) -> None:
    for name in (path.name, *(f"{path.name}{side}" for side in SIDE_FILES)):
        path.with_name(name).unlink(missing_ok=True)


_FAULT_OF: Final = {
    Condition.DAMAGED: StoreFault.DAMAGED,
    Condition.NEWER: StoreFault.NEWER,
    Condition.FOREIGN: StoreFault.FOREIGN,
    Condition.LOCKED: StoreFault.LOCKED,
    Condition.READ_ONLY: StoreFault.READ_ONLY,
}
