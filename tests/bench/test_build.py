"""The benchmark's own workspace: a file the program takes for its own."""

from pathlib import Path

import pytest

from socialdesk.domain.queue.rows import Order, View
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.reader import Readers
from socialdesk.store.mentions import counters
from socialdesk.store.queue import lists
from socialdesk.store.queue.rows import queue_rows
from tests.bench import build, data

N = 2_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "workspace.db"
    build.build(N, made)
    return made


@pytest.fixture
def readers(path: Path):
    made = Readers(path)
    yield made
    made.close()


def test_the_program_finds_nothing_wrong_with_it(path):
    assert recovery.check(path).condition is Condition.OK


def test_counters_agree_with_the_rows(readers):
    right = counters.keys_of(readers.here(build.states_of))
    assert readers.here(counters.read) == right
    assert sum(n for key, n in right.items() if key.startswith("status")) == N


def test_rows_are_whole_and_belong_to_their_view(readers):
    found = readers.here(lambda conn: lists.list_ids(conn, View.NEEDS_REPLY))
    rows = readers.here(lambda conn: queue_rows(conn, found.ids[:100]))
    assert len(rows) > 50
    assert all(row.author and row.due_at and not row.is_damaged for row in rows)


@pytest.mark.parametrize("words", ["the", data.RANKED[40], "возврат", "退款", "label:billing"])
def test_words_and_labels_are_found(readers, words):
    listing = readers.here(lambda conn: lists.list_ids(conn, View.ALL, words, Order.NEWEST, 200))
    assert 0 < len(listing.ids) <= 200
    assert list(listing.ids) == sorted(listing.ids, reverse=True)


def test_it_has_every_table_and_index_of_a_fresh_one(path, tmp_path):
    fresh = tmp_path / "fresh.db"
    open_current(fresh, data.END_MS).close()
    assert _shape(path) == _shape(fresh)


def test_the_same_seed_gives_the_same_mentions():
    assert list(data.mentions(300, seed=5)) == list(data.mentions(300, seed=5))
    assert list(data.mentions(3, seed=5)) != list(data.mentions(3, seed=6))


def test_a_cached_file_is_built_once(tmp_path, monkeypatch):
    made = build.cached(200, tmp_path)
    monkeypatch.setattr(build, "build", None)
    assert build.cached(200, tmp_path) == made


def test_a_file_that_is_there_is_left_alone(tmp_path, capsys):
    taken = tmp_path / "mine.db"
    taken.write_text("mine")
    assert build.main(["10", str(taken)]) == 2
    assert taken.read_text() == "mine"
    assert "usage" in capsys.readouterr().out


def _shape(path: Path) -> list[tuple[str, str]]:
    readers = Readers(path)
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    shape = readers.here(lambda conn: conn.execute(sql).fetchall())
    readers.close()
    return shape
