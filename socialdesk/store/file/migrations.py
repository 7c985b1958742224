"""From any file of ours to the newest schema, in one transaction, after a backup.

The steps stand in `steps.py`, loaded only where one is to be made: sqlite_utils takes 4 MB and a
tenth of a second that an engine needs once a release.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.store.file import schema
from socialdesk.store.file.search_merging import merge_late
from socialdesk.store.file.sqlite import (
    Connection,
    create_private,
    database,
    open_untouched,
    open_writer,
    store_errors,
    store_errors_in,
)

if TYPE_CHECKING:
    from socialdesk.store.file.sqlite_tools import Migrations


@frozen
class Identity:
    """What a file says it is. `version` 0: new and empty."""

    application_id: int
    version: int
    n_tables: int

    @property
    def is_new(self) -> bool:
        return self.version == 0 and self.application_id == 0 and self.n_tables == 0

    @property
    def is_ours(self) -> bool:
        return self.application_id == schema.APPLICATION_ID


def identify(path: Path) -> Identity:
    """Look without touching a byte. A missing file is new. Raises StoreError."""
    if not path.exists():
        return Identity(0, 0, 0)
    with store_errors():
        conn = open_untouched(path)
        try:
            return identity_of(conn)
        finally:
            conn.close()


def identity_of(conn: Connection) -> Identity:
    """The same, of an open connection."""
    (app,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    (n_tables,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return Identity(app, version, n_tables)


def require_usable(identity: Identity, newest: int = schema.VERSION) -> None:
    """Raises StoreError for another program's file and for a later program's."""
    if identity.is_new:
        return
    if not identity.is_ours:
        raise StoreError(StoreFault.FOREIGN, f"application id {identity.application_id:#x}")
    if identity.version > newest:
        raise StoreError(StoreFault.NEWER, f"version {identity.version}, we know {newest}")


def open_current(
    path: Path, now_ms: int, *, steps: "Migrations | None" = None, newest: int = schema.VERSION
) -> Connection:
    """The writing connection to a file of the newest schema, made or migrated where needed.

    Refuses foreign and newer files before it touches them. Raises StoreError. `steps`: ours.
    """
    with store_errors():
        identity = identify(path)
        require_usable(identity, newest)
        conn = open_writer(path)
        try:
            identity = identity_of(conn)  # a killed writer's rollback journal is undone by now
            require_usable(identity, newest)
            if identity.version < newest:
                if not identity.is_new:
                    _save_before(conn, backup_name(path, identity.version, now_ms))
                migrate(conn, steps, newest)
            merge_late(conn)
        except BaseException:
            conn.close()
            raise
        return conn


def migrate(
    conn: Connection, steps: "Migrations | None" = None, newest: int = schema.VERSION
) -> None:
    """All steps or none: one transaction, the version number last."""
    if steps is None:
        from socialdesk.store.file.steps import STEPS

        steps = STEPS
    conn.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(database(conn))
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {newest}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def backup_name(path: Path, version: int, now_ms: int) -> Path:
    """Where the file goes before it is migrated from `version`; outside the daily rotation."""
    return path.parent / "backups" / f"before-update-from-{version}-{now_ms}.db"


def _save_before(conn: Connection, target: Path) -> None:
    """The name comes last: a half copy of a killed update is never taken for a backup."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        vacuum_into(conn, part)
        os.replace(part, target)
    except OSError as e:
        raise StoreError(StoreFault.READ_ONLY, type(e).__name__) from e


def vacuum_into(conn: Connection, target: Path) -> None:
    """A whole, compact copy, for its owner only. Not inside a transaction. Raises StoreError."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as e:
        raise StoreError(StoreFault.READ_ONLY, type(e).__name__) from e
    create_private(target)  # VACUUM INTO takes an empty file, not one with something in it
    try:
        with store_errors_in(target.parent):
            conn.execute("VACUUM INTO ?", (str(target),))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
