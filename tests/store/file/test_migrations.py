"""Old files come up to date whole or not at all; newer and foreign ones are not touched."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store import journal
from socialdesk.store.file import migrations, schema
from socialdesk.store.file.migrations import identify, open_current
from socialdesk.store.file.sqlite import Connection, open_plain
from socialdesk.store.file.steps import first_schema, to_version_2
from socialdesk.store.mentions import textindex
from tests.fakes import NOON
from tests.store.queue_file import QueueFile

RELEASED = sorted((Path(__file__).parents[1] / "released").glob("schema-*.db"))


NEXT = schema.VERSION + 1


def schema_of(conn: Connection) -> dict[str, str]:
    """Every table with its columns; every index, trigger and view with its SQL. (SQLite keeps the
    text of a table that got a column later in another form.)"""
    rows = conn.execute("SELECT name, type, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {
        name: str(conn.execute(f'PRAGMA table_xinfo("{name}")').fetchall())
        if kind == "table" else sql
        for name, kind, sql in rows if "_sqlite_migrations" not in name
    }  # fmt: skip


def rows_of(conn: Connection, table: str) -> list[tuple[Any, ...]]:
    return conn.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()


def steps_to_next() -> Migrations:
    """The real steps and one more, as the next release will bring."""
    steps = Migrations("socialdesk")
    steps()(first_schema)
    steps()(to_version_2)

    @steps()
    def add_colour(db: Database) -> None:
        db.executescript("ALTER TABLE label ADD COLUMN colour TEXT NOT NULL DEFAULT ''")

    return steps


def failing_steps() -> Migrations:
    steps = steps_to_next()

    @steps()
    def fail(db: Database) -> None:
        db.executescript("CREATE TABLE half(x)")
        raise RuntimeError("a bug in a step")

    return steps


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "old" / "workspace.db"
    path.parent.mkdir()
    made = QueueFile(path.parent)
    made.fill(20)
    made.close()
    return path


def test_a_new_file_has_the_newest_schema_and_says_so(tmp_path) -> None:
    conn = open_current(tmp_path / "workspace.db", NOON)
    fresh = sqlite3.connect(":memory:")
    for part in (schema.TABLES, schema.SEARCH, schema.INDEXES, schema.GUARDS, schema.VIEWS):
        fresh.executescript(part)
    assert schema_of(conn) == schema_of(fresh)
    conn.close()
    found = identify(tmp_path / "workspace.db")
    assert (found.application_id, found.version) == (schema.APPLICATION_ID, schema.VERSION)


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_released_file_becomes_as_new_and_keeps_every_row(released, tmp_path) -> None:
    path = tmp_path / "workspace.db"
    shutil.copy(released, path)
    before = sqlite3.connect(path)
    names = before.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    others = ("mention_search", "_", "sqlite_")
    tables = [name for (name,) in names if not name.startswith(others)]
    kept = {table: rows_of(before, table) for table in tables}
    before.close()
    conn = open_current(path, NOON)

    def known(conn: Connection, table: str) -> list[tuple[Any, ...]]:
        """Its rows without the columns that came later."""
        width = len(kept[table][0]) if kept[table] else 0
        return [row[:width] for row in rows_of(conn, table)]

    new = open_current(tmp_path / "new.db", NOON)
    assert schema_of(conn) == schema_of(new)
    assert {table: known(conn, table) for table in tables} == kept
    assert len(kept["mention"]) == 3
    assert journal.verify(conn) is None
    found = conn.execute(
        "SELECT count(*) FROM mention_search WHERE mention_search MATCH ?",
        (f'"{textindex.words("面包")}"',),
    )
    assert found.fetchone() == (1,)
    conn.close()
    new.close()


def test_there_is_a_released_file_of_every_version() -> None:
    assert [path.stem for path in RELEASED] == [f"schema-{n + 1}" for n in range(schema.VERSION)]


def test_an_update_saves_a_backup_first(old_file) -> None:
    conn = open_current(old_file, NOON, steps=steps_to_next(), newest=NEXT)
    assert "colour" in schema_of(conn)["label"]
    assert len(rows_of(conn, "mention")) == 20
    conn.close()
    (backup,) = (old_file.parent / "backups").glob(f"before-update-from-{schema.VERSION}-*.db")
    assert identify(backup).version == schema.VERSION
    saved = sqlite3.connect(backup)
    assert len(rows_of(saved, "mention")) == 20
    saved.close()


def test_an_update_that_fails_leaves_the_old_file_whole(old_file) -> None:
    with pytest.raises(RuntimeError, match="a bug in a step"):
        open_current(old_file, NOON, steps=failing_steps(), newest=NEXT + 1)
    assert identify(old_file).version == schema.VERSION
    conn = open_current(old_file, NOON)
    assert "half" not in schema_of(conn)
    assert "colour" not in schema_of(conn)["label"]
    assert len(rows_of(conn, "mention")) == 20
    conn.close()


def test_no_update_begins_without_its_backup(old_file) -> None:
    (old_file.parent / "backups").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError) as refused:
        open_current(old_file, NOON, steps=steps_to_next(), newest=NEXT)
    assert refused.value.fault is StoreFault.READ_ONLY
    assert identify(old_file).version == schema.VERSION


UPDATE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from typing import Any
from socialdesk.store.file import migrations
from tests.fakes import NOON
from tests.store.file.test_migrations import NEXT, steps_to_next
steps, die_at = steps_to_next(), int(sys.argv[2])
n = 0
def trace(statement):
    global n
    n += 1
    if n == die_at:
        os.kill(os.getpid(), signal.SIGKILL)
real = migrations.open_writer
def open_writer(path):
    conn = real(path)
    conn.set_trace_callback(trace)
    return conn
migrations.open_writer = open_writer
migrations.open_current(Path(sys.argv[1]), NOON, steps=steps, newest=NEXT).close()
print(n)
"""


def test_an_update_killed_anywhere_leaves_the_old_or_the_new_never_between(old_file) -> None:
    def run(die_at: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", UPDATE_AND_DIE, str(path), str(die_at)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    path = old_file.with_name("whole.db")
    shutil.copy(old_file, path)
    n_statements = int(run(0).stdout)
    assert n_statements > 8
    versions = set()
    for die_at in range(1, n_statements + 1, max(1, n_statements // 4)):
        path = old_file.with_name(f"killed-{die_at}.db")
        shutil.copy(old_file, path)
        assert run(die_at).returncode == -9
        version = identify(path).version
        conn = open_plain(path)
        assert ("colour" in schema_of(conn)["label"]) == (version == NEXT)
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(rows_of(conn, "mention")) == 20
        conn.close()
        open_current(path, NOON, steps=steps_to_next(), newest=NEXT).close()  # the next start
        assert identify(path).version == NEXT
        versions.add(version)
    assert versions <= {schema.VERSION, NEXT}


@pytest.mark.parametrize("with_wal", [False, True])
def test_a_newer_file_is_refused_and_not_one_byte_of_it_changes(old_file, with_wal) -> None:
    conn = sqlite3.connect(old_file, isolation_level=None)
    conn.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    if not with_wal:
        conn.close()
    names = [p for p in old_file.parent.iterdir() if not p.name.endswith("-shm")]
    before = {p: p.read_bytes() for p in names} if not with_wal else {}
    with pytest.raises(StoreError) as refused:
        open_current(old_file, NOON)
    assert refused.value.fault is StoreFault.NEWER
    if with_wal:
        assert conn.execute("PRAGMA user_version").fetchone() == (schema.VERSION + 1,)
        conn.close()
    else:
        after = [p for p in old_file.parent.iterdir() if not p.name.endswith("-shm")]
        assert {p: p.read_bytes() for p in after} == before


def test_another_programs_file_is_refused_and_not_touched(tmp_path) -> None:
    path = tmp_path / "recipes.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE recipe(x)")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        open_current(path, NOON)
    assert refused.value.fault is StoreFault.FOREIGN
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["recipes.db"]


def test_an_empty_file_is_a_new_one(tmp_path) -> None:
    path = tmp_path / "workspace.db"
    path.touch()
    conn = open_current(path, NOON)
    assert migrations.identity_of(conn).version == schema.VERSION
    conn.close()
