"""A full disk, a lock held elsewhere, a file that may not be written: a StoreError and nothing
half written, whichever family of store functions meets it."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.account import AccountState, Watch, WatchKind
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store import accounts, commands, journal
from socialdesk.store.copies import recovery
from socialdesk.store.file import migrations, sqlite
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import authors, coverage, mentions, pages, rejects, textindex
from socialdesk.store.mentions.pages import PageToSave
from tests.makers import a_mention
from tests.store.queue_file import SHOP, QueueFile

POST = a_mention("a known post", n=1)
EDITED = a_mention("longer words " * 5_000, n=1)
PAGE = PageToSave(
    1, 1, "mastodon", [a_mention(f"post {n} " * 200, n=n) for n in range(2, 60)],
    lambda m: (Status.NEW, Disposition.NONE), lambda m: 0, rejects=[(b"{", "x")], cursor="9",
)  # fmt: skip

WRITES: dict[str, Callable[[Any], Any]] = {
    "page": lambda tx: pages.save_page(tx, PAGE),
    "context": lambda tx: pages.save_context(tx, 1, "mastodon", PAGE.mentions),
    "second look": lambda tx: pages.save_recheck(tx, 1, "mastodon", [EDITED], ["404"]),
    "journal": lambda tx: journal.append(tx, "x", {"text": "t" * 90_000}, person=None),
    "command": lambda tx: commands.remember(tx, "id", 0, {"text": "t" * 90_000}),
    "sign in": lambda tx: accounts.sign_in(
        tx, network="feeds", signed_settings={"k": "v" * 90_000}, card=_card()
    ),
    "watch": lambda tx: accounts.add_watch(tx, 1, Watch(WatchKind.KEYWORD, "q" * 90_000), since=0),
    "state": lambda tx: _grow(tx),
    "failure": lambda tx: _fail_and_grow(tx),
    "profile": lambda tx: authors.save_profile(tx, "mastodon", Author("x", "@x", "n" * 90_000)),
    "reject": lambda tx: rejects.save(tx, 1, 1, [(bytes(range(256)) * 90, "reason" * 9_000)]),
    "index": lambda tx: [textindex.rebuild(tx), pages.save_page(tx, PAGE)],
}

READS: dict[str, Callable[[Any], Any]] = {
    "accounts": accounts.list_accounts,
    "due": lambda conn: accounts.watches_due(conn, 10**15),
    "next": accounts.next_watch_at,
    "account": lambda conn: accounts.read_account(conn, 1),
    "watch": lambda conn: accounts.read_watch(conn, 1),
    "known": lambda conn: mentions.find_known(conn, "mastodon", [POST.uri]),
    "author": lambda conn: authors.find(conn, "mastodon", ["x"]),
    "journal": journal.verify,
    "newest": journal.newest,
    "command": lambda conn: commands.find(conn, "id"),
    "rejects": rejects.newest,
    "hours": lambda conn: coverage.list_hours(conn, 0),
    "per hour": lambda conn: coverage.count_per_hour(conn, 10**12),
    "index": lambda conn: textindex.current_rows(conn, [1]),
}


def _fail_and_grow(tx: Transaction) -> None:
    accounts.note_failed(tx, 1, "UnreachableError", "x" * 500, 0)
    _grow(tx)


def _grow(tx: Transaction) -> None:
    settings = json.dumps({"k": "v" * 90_000})
    tx.conn.execute("UPDATE account SET settings = ? WHERE id = 1", (settings,))


def _card():
    from socialdesk.domain.account import Can, Card
    from socialdesk.domain.length.length import LengthRule

    return Card(own=SHOP, can=Can.FETCH, length=LengthRule(500))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait five seconds for a lock that will not go."""
    monkeypatch.setattr(sqlite, "BUSY_MS", 20)
    monkeypatch.setattr(sqlite.open_writer, "__kwdefaults__", {"busy_ms": 20})


@contextmanager
def another_program(path: Path, *statements: str) -> Iterator[None]:
    """Holds the file as `statements` say."""
    conn = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    try:
        yield
    finally:
        conn.close()


def refused(act: Callable[[], Any]) -> StoreFault:
    with pytest.raises(StoreError) as e:
        act()
    assert "known post" not in str(e.value)
    return e.value.fault


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_to_a_locked_file_says_so_and_works_afterwards(quick, file, write) -> None:
    file.save(POST)
    with another_program(file.path, "BEGIN IMMEDIATE"):
        assert refused(lambda: file.write(write)) is StoreFault.LOCKED
    file.write(write)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_read_of_a_locked_file_says_so(tmp_path, read) -> None:
    file = QueueFile(tmp_path)
    file.save(POST)
    file.close()
    with another_program(
        file.path, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "SELECT * FROM mention"
    ):
        readers = Readers(file.path, busy_ms=20)
        assert refused(lambda: readers.run(read).result()) is StoreFault.LOCKED
        assert refused(lambda: readers.here(read)) is StoreFault.LOCKED
        readers.close()


@pytest.mark.promise(5)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_full_disk_leaves_nothing_half_written_and_works_after_space(file, write) -> None:
    file.save(POST)
    tables = ("mention", "triage", "author", "watch", "account", "journal", "command", "reject",
              "counter", "coverage", "mention_version")  # fmt: skip
    before = file.dump(*tables)
    (used,) = file.write(lambda tx: tx.conn.execute("PRAGMA page_count").fetchone())
    set_limit(file, used)
    assert refused(lambda: file.write(write)) is StoreFault.FULL
    assert file.dump(*tables) == before
    set_limit(file, 1 << 30)
    file.write(write)
    assert file.dump(*tables) != before


def set_limit(file: QueueFile, pages_: int) -> None:
    """How large the file may grow; a pragma of the connection, so on the writer's thread."""
    file.write(lambda tx: tx.conn.execute(f"PRAGMA max_page_count = {pages_}").fetchone())


@pytest.mark.promise(5)
def test_a_page_meets_the_full_disk_at_twenty_points_and_is_all_or_nothing(file, trials) -> None:
    file.save(POST)
    before = file.dump("mention", "triage", "watch", "reject", "counter")
    (used,) = file.write(lambda tx: tx.conn.execute("PRAGMA page_count").fetchone())
    n_refused = 0
    for room in range(20):
        set_limit(file, used + room)
        try:
            file.write(lambda tx: pages.save_page(tx, PAGE))
        except StoreError as e:
            assert e.fault is StoreFault.FULL
            assert file.dump("mention", "triage", "watch", "reject", "counter") == before
            n_refused += 1
        else:
            break
    assert n_refused == 20
    trials.add(n_refused)
    set_limit(file, 1 << 30)
    file.write(lambda tx: pages.save_page(tx, PAGE))
    assert file.sql("SELECT count(*), (SELECT cursor FROM watch) FROM mention") == [(59, "9")]


@pytest.mark.promise(5)
def test_a_file_size_limit_of_the_system_is_a_full_disk_too(tmp_path) -> None:
    resource = pytest.importorskip("resource", reason="file-size limits are POSIX only")
    file = QueueFile(tmp_path)
    file.save(POST)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = Path(f"{file.path}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, hard))
    try:
        fault = refused(lambda: file.write(lambda tx: pages.save_page(tx, PAGE)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fault is StoreFault.FULL
    file.write(lambda tx: pages.save_page(tx, PAGE))
    assert file.sql("SELECT count(*) FROM mention") == [(59,)]
    file.close()


@pytest.mark.promise(5)
def test_a_backup_onto_a_full_disk_leaves_no_backup_behind(file, tmp_path) -> None:
    resource = pytest.importorskip("resource", reason="file-size limits are POSIX only")
    file.fill(200)
    folder = tmp_path / "backups"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        fault = refused(lambda: file.readers.here(lambda c: recovery.back_up(c, folder, 0)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fault is StoreFault.FULL
    assert list(folder.iterdir()) == []


def _write_torn(_: Any, target: Path) -> None:
    target.write_bytes(b"SQLite format 3\0" + bytes(8_192))


def _write_short(_: Any, target: Path) -> None:
    migrations.open_current(target, 0).close()


@pytest.mark.parametrize("write", [_write_torn, _write_short])
def test_a_backup_that_fails_its_check_is_no_damage_of_the_file(file, tmp_path, monkeypatch, write):
    file.fill(2)
    folder = tmp_path / "backups"
    folder.mkdir()
    with monkeypatch.context() as broken:
        broken.setattr("socialdesk.store.copies.backups.vacuum_into", write)
        fault = refused(lambda: file.readers.here(lambda c: recovery.back_up(c, folder, 0)))
    assert fault is StoreFault.BACKUP
    assert list(folder.iterdir()) == []
    assert file.readers.here(lambda c: recovery.back_up(c, folder, 0)).n_mentions == 2


@pytest.mark.promise(5)
def test_a_migration_onto_a_full_disk_changes_nothing(tmp_path, monkeypatch) -> None:
    path = tmp_path / "workspace.db"
    conn = sqlite.open_writer(path)
    conn.execute("PRAGMA max_page_count = 12")
    assert refused(lambda: _migrate(conn)) is StoreFault.FULL
    assert migrations.identity_of(conn).is_new
    conn.execute("PRAGMA max_page_count = 100000")
    migrations.migrate(conn)
    conn.close()


def _migrate(conn: Any) -> None:
    with sqlite.store_errors():
        migrations.migrate(conn)


def test_a_file_that_may_not_be_written_is_told(file) -> None:
    conn = sqlite.open_plain(file.path)
    with pytest.raises(StoreError) as e, sqlite.store_errors():
        conn.execute("DELETE FROM mention")
    conn.close()
    assert e.value.fault is StoreFault.READ_ONLY


def test_an_account_state_is_known_after_trouble(file) -> None:
    (used,) = file.write(lambda tx: tx.conn.execute("PRAGMA page_count").fetchone())
    set_limit(file, used)
    file.write(lambda tx: accounts.set_state(tx, file.account, AccountState.PAUSED))
    set_limit(file, 1 << 30)
    assert file.read(accounts.list_accounts)[0].state is AccountState.PAUSED
