"""The file's own check at start must call a whole file whole."""

from tests.store.queue_file import QueueFile


def test_a_file_with_mentions_passes_the_quick_check(file: QueueFile) -> None:
    file.fill(3)
    assert file.sql("PRAGMA quick_check") == [("ok",)]


def test_tables_without_rowid_begin_with_their_key(file: QueueFile) -> None:
    """SQLite 3.40 (Debian 12) finds "NULL value" in every row of one that does not."""
    tables = file.sql("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'")
    assert tables
    for (table,) in tables:
        places = [place for *_, place in file.sql(f"PRAGMA table_info({table})")]  # 0: not in it
        n_keys = sum(place > 0 for place in places)
        assert places[:n_keys] == [*range(1, n_keys + 1)], table
