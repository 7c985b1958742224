"""A workspace on a network drive: no WAL, and everything else as elsewhere."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store.copies import recovery, salvage
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.erasing import cleaning
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import (
    BUSY_MS,
    NETWORK_BUSY_MS,
    Connection,
    open_reader,
    open_untouched,
    open_writer,
)
from tests.fakes import NOON
from tests.makers import a_mention
from tests.store.file.mounts import mounted
from tests.store.queue_file import QueueFile

WAIT_S = 60
# Ends in the middle of a write: half of it is in the file, the journal beside it.
CUT_OFF = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA cache_size = 2")
conn.execute("BEGIN IMMEDIATE")
conn.execute("UPDATE mention SET body = hex(randomblob(3000))")
os._exit(9)
"""


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a network drive."""
    folder = tmp_path / "far"
    folder.mkdir()
    mounted(monkeypatch, tmp_path / "root", ("/", "ext4", "/dev/sda1"), (folder, "nfs4", "nas:/"))
    return folder


def mode_of(path: Path) -> str:
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
        return str(mode)
    finally:
        conn.close()


def sides(path: Path) -> set[str]:
    return {p.name.removeprefix(path.name) for p in path.parent.glob(f"{path.name}?*")}


def test_a_new_file_there_has_no_wal_while_it_is_written_and_read(far) -> None:
    file = QueueFile(far)
    assert sides(file.path) == set()
    n = len(file.fill(30))
    assert file.sql("SELECT count(*) FROM mention") == [(n,)]
    assert sides(file.path) == set()
    file.close()
    assert mode_of(file.path) == "delete"
    assert recovery.check(file.path).condition is Condition.OK


def test_readers_read_while_the_writer_writes(far) -> None:
    file = QueueFile(far)
    file.save(a_mention("first"))
    is_inside, may_end = threading.Event(), threading.Event()

    def hold(tx) -> None:
        tx.conn.execute("UPDATE mention SET body = 'second'")
        is_inside.set()
        assert may_end.wait(WAIT_S)

    written = file.writer.submit(hold)
    assert is_inside.wait(WAIT_S)
    assert file.sql("SELECT body FROM mention") == [("first",)]  # as of the last commit
    may_end.set()
    written.result()
    assert file.sql("SELECT body FROM mention") == [("second",)]
    file.close()


def test_a_commit_waits_for_a_reader_and_then_succeeds(far) -> None:
    file = QueueFile(far)
    file.save(a_mention("first"))
    with file.readers.connection() as conn:
        conn.execute("SELECT body FROM mention").fetchall()
        written = file.writer.submit(
            lambda tx: tx.conn.execute("UPDATE mention SET body = 'second'").close()
        )
        with pytest.raises(TimeoutError):
            written.result(0.2)
        assert conn.execute("SELECT body FROM mention").fetchone() == ("first",)
    written.result(WAIT_S)
    assert file.sql("SELECT body FROM mention") == [("second",)]
    file.close()
    conn = open_writer(file.path)
    assert conn.execute("PRAGMA busy_timeout").fetchone() == (NETWORK_BUSY_MS,)
    conn.close()


def test_a_reader_waits_there_as_long_as_a_commit_may_take(far, tmp_path) -> None:
    def patience(conn: Connection) -> int:
        (busy_ms,) = conn.execute("PRAGMA busy_timeout").fetchone()
        return int(busy_ms)

    QueueFile(far).close()
    near = QueueFile(tmp_path)
    near.close()
    there, here = Readers(far / "workspace.db"), Readers(near.path)
    assert there.run(patience).result(WAIT_S) == NETWORK_BUSY_MS
    assert there.here(patience, busy_ms=BUSY_MS) == BUSY_MS  # a window's own thread
    assert here.run(patience).result(WAIT_S) == here.here(patience) == BUSY_MS
    there.close()
    here.close()


def test_a_file_that_was_moved_there_leaves_its_wal_and_takes_it_up_again(
    tmp_path, monkeypatch
) -> None:
    file = QueueFile(tmp_path)
    file.fill(5)
    file.close()
    with monkeypatch.context() as there:
        mounted(there, tmp_path / "root", (tmp_path, "cifs", "//nas/desk"))
        assert recovery.check(file.path).condition is Condition.OK
        with pytest.raises(StoreError) as refused:
            open_reader(file.path)  # it would keep the writer from leaving the WAL
        assert refused.value.fault is StoreFault.OLDER
        file.reopen()
        assert file.sql("SELECT count(*) FROM mention") == [(5,)]
        assert sides(file.path) == set()
        file.close()
        assert mode_of(file.path) == "delete"
    file.reopen()
    assert "-wal" in sides(file.path)
    file.close()


def test_what_a_killed_writer_left_in_the_wal_is_not_lost_on_the_way(tmp_path, monkeypatch) -> None:
    path, moved = tmp_path / "workspace.db", tmp_path / "far" / "workspace.db"
    file = QueueFile(tmp_path)
    file.fill(5)
    moved.parent.mkdir()
    for side in ("", "-wal"):
        moved.with_name(f"{moved.name}{side}").write_bytes(Path(f"{path}{side}").read_bytes())
    file.close()
    mounted(monkeypatch, tmp_path / "root", (moved.parent, "9p", "host"))
    conn = open_writer(moved)
    assert conn.execute("SELECT count(*) FROM mention").fetchone() == (5,)
    assert sides(moved) == set()
    conn.close()


def test_another_reader_of_the_wal_makes_the_engine_wait(tmp_path, monkeypatch) -> None:
    file = QueueFile(tmp_path)
    file.close()
    old = open_reader(file.path)
    old.execute("SELECT count(*) FROM mention").fetchone()
    mounted(monkeypatch, tmp_path / "root", (tmp_path, "nfs", "nas:/"))
    monkeypatch.setattr("socialdesk.store.file.sqlite.NETWORK_BUSY_MS", 100)
    with pytest.raises(StoreError) as refused:
        open_writer(file.path, busy_ms=100)
    assert refused.value.fault is StoreFault.LOCKED
    old.close()
    open_writer(file.path).close()
    assert mode_of(file.path) == "delete"


def test_a_write_that_was_cut_off_is_no_damage_and_is_undone(far) -> None:
    file = QueueFile(far)
    file.save(*(a_mention("as it was " * 200, n=n) for n in range(200)))
    file.close()
    subprocess.run([sys.executable, "-c", CUT_OFF, str(file.path)], check=False, timeout=WAIT_S)
    before = file.path.read_bytes()
    assert sides(file.path) == {"-journal"}
    assert recovery.check(file.path).condition is Condition.OK
    with pytest.raises(StoreError) as refused:
        file.readers = type(file.readers)(file.path)
        file.sql("SELECT count(*) FROM mention")
    assert refused.value.fault is StoreFault.OLDER  # wait for the engine
    assert file.path.read_bytes() == before
    file.readers.close()
    file.open()
    assert {t for (t,) in file.sql("SELECT DISTINCT body FROM mention")} == {"as it was " * 200}
    file.close()
    assert recovery.check(file.path).condition is Condition.OK


def test_a_restored_or_salvaged_file_has_no_wal_either(far) -> None:
    file = QueueFile(far)
    file.fill(20)
    made = file.readers.here(lambda conn: recovery.back_up(conn, far / "backups", NOON))
    prepared = recovery.prepare(made.path, file.path, file.clock)
    file.writer.submit_alone(lambda conn: recovery.put_inside(prepared.fresh, conn)).result()
    assert file.sql("SELECT count(*) FROM mention") == [(20,)]
    file.close()
    assert (mode_of(prepared.fresh), mode_of(file.path)) == ("delete", "delete")
    prepared.fresh.unlink()
    assert recovery.restore(made.path, file.path, file.clock).n_mentions == 20
    assert mode_of(file.path) == "delete"
    salvaged = far / "salvaged.db"
    assert salvage.salvage(file.path, salvaged, file.clock).n_mentions == 20
    assert mode_of(salvaged) == "delete"
    assert sides(file.path) == set()


def test_the_journal_of_a_file_that_is_replaced_is_kept_with_it_and_goes(far) -> None:
    file = QueueFile(far)
    file.save(*(a_mention("as it was " * 200, n=n) for n in range(200)))
    made = file.readers.here(lambda conn: recovery.back_up(conn, far / "backups", NOON))
    file.close()
    subprocess.run([sys.executable, "-c", CUT_OFF, str(file.path)], check=False, timeout=WAIT_S)
    journal = Path(f"{file.path}-journal").read_bytes()
    kept = recovery.restore(made.path, file.path, file.clock).kept
    assert kept is not None
    assert Path(f"{kept}-journal").read_bytes() == journal
    assert sides(file.path) == set()
    assert recovery.check(file.path).condition is Condition.OK


def test_the_file_can_be_cleaned_after_an_erasing(far) -> None:
    file = QueueFile(far)
    file.fill(20)
    assert file.writer.submit_alone(cleaning.rewrite).result()
    assert sides(file.path) == set()
    file.close()


def test_a_look_beside_a_writer_is_in_step_with_it(far) -> None:
    file = QueueFile(far)
    file.fill(5)
    conn = open_untouched(file.path)
    conn.execute("BEGIN")
    assert conn.execute("SELECT count(*) FROM mention").fetchone() == (5,)
    written = file.writer.submit(
        lambda tx: tx.conn.execute("UPDATE mention SET body = 'x'").close()
    )
    with pytest.raises(TimeoutError):  # a look that took no part would not be waited for
        written.result(0.2)
    conn.close()
    written.result(WAIT_S)
    file.close()
