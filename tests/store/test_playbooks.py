"""Own versions of playbooks and who has read them, in the file."""

import sqlite3

import pytest

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.store import playbooks
from socialdesk.store.file.sqlite import open_writer, store_errors
from socialdesk.store.file.transaction import Transaction


def save(file, playbook, body):
    return file.write(lambda tx: playbooks.save_version(tx, playbook, body, file.ann))


def test_versions_are_counted_per_playbook_and_the_newest_counts(file):
    numbers = [save(file, *one)[0] for one in (("outage", "a"), ("recall", "b"), ("outage", "c"))]
    assert numbers == [1, 1, 2]
    assert file.read(playbooks.newest) == {"outage": (2, "c"), "recall": (1, "b")}
    assert file.read(playbooks.read_version, "outage", 1) == "a"
    assert file.read(playbooks.read_version, "outage", 9) is None
    assert [(v.n, v.person) for v in file.read(playbooks.list_versions, "outage")] == [
        (2, "Ann"), (1, "Ann"),
    ]  # fmt: skip
    assert Area.PLAYBOOKS in file.told[-1].areas


def test_a_restore_is_a_version_and_an_event_of_its_own(file):
    save(file, "outage", "a")
    save(file, "outage", "")
    assert file.read(playbooks.newest) == {"outage": (2, "")}
    kinds = [kind for (kind,) in file.sql("SELECT kind FROM journal ORDER BY seq DESC LIMIT 2")]
    assert kinds == ["playbook_restored", "playbook_saved"]


def test_of_each_reader_the_last_reading_is_kept(file):
    for person, version in ((file.ann, "1"), (file.ben, "1"), (file.ann, "2")):
        file.clock.advance(1)
        file.write(lambda tx, p=person, v=version: playbooks.mark_read(tx, "outage", v, p))
    marks = file.read(playbooks.list_read)
    assert [(m.person, m.version) for m in marks] == [("Ann", "2"), ("Ben", "1")]


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: playbooks.save_version(tx, "outage", "a", 1),
        lambda tx: playbooks.mark_read(tx, "outage", "1", 1),
    ],
)
def test_a_locked_file_is_told_and_nothing_was_changed(file, write):
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    conn = open_writer(file.path, busy_ms=0)
    conn.execute("BEGIN")
    try:
        with pytest.raises(StoreError) as told, store_errors():
            write(Transaction(conn, now=file.clock.now, mono_ms=1, boot_id="x"))
        assert told.value.fault is StoreFault.LOCKED
    finally:
        for one in (conn, other):
            one.execute("ROLLBACK")
            one.close()
    assert file.read(playbooks.newest) == {} and file.read(playbooks.list_read) == []
