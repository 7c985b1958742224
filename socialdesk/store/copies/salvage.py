"""Read what can be read of a damaged file into a new one.

Tables are read row by row; where SQLite finds a broken page, reading goes on behind it. What the
rows need of each other is mended afterwards, and the index and the counters are made anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.store import journal
from socialdesk.store.copies.recovery import hold_all, one_transaction
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.sqlite import (
    DAMAGE_ERRORS,
    Connection,
    SqliteError,
    open_untouched,
    statements,
    store_errors,
)
from socialdesk.store.mentions import counters, textindex

_SKIPPED: Final = frozenset({"counter"})  # counted anew
_FIRST_JUMP: Final = 1  # rowids past a broken row; doubles while nothing is found

# A value no enum knows would stop a screen; mentions lost of their queue row are open again.
_MEND: Final = """
UPDATE mention SET kind = 1 WHERE typeof(kind) <> 'integer' OR kind NOT BETWEEN 1 AND 7;
UPDATE mention SET role = 0 WHERE typeof(role) <> 'integer' OR role NOT BETWEEN 0 AND 2;
UPDATE mention SET visibility = 'public'
  WHERE visibility NOT IN ('public', 'unlisted', 'followers', 'direct');
UPDATE mention SET can_reply = 'no' WHERE can_reply NOT IN ('api', 'browser', 'no');
UPDATE mention SET attachments = '' WHERE attachments <> '' AND NOT json_valid(attachments);
INSERT OR IGNORE INTO author(id, network, remote_id, handle, first_seen_at)
  SELECT DISTINCT author_id, network, 'lost:' || author_id, '?', 0 FROM mention
  WHERE author_id NOT IN (SELECT id FROM author);
DELETE FROM triage WHERE mention_id NOT IN (SELECT id FROM mention WHERE role = 0);
UPDATE triage SET status = 1, disposition = 0
  WHERE typeof(status) <> 'integer' OR status NOT BETWEEN 0 AND 5;
UPDATE triage SET disposition = 0
  WHERE typeof(disposition) <> 'integer' OR disposition NOT BETWEEN 0 AND 6;
INSERT INTO triage(mention_id, status, need_at) SELECT id, 1, published_at FROM mention
  WHERE role = 0 AND id NOT IN (SELECT mention_id FROM triage);
"""


@frozen
class Salvaged:
    """`n_rows`: what came over, per table. `n_held`: replies that now wait for a person.
    `n_breaks`: places where reading had to jump."""

    n_mentions: int
    n_held: int
    n_breaks: int
    n_rows: dict[str, int]


def salvage(path: Path, target: Path, clock: Clock, *, person: int | None = None) -> Salvaged:
    """`target`: a file that does not exist yet. `path` is not changed. Raises StoreError: DAMAGED
    when nothing at all could be read."""
    with store_errors():
        new = open_current(target, clock.now_ms())
        try:
            return _fill(path, new, clock, person)
        finally:
            new.close()


def _fill(path: Path, new: Connection, clock: Clock, person: int | None) -> Salvaged:
    new.execute("PRAGMA foreign_keys = OFF")  # a lost author must not cost its mentions
    new.execute("BEGIN IMMEDIATE")
    n_rows: dict[str, int] = {}
    n_breaks = 0
    old = open_untouched(path)
    try:
        for table in _tables(new):
            n_rows[table], breaks = _copy(old, new, table)
            n_breaks += breaks
    finally:
        old.close()
    if not any(n_rows.values()):
        new.execute("ROLLBACK")
        raise StoreError(StoreFault.DAMAGED, "nothing in it can be read")
    tx = one_transaction(new, clock)
    for statement in statements(_MEND):
        new.execute(statement)
    n_mentions = textindex.rebuild(tx)
    counters.recount(tx)
    n_held = hold_all(tx)
    data = {"n_rows": n_rows, "n_breaks": n_breaks, "n_held": n_held}
    journal.append(tx, "salvaged", data, person=person)
    new.execute("COMMIT")
    new.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return Salvaged(n_mentions, n_held, n_breaks, n_rows)


def _tables(conn: Connection) -> list[str]:
    rows = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_sqlite%' ESCAPE '!'"
        " ORDER BY name"
    )
    return [name for (name,) in rows if name not in _SKIPPED]


def _copy(old: Connection, new: Connection, table: str) -> tuple[int, int]:
    info = new.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    columns = [name for name, _ in info]
    keys = ", ".join(f'"{name}" DESC' for name, pk in info if pk)
    (has_rowid,) = new.execute(
        "SELECT NOT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)
    ).fetchone()
    names = ", ".join(f'"{name}"' for name in columns)
    insert = f'INSERT OR IGNORE INTO "{table}"({names}) VALUES({", ".join("?" * len(columns))})'
    rows = _by_rowid(old, table, names) if has_rowid else _from_both_ends(old, table, names, keys)
    n = n_breaks = 0
    for row in rows:
        if row is None:
            n_breaks += 1
            continue
        try:
            n += new.execute(insert, row).rowcount
        except SqliteError as e:
            if getattr(e, "sqlite_errorname", "") == "SQLITE_FULL":
                raise  # our trouble, not the row's
    return n, n_breaks


def _by_rowid(old: Connection, table: str, names: str) -> Iterator[tuple[Any, ...] | None]:
    """Rows in order; None where a break was jumped over. `old` is only asked, in small steps."""
    last, jump = -(1 << 62), _FIRST_JUMP
    sql = f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid'
    while True:
        try:
            for rowid, *row in old.execute(sql, (last,)):
                last, jump = rowid, _FIRST_JUMP
                yield tuple(row)
            return
        except DAMAGE_ERRORS:
            yield None
            if jump >= 1 << 62 or last + jump >= 1 << 62:
                return
            last, jump = max(last, 0) + jump, jump * 2


def _from_both_ends(
    old: Connection, table: str, names: str, keys: str
) -> Iterator[tuple[Any, ...] | None]:
    """A table without rowids: forwards to the break, then backwards to it."""
    try:
        yield from old.execute(f'SELECT {names} FROM "{table}"')
        return
    except DAMAGE_ERRORS:
        yield None
    try:
        yield from old.execute(f'SELECT {names} FROM "{table}" ORDER BY {keys}')
    except DAMAGE_ERRORS:
        yield None
