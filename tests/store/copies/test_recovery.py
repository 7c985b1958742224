"""Whatever state the file is in: a plain answer, a way back, and the original kept."""

import os
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store import journal
from socialdesk.store.copies import recovery
from socialdesk.store.copies.backups import BackupFile
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.copies.salvage import salvage
from socialdesk.store.file.checksum import mention_checksum
from tests.fakes import NOON, HandClock
from tests.makers import a_mention
from tests.store.mentions.test_textindex import assert_index_is_right
from tests.store.queue_file import QueueFile

OUTBOX = """INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,
 dedupe_key, checksum) VALUES(?, 1, ?, 'Yes', 'h', 1, 1, ?, 0)"""
STATES = ("approval", "held", "queued", "sending", "sent", "failed", "uncertain", "taken_back",
          "discarded")  # fmt: skip

WHERE = {"mention_uri": "network > ''", "mention_remote": "account_id > 0",
         "mention_author": "author_id > 0"}  # fmt: skip


@pytest.fixture
def closed(tmp_path: Path) -> QueueFile:
    """A file with 300 mentions, closed and folded into one."""
    folder = tmp_path / "main"
    folder.mkdir()
    made = QueueFile(folder)
    made.save(*(a_mention(f"post {n} " * 9, n=n, at=NOON - 10**8 + n * 1000) for n in range(300)))
    made.close()
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_whole_file_is_well_and_a_missing_or_empty_one_is_missing(closed, tmp_path) -> None:
    assert recovery.check(closed.path).condition is Condition.OK
    assert recovery.check(tmp_path / "nowhere.db").condition is Condition.MISSING
    (tmp_path / "empty.db").touch()
    assert recovery.check(tmp_path / "empty.db").condition is Condition.MISSING
    assert recovery.check(tmp_path).condition is Condition.FOREIGN


def test_a_look_changes_no_byte_and_leaves_nothing_behind(closed) -> None:
    before = closed.path.read_bytes()
    recovery.check(closed.path)
    assert closed.path.read_bytes() == before
    assert names(closed.path.parent) == {"workspace.db"}


def test_a_look_beside_an_open_writer_sees_its_commits(file) -> None:
    file.fill(3)
    assert recovery.check(file.path).condition is Condition.OK
    file.fill(3)


def test_newer_and_foreign_files_are_told_apart(closed, tmp_path) -> None:
    conn = sqlite3.connect(closed.path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    assert recovery.check(closed.path).condition is Condition.NEWER
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE recipe(x)")
    other.close()
    assert recovery.check(tmp_path / "other.db").condition is Condition.FOREIGN
    (tmp_path / "letter.txt").write_text("Dear friend, " * 100)
    assert recovery.check(tmp_path / "letter.txt").condition is Condition.FOREIGN


def test_a_file_held_by_another_program_is_locked(closed, monkeypatch) -> None:
    monkeypatch.setattr("socialdesk.store.file.sqlite.BUSY_MS", 20)
    holder = sqlite3.connect(closed.path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("INSERT INTO setting VALUES('a', 'b')")
    assert recovery.check(closed.path).condition is Condition.LOCKED
    holder.close()


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read every file")
def test_a_file_we_may_not_read_is_told(closed) -> None:
    closed.path.chmod(0)
    assert recovery.check(closed.path).condition is Condition.READ_ONLY
    closed.path.chmod(0o600)


def damage(path: Path, n: int) -> str:
    """One of thirty ways to be broken, each with its own places; what was done."""
    chance = random.Random(n)
    data = bytearray(path.read_bytes())
    way = n % 6
    if way == 0:  # cut off
        del data[chance.randrange(1, len(data)) :]
    elif way == 1:  # one page of rubbish
        at = chance.randrange(len(data) // 4096) * 4096
        data[at : at + 4096] = chance.randbytes(4096)
    elif way == 2:  # pages of zeros, as after a power cut
        at = chance.randrange(len(data) // 4096) * 4096
        data[at : at + 20 * 4096] = bytes(20 * 4096)
    elif way == 3:  # the header
        at = chance.randrange(0, 100)
        data[at : at + 8] = chance.randbytes(8)
    elif way == 4:  # the first page behind the header
        at = chance.randrange(100, 4000)
        data[at : at + 64] = chance.randbytes(64)
    else:  # many small hits
        for _ in range(300):
            at = chance.randrange(len(data))
            data[at : at + 16] = chance.randbytes(16)
    path.write_bytes(data)
    return f"way {way}"


@pytest.mark.promise(7)
@pytest.mark.parametrize("n", range(30))
def test_thirty_damaged_files_get_a_plain_answer_and_a_way_on(closed, tmp_path, n) -> None:
    damage(closed.path, n)
    before = closed.path.read_bytes()
    health = recovery.check(closed.path)
    assert health.condition in set(Condition)
    assert "post" not in health.detail
    assert closed.path.read_bytes() == before
    try:
        saved = salvage(closed.path, tmp_path / "salvaged.db", HandClock())
    except StoreError as e:
        assert e.fault in {StoreFault.DAMAGED, StoreFault.FOREIGN, StoreFault.OTHER}
    else:
        assert recovery.check(tmp_path / "salvaged.db").condition is Condition.OK
        assert saved.n_mentions <= 300
    assert closed.path.read_bytes() == before


def test_damaged_words_are_noticed_by_their_checksum_and_never_crash_a_reading(closed) -> None:
    data = closed.path.read_bytes()
    at = data.index(b"post 77 post 77")
    closed.path.write_bytes(data[:at] + b"\xff\xfe rubbish" + data[at + 10 :])
    closed.open()
    rows = closed.sql(
        "SELECT m.uri, a.remote_id, m.title, m.body, m.warning, m.published_at, m.checksum"
        " FROM mention m JOIN author a ON a.id = m.author_id"
    )
    wrong = [row[0] for row in rows if mention_checksum(*row[:6]) != row[6]]
    closed.close()
    assert wrong == ["https://pond.example/posts/77"]


def test_what_can_be_read_of_a_file_with_a_broken_page_is_saved(closed, tmp_path) -> None:
    closed.open()
    (page,) = closed.sql(
        "SELECT pageno FROM dbstat WHERE name = 'mention' AND pagetype = 'leaf' LIMIT 1 OFFSET 3"
    )[0]
    closed.write(lambda tx: journal.append(tx, "x", {}, person=1))
    closed.close()
    data = bytearray(closed.path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\x7f" * 4096
    closed.path.write_bytes(data)
    assert recovery.check(closed.path).condition is Condition.DAMAGED
    saved = salvage(closed.path, tmp_path / "workspace.db", HandClock(), person=1)
    assert 240 <= saved.n_mentions < 300
    assert saved.n_breaks > 0
    new = QueueFile(tmp_path)
    assert new.sql("SELECT count(*) FROM triage") == [(saved.n_mentions,)]
    assert new.sql("SELECT n FROM counter WHERE key = 'status:0'") == [(saved.n_mentions,)]
    assert new.sql("SELECT value FROM setting WHERE key = 'sender'") == [("off",)]
    assert new.read(journal.verify) is None
    assert new.read(journal.newest)[0].kind != ""
    assert_index_is_right(new)
    assert len(new.save(a_mention())) == 1
    new.close()


def test_a_whole_file_is_salvaged_to_the_last_row(closed, tmp_path) -> None:
    tables = ("mention", "triage", "author", "account", "watch", "journal", "mention_watch")
    closed.open()
    before = closed.dump(*tables)
    closed.close()
    saved = salvage(closed.path, tmp_path / "new.db", HandClock())
    assert (saved.n_mentions, saved.n_breaks) == (300, 0)
    conn = sqlite3.connect(tmp_path / "new.db")
    for table in set(tables) - {"journal"}:
        assert conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() == before[table]
    kept = conn.execute("SELECT * FROM journal ORDER BY 1").fetchall()
    assert kept[:-1] == before["journal"]
    conn.close()


def test_a_letter_is_not_salvaged(tmp_path) -> None:
    (tmp_path / "letter.txt").write_text("Dear friend, " * 100)
    with pytest.raises(StoreError):
        salvage(tmp_path / "letter.txt", tmp_path / "new.db", HandClock())


def with_outbox(file: QueueFile) -> None:
    """One reply in every state there is."""
    (id,) = file.save(a_mention())
    for state in STATES:
        file.execute(OUTBOX, id, state, state)


def make_backup(file: QueueFile) -> BackupFile:
    folder = file.path.parent / "backups"
    file.readers.here(lambda conn: recovery.back_up(conn, folder, file.clock.now))
    return recovery.list_backups(folder)[0]


def test_a_backup_is_whole_counted_and_its_owners_alone(file) -> None:
    file.fill(20)
    folder = file.path.parent / "backups"
    made = file.readers.here(lambda conn: recovery.back_up(conn, folder, file.clock.now))
    assert made.n_mentions == 20
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert names(folder) == {"backup-20261121-120000.db"}
    assert recovery.newest_backup_at(folder) == file.clock.now
    assert recovery.check(made.path).condition is Condition.OK


def test_a_backup_can_be_put_where_a_person_says(file, tmp_path) -> None:
    target = tmp_path / "stick" / "shop.db"
    made = file.readers.here(lambda conn: recovery.back_up(conn, tmp_path, 0, target))
    assert made.path == target
    assert recovery.newest_backup_at(tmp_path) == 0


def test_a_restore_turns_the_sender_off_and_holds_what_was_on_its_way(file) -> None:
    with_outbox(file)
    backup = make_backup(file)
    file.fill(5)
    file.close()
    before = file.path.read_bytes()
    restored = recovery.restore(backup.path, file.path, file.clock, person=file.ann)
    assert (restored.n_mentions, restored.n_held) == (1, 6)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == before
    file.open()
    states = dict(file.sql("SELECT dedupe_key, state || ':' || hold_reason FROM outbox"))
    ends = {"sent", "taken_back", "discarded"}
    assert states == {s: f"{s}:" if s in ends else "held:restored" for s in STATES}
    assert (
        file.sql("SELECT held_until, held_at FROM outbox WHERE state = 'held'")
        == [(0, file.clock.now)] * 6
    )
    assert file.sql("SELECT value FROM setting WHERE key = 'sender'") == [("off",)]
    assert file.read(journal.verify) is None
    newest = file.read(journal.newest)[0]
    assert (newest.kind, newest.person) == ("restored", "Ann")
    assert file.sql("SELECT count(*) FROM mention") == [(1,)]


def test_the_wal_of_a_killed_engine_is_kept_too_and_not_replayed_on_the_backup(file) -> None:
    file.fill(3)
    backup = make_backup(file)
    file.fill(4)
    file.readers.close()
    db, wal = file.path, Path(f"{file.path}-wal")
    crashed = (db.read_bytes(), wal.read_bytes())
    file.writer.close()
    db.write_bytes(crashed[0])
    wal.write_bytes(crashed[1])
    restored = recovery.restore(backup.path, file.path, file.clock)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == crashed[0]
    assert Path(f"{restored.kept}-wal").read_bytes() == crashed[1]
    kept = sqlite3.connect(restored.kept)
    assert kept.execute("SELECT count(*) FROM mention").fetchone() == (7,)
    kept.close()
    file.open()
    assert file.sql("SELECT count(*) FROM mention") == [(3,)]


@pytest.mark.parametrize("what", ["damaged", "foreign", "missing"])
def test_a_bad_backup_is_refused_and_the_file_stays(file, tmp_path, what) -> None:
    file.fill(9)
    backup = make_backup(file).path
    if what == "damaged":
        data = bytearray(backup.read_bytes())
        data[4096:] = b"\x55" * (len(data) - 4096)
        backup.write_bytes(data)
    elif what == "foreign":
        backup.write_text("Dear friend, " * 100)
        backup = backup.rename(tmp_path / "letter.txt")
    else:
        backup.unlink()
    file.close()
    before = file.path.read_bytes()
    with pytest.raises(StoreError):
        recovery.restore(backup, file.path, file.clock)
    assert file.path.read_bytes() == before
    file.open()
    assert file.sql("SELECT count(*) FROM mention") == [(9,)]


def test_a_row_written_over_in_a_backup_is_found_by_every_road_once_restored(file) -> None:
    file.fill(9)
    backup = make_backup(file).path
    (uri,) = file.sql("SELECT uri FROM mention ORDER BY id LIMIT 1")[0]
    data = backup.read_bytes()
    backup.write_bytes(data.replace(uri.encode(), b"\x20" * len(uri), 1))  # its row or an index
    file.close()
    recovery.restore(backup, file.path, file.clock)
    file.open()
    assert file.sql("PRAGMA integrity_check") == [("ok",)]
    for index in ("mention_uri", "mention_remote", "mention_author"):
        assert file.sql(f"SELECT count(*) FROM mention INDEXED BY {index} WHERE "
                        f"{WHERE[index]}") == [(9,)]  # fmt: skip


def test_a_backup_with_a_wrong_header_is_refused_or_restored_whole(file) -> None:
    """SQLite has many errors for a broken header, some of them without a family."""
    file.fill(9)
    backup = make_backup(file).path
    whole = backup.read_bytes()
    file.close()
    wrong = [(at, bytes([byte]) * 4) for at in range(100) for byte in (0, 1, 0xAA)]
    found = (57, bytes.fromhex("d47ce09d"))  # no known encoding, and a version below zero
    for at, four in (found, *wrong):
        backup.write_bytes(whole[:at] + four + whole[at + 4 :])
        before = file.path.read_bytes()
        try:
            recovery.restore(backup, file.path, file.clock)
        except StoreError:
            assert file.path.read_bytes() == before
        else:
            assert rows_of(file.path) == 9


def rows_of(path: Path) -> int:
    conn = sqlite3.connect(path)
    try:
        (n,) = conn.execute("SELECT count(*) FROM mention").fetchone()
    finally:
        conn.close()
    return int(n)


def test_a_restore_where_no_file_is_left_works(file) -> None:
    file.fill(2)
    backup = make_backup(file)
    file.close()
    file.path.unlink()
    assert recovery.restore(backup.path, file.path, file.clock).kept is None
    file.open()
    assert file.sql("SELECT count(*) FROM mention") == [(2,)]


DAY = 86_400_000


def test_seven_days_and_four_weeks_are_kept(tmp_path) -> None:
    clock = HandClock()
    made: list[Any] = []
    for day in range(60):
        for hour in (0, 6):
            at = clock.now - day * DAY - hour * 3_600_000
            stamp = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%d-%H%M%S")
            path = tmp_path / f"backup-{stamp}.db"
            path.touch()
            made.append(path)
    (tmp_path / "before-update-from-1-7.db").touch()
    (tmp_path / "backup-by-hand.db").touch()
    recovery.rotate(tmp_path, clock.now)
    kept = recovery.list_backups(tmp_path)
    ages = [(clock.now - b.at) // DAY for b in kept]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(kept) <= 7 + 3
    assert 20 <= ages[-1] <= 28
    assert {"before-update-from-1-7.db", "backup-by-hand.db"} < names(tmp_path)
    recovery.rotate(tmp_path, clock.now)
    assert recovery.list_backups(tmp_path) == kept
