"""Promise 8: every copy that is kept was opened and counted, and comes back: with the sender off,
replies held, and erased people erased again."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from socialdesk.store import journal
from socialdesk.store.copies import backup_list, backups, recovery
from socialdesk.store.erasing import erasing
from socialdesk.store.file.reader import Readers
from tests.makers import a_mention, an_author
from tests.promises.plugin import Trials
from tests.store.conftest import file  # noqa: F401
from tests.store.queue_file import QueueFile

DAYS = 40
DAY_S = 86_400.0
GHOST = an_author("ghostly", name="Ghost Canary")


def live(made: QueueFile, folder: Path) -> dict[Path, int]:
    """Six weeks with a backup a day; what each copy must hold."""
    counted: dict[Path, int] = {}
    for day in range(DAYS):
        made.save(a_mention(f"day {day}", n=day), a_mention(n=1000 + day, author=GHOST))
        made.execute(
            "INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,"
            " dedupe_key, checksum) SELECT max(id), 1, 'queued', 'Thank you', 'h', 1, 1, ?, 0"
            " FROM mention",
            f"key {day}",
        )
        done = made.readers.here(lambda conn: backups.back_up(conn, folder, made.clock.now))
        backup_list.note(folder, done)
        backups.rotate(folder, made.clock.now)
        counted[done.path] = 2 * (day + 1)
        made.clock.advance(DAY_S)
    return counted


def restored_fault(backup: Path, n_kept: int, home: Path, made: QueueFile) -> str:
    """What is wrong after this copy was restored over a file that knows who was erased."""
    home.mkdir()
    target = home / "workspace.db"
    shutil.copyfile(made.path, target)
    recovery.restore(backup, target, made.clock)
    with closing(sqlite3.connect(target)) as conn:
        (n,) = conn.execute("SELECT count(*) FROM mention").fetchone()
        states = set(conn.execute("SELECT DISTINCT state FROM outbox"))
        sender = conn.execute("SELECT value FROM setting WHERE key = 'sender'").fetchone()
        ghosts = conn.execute("SELECT count(*) FROM author WHERE handle LIKE '%ghostly%'")
        whole = conn.execute("PRAGMA integrity_check").fetchone()
        found = (n, states <= {("held",), ("discarded",)}, sender, ghosts.fetchone()[0], whole)
    readers = Readers(target)
    try:
        broken = readers.here(journal.verify)
    finally:
        readers.close()
    expected = (n_kept, True, ("off",), 0, ("ok",))
    return "" if found == expected and broken is None else f"{backup.name}: {found}, {broken}"


@pytest.mark.promise(8)
def test_every_kept_copy_was_counted_and_comes_back(
    file: QueueFile,  # noqa: F811
    tmp_path: Path,
    trials: Trials,
) -> None:
    folder = tmp_path / "backups"
    counted = live(file, folder)
    copies = backup_list.list_copies(folder)
    assert {c.path: c.n_mentions for c in copies} == {c.path: counted[c.path] for c in copies}
    assert len(backups.daily(c.at for c in copies)) == backups.KEPT_DAYS
    assert len(backups.weekly(c.at for c in copies)) == backups.KEPT_WEEKS
    ((ghost,),) = file.sql("SELECT id FROM author WHERE handle LIKE '%ghostly%'")
    file.write(lambda tx: erasing.erase(tx, 0, ghost, 1))
    file.close()
    faults = [
        fault
        for n, copy in enumerate(copies)
        if (fault := restored_fault(copy.path, copy.n_mentions // 2, tmp_path / str(n), file))
    ]
    trials.add(len(copies), failed=len(faults))
    assert faults == []
    file.open()
