"""The journal: nothing is changed, taken out or put elsewhere without being found."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.journal import GENESIS
from socialdesk.store import journal
from socialdesk.store.file.sqlite import SqliteError
from tests.store.queue_file import QueueFile

GUARDS = ("journal_no_update", "journal_no_delete")


def write_entries(file: QueueFile, n: int) -> int:
    """`n` more entries; how many there are."""
    file.write(
        lambda tx: [
            journal.append(tx, "note_added", {"n": i, "text": "Қазақ"}, person=1) for i in range(n)
        ]
    )
    return int(file.sql("SELECT count(*) FROM journal")[0][0])


def meddle(file: QueueFile, sql: str, *values: object) -> None:
    """As somebody with another SQLite tool could."""

    def write(tx) -> None:
        for guard in GUARDS:
            tx.conn.execute(f"DROP TRIGGER IF EXISTS {guard}")
        tx.conn.execute(sql, values)

    file.write(write)


@pytest.mark.promise(40)
def test_entries_are_numbered_without_gaps_and_chained_from_the_start(file) -> None:
    n = write_entries(file, 5)
    entries = file.read(lambda conn: list(journal.entries(conn)))
    assert [e.seq for e in entries] == list(range(1, n + 1))
    assert entries[0].prev_hash == GENESIS
    assert [e.prev_hash for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert entries[-1].at == file.clock.now
    assert entries[-1].data == {"n": 4, "text": "Қазақ"}
    assert file.read(journal.verify) is None


def test_entries_can_be_read_in_parts(file) -> None:
    n = write_entries(file, 5)
    part = file.read(lambda conn: [e.seq for e in journal.entries(conn, after=2, limit=2)])
    assert part == [3, 4]
    assert file.read(lambda conn: [e.seq for e in journal.entries(conn, after=n)]) == []


def test_a_write_that_fails_leaves_no_gap(file) -> None:
    before = write_entries(file, 1)

    def fail(tx) -> None:
        journal.append(tx, "x", {}, person=None)
        raise ValueError

    with pytest.raises(ValueError):
        file.write(fail)
    assert file.write(lambda tx: journal.append(tx, "y", {}, person=None)) == before + 1
    assert file.read(journal.verify) is None


@pytest.mark.promise(40)
@pytest.mark.parametrize(
    "sql", ["UPDATE journal SET kind = 'x' WHERE seq = 1", "DELETE FROM journal WHERE seq = 1"]
)
def test_the_file_itself_refuses_changes(file, sql) -> None:
    write_entries(file, 1)
    with pytest.raises(SqliteError, match="append only"):
        file.execute(sql)


COLUMNS = {"incident": 7, "at": 5, "mono_ms": 5, "boot_id": "x", "person": 9, "kind": "x",
           "data": '{"n":99}', "prev_hash": "0" * 64, "hash": "f" * 64}  # fmt: skip


@pytest.mark.promise(40)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("back", [0, 1, 4])
def test_a_changed_entry_is_found(file, column, back) -> None:
    seq = write_entries(file, 6) - back
    meddle(file, f"UPDATE journal SET {column} = ? WHERE seq = ?", COLUMNS[column], seq)
    assert file.read(journal.verify) == seq


def test_data_that_is_no_json_any_more_is_found_and_does_not_stop_the_reading(file) -> None:
    seq = write_entries(file, 3) - 1
    meddle(file, "UPDATE journal SET data = '{broken' WHERE seq = ?", seq)
    assert file.read(journal.verify) == seq
    assert file.read(lambda conn: len(list(journal.entries(conn)))) == seq + 1


@pytest.mark.promise(40)
@pytest.mark.parametrize("back", [0, 1, 4])
def test_a_missing_entry_is_found_also_the_last(file, back) -> None:
    seq = write_entries(file, 6) - back
    meddle(file, "DELETE FROM journal WHERE seq = ?", seq)
    found = file.read(journal.verify)
    assert found == (seq if back == 0 else seq + 1)


@pytest.mark.promise(40)
def test_a_missing_end_and_an_emptied_journal_are_found(file) -> None:
    n = write_entries(file, 6)
    meddle(file, "DELETE FROM journal WHERE seq > ?", n - 3)
    assert file.read(journal.verify) == n - 2
    meddle(file, "DELETE FROM journal")
    assert file.read(journal.verify) == 1


@pytest.mark.promise(40)
def test_two_entries_that_changed_places_are_found(file) -> None:
    last = write_entries(file, 6)
    for before, after in ((last, -1), (last - 2, last), (-1, last - 2)):
        meddle(file, "UPDATE journal SET seq = ? WHERE seq = ?", after, before)
    assert file.read(journal.verify) == last - 2


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
            | st.text(st.characters(exclude_categories=["Cs"])),
            lambda inner: st.lists(inner, max_size=3),
        ),
        max_size=4,
    )
)  # fmt: skip
def test_any_data_is_kept_as_it_was(journal_file, data) -> None:
    seq = journal_file.write(lambda tx: journal.append(tx, "x", data, person=None))
    (entry,) = journal_file.read(lambda conn: list(journal.entries(conn, after=seq - 1)))
    assert entry.data == data
    assert journal_file.read(journal.verify) is None


@pytest.fixture(scope="module")
def journal_file(tmp_path_factory):
    made = QueueFile(tmp_path_factory.mktemp("journal"))
    yield made
    made.close()


@pytest.mark.promise(40)
def test_ten_thousand_entries_are_checked_within_a_second(file, trials) -> None:
    write_entries(file, 10_000)
    before = process_time()
    assert file.read(journal.verify) is None
    assert process_time() - before < 3.0  # 0.2 s here; a wide margin for a busy machine
    trials.add(10_000)


def test_people_read_the_newest_first_with_names(file) -> None:
    write_entries(file, 2)
    file.write(lambda tx: journal.append(tx, "woken", {}, person=None))
    rows = file.read(journal.newest, 2)
    assert [(r.kind, r.person) for r in rows] == [("woken", ""), ("note_added", "Ann")]
    assert [r.kind for r in file.read(journal.newest, 9, "woken")] == ["woken"]
