"""What a write gets: the open transaction, its one time, and a list of what it changed.

Apart from the writer, so that modules which also read do not bring sqlite_utils to the window.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area, Changes
from socialdesk.store.file.sqlite import Connection, database

if TYPE_CHECKING:
    from socialdesk.store.file.sqlite_tools import Database


class Transaction:
    """One open BEGIN IMMEDIATE, given to one write on the writer's thread; not thread-safe.

    `now`: ms UTC, one value for the whole transaction. `mono_ms`, `boot_id`: for the journal.
    """

    __slots__ = ("_added", "_areas", "_db", "_updated", "boot_id", "conn", "mono_ms", "now")

    def __init__(self, conn: Connection, *, now: int, mono_ms: int, boot_id: str) -> None:
        self.conn, self.now, self.mono_ms, self.boot_id = conn, now, mono_ms, boot_id
        self._db: Database | None = None
        self._added: set[int] = set()
        self._updated: set[int] = set()
        self._areas: set[Area] = set()

    @property
    def db(self) -> "Database":
        """sqlite_utils over the same connection, for administration; hot paths use `conn`."""
        if self._db is None:
            self._db = database(self.conn)
        return self._db

    def note_added(self, ids: Iterable[int]) -> None:
        """Mentions new to the queue."""
        self._added.update(ids)

    def note_updated(self, ids: Iterable[int]) -> None:
        """Mentions whose row looks different now."""
        self._updated.update(ids)

    def touch(self, *areas: Area) -> None:
        """What else a screen may show has changed."""
        self._areas.update(areas)

    def tell_areas_only(self) -> None:
        """So many rows moved that a screen does better to read anew what it shows."""
        self._updated.clear()

    def changes(self) -> Changes:
        """What is announced after the commit."""
        return Changes(
            tuple(sorted(self._added)),
            tuple(sorted(self._updated - self._added - {0})),  # 0: a post of our own answers none
            frozenset(self._areas),
        )
