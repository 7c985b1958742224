"""Readers: beside the writer and without it, one snapshot each, gone when the file is swapped."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import SqliteError
from tests.makers import a_mention

COUNT = "SELECT count(*) FROM mention"

WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.store.queue_file import QueueFile
file = QueueFile(Path(sys.argv[1]))
file.fill(50)
os.kill(os.getpid(), signal.SIGKILL)
"""


def count(conn) -> int:
    return int(conn.execute(COUNT).fetchone()[0])


def test_a_reader_cannot_write(file) -> None:
    with pytest.raises(StoreError) as refused:
        file.read(lambda conn: conn.execute("DELETE FROM mention"))
    assert refused.value.fault is StoreFault.READ_ONLY


def test_all_reads_of_one_question_see_one_commit(file) -> None:
    file.fill(2)
    with file.readers.connection() as conn:
        first = count(conn)
        file.save(a_mention(n=99))
        assert count(conn) == first == 2
    assert file.readers.here(count) == 3


def test_a_reading_function_may_ask_another_one(file) -> None:
    file.fill(1)
    assert file.readers.here(lambda conn: file.readers.here(count)) == 1


def test_readers_never_wait_for_a_write_under_way(file) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write(tx) -> None:
        tx.conn.execute("INSERT INTO setting VALUES('a', 'b')")
        begun.set()
        assert go_on.wait(30)

    writing = file.writer.submit(write)
    assert begun.wait(30)
    assert file.read(lambda conn: conn.execute("SELECT * FROM setting").fetchall()) == []
    go_on.set()
    writing.result()


@pytest.mark.parametrize(("version", "fault"), [(99, StoreFault.NEWER), (0, StoreFault.OLDER)])
def test_another_schema_version_is_asked_nothing_also_when_it_changes_midway(
    file, version, fault
) -> None:
    assert file.readers.here(count) == 0
    file.writer.submit(lambda tx: tx.conn.execute(f"PRAGMA user_version = {version}")).result()
    with pytest.raises(StoreError) as refused:
        file.readers.here(count)
    assert refused.value.fault is fault
    fresh = Readers(file.path)
    with pytest.raises(StoreError) as refused:
        fresh.here(count)
    assert refused.value.fault is fault
    fresh.close()


def test_a_killed_writer_leaves_a_full_wal_and_readers_read_it(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(tmp_path)], check=False)
    assert killed.returncode == -9
    wal = tmp_path / "workspace.db-wal"
    assert wal.stat().st_size > 0
    wal_before, db_before = wal.read_bytes(), (tmp_path / "workspace.db").read_bytes()
    readers = Readers(tmp_path / "workspace.db")
    assert readers.here(count) == 50
    assert readers.run(count).result() == 50
    readers.close()
    assert wal.read_bytes() == wal_before
    assert (tmp_path / "workspace.db").read_bytes() == db_before


def test_letting_go_waits_for_a_reading_and_the_next_one_opens_anew(file) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(conn) -> int:
        begun.set()
        assert go_on.wait(30)
        return count(conn)

    reading = file.readers.run(slow)
    assert begun.wait(30)
    letting_go = threading.Thread(target=file.readers.let_go)
    letting_go.start()
    go_on.set()
    letting_go.join(30)
    assert reading.result() == 0
    file.fill(1)
    assert file.readers.run(count).result() == 1


def test_after_let_go_the_file_is_nobodys(file) -> None:
    assert file.readers.here(count) == 0
    assert file.read(count) == 0
    file.readers.let_go()
    file.writer.close()
    assert not Path(f"{file.path}-wal").exists()  # the last connection folds and removes it


def test_closed_readers_refuse(file) -> None:
    file.readers.close()
    for ask in (lambda: file.readers.run(count).result(), lambda: file.readers.here(count)):
        with pytest.raises(StoreError) as refused:
            ask()
        assert refused.value.fault is StoreFault.CLOSED


def test_a_missing_file_is_no_crash_and_is_not_made(tmp_path: Path) -> None:
    readers = Readers(tmp_path / "nowhere.db")
    with pytest.raises(StoreError):
        readers.here(count)
    readers.close()
    assert list(tmp_path.iterdir()) == []


def test_a_bug_in_a_question_stays_a_bug(file) -> None:
    with pytest.raises(SqliteError):
        file.read(lambda conn: conn.execute("SELECT no_such_column FROM mention"))
