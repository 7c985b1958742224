"""The index of every file merges late, and what keeps it from that keeps nobody from the file."""

import shutil
from pathlib import Path

import pytest

from socialdesk.store.file import schema
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.search_merging import MERGED_AT, merge_late
from socialdesk.store.file.sqlite import Connection, open_plain
from socialdesk.store.mentions import textindex
from tests.fakes import NOON
from tests.store.file.test_migrations import RELEASED

N_PARTS = "SELECT count(DISTINCT segid) FROM mention_search_idx"


def merged_at(conn: Connection) -> list[tuple[int]]:
    return conn.execute("SELECT v FROM mention_search_config WHERE k = 'automerge'").fetchall()


@pytest.fixture
def conn(tmp_path):
    conn = open_current(tmp_path / "workspace.db", NOON)
    yield conn
    conn.close()


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_file_of_any_release_merges_late_once_it_was_opened(tmp_path: Path, released: Path):
    path = Path(shutil.copy(released, tmp_path / "workspace.db"))
    open_current(path, NOON).close()
    conn = open_plain(path)
    assert merged_at(conn) == [(MERGED_AT,)]
    conn.close()


def test_a_new_file_merges_late_and_is_written_to_once(conn):
    assert merged_at(conn) == [(MERGED_AT,)]
    before = conn.total_changes
    merge_late(conn)
    assert conn.total_changes == before


def test_parts_of_one_size_are_merged_when_there_are_so_many(conn):
    """Or a search would look into ever more of them."""
    for page in range(100):
        conn.execute("BEGIN IMMEDIATE")
        rows = [(page * 10 + n + 1, f"post word{n} page{page}", "ann", "") for n in range(10)]
        textindex.add(conn, rows)
        conn.execute("COMMIT")
    (n_parts,) = conn.execute(N_PARTS).fetchone()
    assert n_parts < 3 * MERGED_AT
    found = conn.execute("SELECT count(*) FROM mention_search WHERE mention_search MATCH 'post'")
    assert found.fetchone() == (1_000,)


def test_a_file_that_takes_nothing_opens_all_the_same(conn, expect_log):
    expect_log("merges as before: OperationalError")
    conn.execute("INSERT INTO mention_search(mention_search, rank) VALUES ('automerge', 4)")
    conn.execute("PRAGMA query_only = ON")
    merge_late(conn)
    assert merged_at(conn) == [(4,)]
    assert not conn.in_transaction


def test_so_does_one_whose_index_is_gone(conn, expect_log):
    expect_log("merges as before: OperationalError")
    conn.execute("DROP TABLE mention_search")
    merge_late(conn)
    assert conn.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
