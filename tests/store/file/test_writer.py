"""The writer: one at a time, by priority, all or nothing, told afterwards."""

import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store.file.sqlite import open_writer
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority, Writer
from tests.fakes import HandClock


def put(key: str):
    """A write that leaves a trace."""
    return lambda tx: tx.conn.execute("INSERT INTO setting VALUES(?, '1')", (key,)).close()


def grow(tx: Transaction) -> None:
    """Two thousand pages of 4 KiB."""
    tx.conn.execute("INSERT INTO setting VALUES('large', ?)", ("x" * 8_000_000,)).close()


def keys(file) -> list[str]:
    return [key for (key,) in file.sql("SELECT key FROM setting ORDER BY key")]


def hold(file) -> threading.Event:
    """Keep the writer busy until the event is set; what is submitted meanwhile queues up."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(tx: Transaction) -> None:
        begun.set()
        assert go_on.wait(30)

    file.writer.submit(wait, priority=Priority.URGENT)
    assert begun.wait(30)
    return go_on


def test_urgent_goes_before_pages_and_equals_go_in_order(file) -> None:
    done: list[str] = []
    go_on = hold(file)
    wanted = [("b1", Priority.BACKGROUND), ("p1", Priority.PAGE), ("p2", Priority.PAGE),
              ("s1", Priority.SEND), ("c1", Priority.COMMAND), ("u1", Priority.URGENT),
              ("c2", Priority.COMMAND), ("p3", Priority.PAGE)]  # fmt: skip
    futures = [
        file.writer.submit(lambda tx, name=name: done.append(name), priority=priority)
        for name, priority in wanted
    ]
    go_on.set()
    for future in futures:
        future.result()
    assert done == ["u1", "c1", "c2", "s1", "p1", "p2", "p3", "b1"]


def test_a_write_that_fails_leaves_nothing_and_the_next_one_works(file) -> None:
    def fail(tx: Transaction) -> None:
        put("half")(tx)
        tx.note_added([1])
        raise ValueError("a bug")

    told = len(file.told)
    with pytest.raises(ValueError, match="a bug"):
        file.write(fail)
    file.write(put("whole"))
    assert keys(file) == ["whole"]
    assert len(file.told) == told


def test_changes_are_told_after_the_commit_and_after_the_answer(tmp_path: Path) -> None:
    seen: list[tuple[Changes, bool, bool]] = []
    futures: list[Future[None]] = []

    def announce(changes: Changes) -> None:
        reader = open_writer(path)  # another connection sees committed rows only
        is_there = bool(reader.execute("SELECT 1 FROM setting WHERE key = 'x'").fetchone())
        reader.close()
        seen.append((changes, is_there, futures[0].done()))

    path = tmp_path / "workspace.db"
    writer = Writer(path, clock=HandClock(), announce=announce)
    writer.start()
    gate = threading.Event()
    writer.submit(lambda tx: gate.wait(30))

    def write(tx: Transaction) -> None:
        put("x")(tx)
        tx.note_added([7, 3])
        tx.note_updated([3, 9])
        tx.touch(Area.SETTINGS)

    futures.append(writer.submit(write))
    gate.set()
    writer.submit(lambda tx: None).result()
    writer.close()
    assert seen == [(Changes((3, 7), (9,), frozenset({Area.SETTINGS})), True, True)]


def test_a_write_that_changes_nothing_is_not_told(file) -> None:
    told = len(file.told)
    file.write(lambda tx: None)
    file.write(lambda tx: None)  # the first one's announcement, if any, is over by now
    assert len(file.told) == told


def test_a_listener_that_fails_does_not_end_the_writer(tmp_path: Path, expect_log) -> None:
    def announce(changes: Changes) -> None:
        raise RuntimeError("a screen's bug")

    expect_log("A listener failed after a commit")
    writer = Writer(tmp_path / "workspace.db", clock=HandClock(), announce=announce)
    writer.start()
    writer.submit(lambda tx: tx.touch(Area.QUEUE)).result()
    assert writer.submit(lambda tx: 7).result() == 7
    writer.close()


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_only_what_must_outlive_a_power_cut_waits_for_the_disk(file, durable, level) -> None:
    def synchronous(tx: Transaction) -> int:
        return int(tx.conn.execute("PRAGMA synchronous").fetchone()[0])

    file.writer.submit(lambda tx: None, durable=not durable).result()
    assert file.writer.submit(synchronous, durable=durable).result() == level


@pytest.mark.parametrize(
    ("priority", "is_folded"), [(Priority.COMMAND, False), (Priority.PAGE, True)]
)
def test_who_waits_for_a_commit_does_not_wait_for_the_folding_of_the_wal(
    file, priority, is_folded
) -> None:
    file.writer.submit(grow, priority=Priority.COMMAND).result()  # 2,000 pages, none folded
    before = file.path.stat().st_size
    file.writer.submit(put("x"), priority=priority).result()
    assert (file.path.stat().st_size > before + 4_000_000) == is_folded


def test_a_transaction_has_one_time_and_the_boot_it_happened_in(file) -> None:
    def look(tx: Transaction) -> tuple[int, int, str]:
        file.clock.advance(5)
        return tx.now, tx.mono_ms, tx.boot_id

    before = file.clock.now, file.clock.mono
    now, mono_ms, boot_id = file.write(look)
    assert (now, mono_ms) == before
    assert boot_id == file.write(lambda tx: tx.boot_id) != ""


def test_sqlite_utils_works_inside_a_transaction_and_does_not_commit(file) -> None:
    def write(tx: Transaction) -> None:
        tx.db.table("setting").insert({"key": "made", "value": "1"})
        assert tx.conn.in_transaction
        raise ValueError

    with pytest.raises(ValueError):
        file.write(write)
    assert keys(file) == []


def test_closing_finishes_commands_and_refuses_pages(file) -> None:
    go_on = hold(file)
    command = file.writer.submit(put("command"), priority=Priority.COMMAND)
    page = file.writer.submit(put("page"), priority=Priority.PAGE)
    closing = threading.Thread(target=file.writer.close)
    closing.start()
    go_on.set()
    closing.join(30)
    command.result()
    with pytest.raises(StoreError) as refused:
        page.result()
    assert refused.value.fault is StoreFault.CLOSED
    assert keys(file) == ["command"]


def test_after_closing_everything_is_refused_and_closing_again_is_no_error(file) -> None:
    file.writer.close()
    file.writer.close()
    with pytest.raises(StoreError) as refused:
        file.writer.submit(lambda tx: None).result()
    assert refused.value.fault is StoreFault.CLOSED


def test_a_listener_may_close_the_writer(tmp_path: Path) -> None:
    closed = threading.Event()

    def announce(changes: Changes) -> None:
        writer.close()
        closed.set()

    writer = Writer(tmp_path / "workspace.db", clock=HandClock(), announce=announce)
    writer.start()
    writer.submit(lambda tx: tx.touch(Area.QUEUE)).result()
    assert closed.wait(30)
    writer.close()


def test_a_cancelled_write_is_not_done(file) -> None:
    go_on = hold(file)
    future = file.writer.submit(put("cancelled"))
    assert future.cancel()
    go_on.set()
    file.write(put("next"))
    assert keys(file) == ["next"]


def test_the_closed_file_is_one_file_for_its_owner_only(file) -> None:
    file.save()
    file.close()
    assert [p.name for p in file.path.parent.iterdir() if "workspace" in p.name] == ["workspace.db"]
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_side_files_are_for_the_owner_only_while_it_is_open(file) -> None:
    file.fill(3)
    for side in ("-wal", "-shm"):
        assert Path(f"{file.path}{side}").stat().st_mode & 0o777 == 0o600


def test_a_start_that_cannot_open_says_why_and_refuses_writes(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(b"not a database, but a letter to a friend. " * 40)
    before = path.read_bytes()
    writer = Writer(path, clock=HandClock(), announce=lambda changes: None)
    with pytest.raises(StoreError) as refused:
        writer.start()
    assert refused.value.fault is StoreFault.FOREIGN
    with pytest.raises(StoreError):
        writer.submit(lambda tx: None).result()
    writer.close()
    assert path.read_bytes() == before
