"""Kills updates of every released file, grown large, and looks what was left.

    python -m tests.soak.migration_kills N_ROWS N_KILLS SEED

prints one JSON line per released file: seconds of an update that nobody kills, and how many of the
killed ones left a file that is neither the old nor the new one, lost a row, or could not be brought
up to date by the next start. Each update is a fork of this process, which starts no thread; half of
them die at a statement, the others at any moment.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from socialdesk.store.file import migrations, schema
from socialdesk.store.file.migrations import identify, open_current
from socialdesk.store.file.sqlite import SIDE_FILES, Connection, open_plain, open_writer
from tests.fakes import NOON

RELEASED: Final = Path(__file__).parents[1] / "store" / "released"
GROWN: Final = ("mention", "triage")  # the two that hold nearly all of a file


def grow(path: Path, n_rows: int) -> None:
    """Copies of what is there, under new ids and addresses, until there are `n_rows` mentions."""
    conn = open_writer(path)
    for pragma in ("synchronous = OFF", "foreign_keys = OFF", "secure_delete = OFF"):
        conn.execute(f"PRAGMA {pragma}")
    conn.execute("BEGIN")
    for table in GROWN:
        conn.execute(_growing(conn, table), (n_rows,))
    conn.execute("COMMIT")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    conn.close()


def _growing(conn: Connection, table: str) -> str:
    names = [name for (name,) in conn.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    new = {
        "id": "id + n * 10", "mention_id": "mention_id + n * 10", "uri": "uri || '/' || n",
        "remote_id": "remote_id || '-' || n",
    }  # fmt: skip
    key = "id" if table == "mention" else "mention_id"
    return (
        "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ?)"
        f' INSERT INTO "{table}"({", ".join(names)})'
        f" SELECT {', '.join(new.get(name, name) for name in names)} FROM more, (SELECT * FROM"
        f' "{table}" ORDER BY {key} LIMIT 1)'
    )


def tables_of(conn: Connection) -> dict[str, Any]:
    """What tells the old schema from the new one."""
    found = conn.execute("SELECT name, type FROM sqlite_master").fetchall()
    return {
        name: conn.execute(f'PRAGMA table_xinfo("{name}")').fetchall() if kind == "table" else kind
        for name, kind in found if "_sqlite_migrations" not in name
    }  # fmt: skip


def counts_of(conn: Connection) -> dict[str, int]:
    return {
        table: conn.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for table in ("mention", "triage", "outbox", "journal", "author", "draft")
    }


def update(path: Path, die_at: int) -> None:
    """In a fork. `die_at`: the statement to die at, 0 = somebody else kills."""
    n = 0

    def trace(_: str) -> None:
        nonlocal n
        n += 1
        if n == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path) -> Connection:
        conn = open_writer(path)
        if die_at:
            conn.set_trace_callback(trace)
        return conn

    vars(migrations)["open_writer"] = traced
    open_current(path, NOON).close()


def kill_one(path: Path, took_s: float, n_statements: int, dice: random.Random) -> bool:
    """Whether it was killed, and had not ended before."""
    die_at = dice.randrange(1, n_statements + 1) if dice.random() < 0.5 else 0
    child = os.fork()
    if child == 0:
        try:
            update(path, die_at)
            os._exit(0)
        finally:
            os._exit(1)
    if not die_at:
        select.select([], [], [], dice.uniform(0, took_s * 1.1))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def copy(source: Path, target: Path) -> None:
    for side in SIDE_FILES:
        target.with_name(f"{target.name}{side}").unlink(missing_ok=True)
    shutil.rmtree(target.parent / "backups", ignore_errors=True)
    shutil.copyfile(source, target)


def try_version(released: Path, folder: Path, n_rows: int, n_kills: int, seed: int) -> str:
    """One line of JSON."""
    whole, path = folder / "whole.db", folder / "workspace.db"
    shutil.copyfile(released, whole)
    grow(whole, n_rows)
    version = identify(whole).version
    conn = open_plain(whole)
    old, counts = tables_of(conn), counts_of(conn)
    conn.close()
    copy(whole, path)
    began = time.perf_counter()
    open_current(path, NOON).close()
    took_s = time.perf_counter() - began
    conn = open_plain(path)
    new = tables_of(conn)
    conn.close()
    n_statements = _statements(whole, path)
    found, dice = Counter[str](), random.Random(seed)
    copy(whole, path)
    for _ in range(n_kills):
        found["n_killed"] += kill_one(path, took_s, n_statements, dice)
        found.update(_look(path, version, old, new, counts))
        if identify(path).version == schema.VERSION:
            copy(whole, path)
    open_current(path, NOON).close()  # the next start
    found["n_stuck"] += identify(path).version != schema.VERSION
    names = ("n_killed", "n_new", "n_between", "n_lost", "n_broken", "n_stuck")
    facts = {"version": version, "n_rows": counts["mention"], "update_s": round(took_s, 2)}
    return json.dumps({**facts, **{name: found[name] for name in names}})


def _statements(whole: Path, path: Path) -> int:
    """Of one whole update."""
    copy(whole, path)
    n = 0

    def count(_: str) -> None:
        nonlocal n
        n += 1

    def traced(path: Path) -> Connection:
        conn = open_writer(path)
        conn.set_trace_callback(count)
        return conn

    before = vars(migrations)["open_writer"]
    vars(migrations)["open_writer"] = traced
    open_current(path, NOON).close()
    vars(migrations)["open_writer"] = before
    return max(1, n)


def _look(path: Path, version: int, old: Any, new: Any, counts: Any) -> Iterator[str]:
    """What is wrong, by name; "n_new": it had come to its end."""
    now = identify(path).version
    conn = open_plain(path)
    try:
        tables = tables_of(conn)
        if now == schema.VERSION and version != schema.VERSION:
            yield "n_new"
        if tables != (new if now == schema.VERSION else old) or now not in {
            version,
            schema.VERSION,
        }:
            yield "n_between"
        if counts_of(conn) != counts:
            yield "n_lost"
        if conn.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            yield "n_broken"
    finally:
        conn.close()


def main(n_rows: int, n_kills: int, seed: int) -> None:
    for released in sorted(RELEASED.glob("schema-*.db")):
        with tempfile.TemporaryDirectory(prefix="migration-kills-") as folder:
            line = try_version(released, Path(folder), n_rows, n_kills, seed)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:]))
