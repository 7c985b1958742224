"""Promise 5: wherever the disk fills up, a sentence comes in time, nothing is half done, and it
goes on once there is room."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from random import Random

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.words.messages import sentence
from socialdesk.store.copies import recovery
from socialdesk.store.file.migrations import identify, open_current
from socialdesk.store.file.schema import VERSION
from socialdesk.store.file.sqlite import open_writer
from tests.fakes import NOON
from tests.store.file.test_migrations import RELEASED
from tests.store.file.test_trouble import POST, WRITES, set_limit
from tests.store.queue_file import QueueFile

resource = pytest.importorskip("resource", reason="file-size limits are POSIX only")
SOON_S = 6.0  # 2 at most, times 3
PAGE = 4096
TABLES = ("mention", "triage", "author", "watch", "account", "journal", "command", "reject",
          "counter", "coverage", "mention_version", "outbox", "draft")  # fmt: skip
OLD = RELEASED[0]


@contextmanager
def largest_file(n_bytes: int) -> Iterator[None]:
    """The system's own limit: every write behind it fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def told_full(act: Callable[[], object]) -> bool:
    """Whether it was refused, in time and in words; True needs a sentence with a next step."""
    began = time.monotonic()
    try:
        act()
    except StoreError as e:
        assert time.monotonic() - began < SOON_S
        assert e.fault is StoreFault.FULL
        said = sentence(e)
        assert "disk is full" in said.text and said.next_step
        return True
    return False


def write_meets_it(folder: Path, name: str, dice: Random) -> bool:
    """One family of writes, with room for some pages or for a WAL of some size."""
    file, write = QueueFile(folder), WRITES[name]
    file.save(POST)
    before = file.dump(*TABLES)
    if dice.random() < 0.5:
        (used,) = file.write(lambda tx: tx.conn.execute("PRAGMA page_count").fetchone())
        set_limit(file, used + dice.randrange(8))
        was_full = told_full(lambda: file.write(write))
        set_limit(file, 1 << 30)
    else:
        n_bytes = Path(f"{file.path}-wal").stat().st_size + dice.randrange(60_000)
        with largest_file(n_bytes):
            was_full = told_full(lambda: file.write(write))
    if was_full:
        assert file.dump(*TABLES) == before
        file.write(write)
    assert file.dump(*TABLES) != before
    file.close()
    assert recovery.check(file.path).condition is recovery.Condition.OK
    return was_full


def backup_meets_it(folder: Path, dice: Random) -> bool:
    file = QueueFile(folder)
    file.fill(200)
    backups = folder / "backups"
    with largest_file(dice.randrange(60 * PAGE)):
        was_full = told_full(lambda: file.readers.here(lambda c: recovery.back_up(c, backups, 0)))
    assert len(recovery.list_backups(backups)) == int(not was_full)
    if was_full:
        file.readers.here(lambda conn: recovery.back_up(conn, backups, NOON))
    assert recovery.check(recovery.list_backups(backups)[0].path).condition.value == "ok"
    file.close()
    return was_full


def migration_meets_it(folder: Path, dice: Random) -> bool:
    path = folder / "workspace.db"
    shutil.copy(OLD, path)
    old = identify(path)
    with largest_file(dice.randrange(path.stat().st_size * 2)):
        was_full = told_full(lambda: open_current(path, NOON).close())
    assert identify(path).version == (old.version if was_full else VERSION)
    conn = open_current(path, NOON)  # with room again
    assert conn.execute("SELECT count(*) FROM mention").fetchone() == (3,)
    assert conn.execute("PRAGMA quick_check").fetchone() == ("ok",)
    conn.close()
    return was_full


@pytest.mark.promise(5)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("n", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_the_disk_is_full_at_so_many_points(n, tmp_path, trials) -> None:
    dice = Random(5)
    acts = cycle([*sorted(WRITES), "backup", "migration", "backup", "migration"])
    for number in count():
        folder, act = tmp_path / f"{number}", next(acts)
        folder.mkdir()
        match act:
            case "backup":
                was_full = backup_meets_it(folder, dice)
            case "migration":
                was_full = migration_meets_it(folder, dice)
            case _:
                was_full = write_meets_it(folder, act, dice)
        trials.add(int(was_full))  # with room enough it was no trial
        shutil.rmtree(folder)
        if trials.n_tried == n:
            return


@pytest.mark.promise(5)
@pytest.mark.parametrize("n_bytes", [0, 1, 24, 100, 511, 512, PAGE - 1])
def test_room_for_less_than_a_page_is_a_full_disk_too(n_bytes, tmp_path, trials) -> None:
    file = QueueFile(tmp_path)
    file.fill(20)
    backups, old = tmp_path / "backups", tmp_path / "old.db"
    shutil.copy(OLD, old)
    with largest_file(n_bytes):
        assert told_full(lambda: file.readers.here(lambda c: recovery.back_up(c, backups, NOON)))
        assert told_full(lambda: open_current(old, NOON).close())
    file.close()
    assert not [path.name for path in backups.iterdir() if not path.name.endswith(".part")]
    open_current(old, NOON).close()
    trials.add(2)


def test_an_input_output_error_with_room_left_is_not_called_a_full_disk(tmp_path) -> None:
    (tmp_path / "workspace.db").mkdir()  # a folder: it cannot be opened, whatever room there is
    with pytest.raises(StoreError) as refused:
        open_writer(tmp_path / "workspace.db")
    assert refused.value.fault is StoreFault.OTHER
