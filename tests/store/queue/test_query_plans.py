"""Whatever the window asks is found by an index: the large tables are never walked or sorted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.queue.rows import ORDERS, View
from socialdesk.engine import queries as q
from socialdesk.engine.answers.every import answer
from socialdesk.engine.queries.base import Query
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection
from tests.bench import build, data

N = 6_000  # enough for the planner's choices to be those of a large file
NOW = data.END_MS
LARGE = ("mention", "triage", "mention_watch", "mention_label", "author", "anchor", "outbox")
# "SCAN t USING INDEX i" walks an index in its order and stops at the limit; a bare one does not.
WALK = re.compile(rf"^SCAN ({'|'.join(LARGE)}|[mt])( USING INTEGER PRIMARY KEY)?$")
SEARCHES = (
    "order", '"to of"', "the order", "order -refund", "order OR refund", "退款", "возв",
    "from:user1", "label:billing", "network:feeds", "status:snoozed", "status:new order",
    "is:unread", "is:overdue", "is:muted", "has:note", "has:draft", "order label:crisis",
)  # fmt: skip


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path: Path = tmp_path_factory.mktemp("plans") / "workspace.db"
    build.build(N, path)
    readers = Readers(path)
    with readers.connection() as made:
        yield made
    readers.close()


def plans(conn: Connection, query: "Query[object]") -> list[tuple[str, str]]:
    """Each step of each statement that answers `query`, with its statement."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    answer(conn, query, NOW)
    conn.set_trace_callback(None)
    selects = [sql for sql in asked if sql.lstrip().startswith(("SELECT", "WITH"))]
    assert selects
    return [
        (step, sql)
        for sql in selects
        for *_, step in conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]


def complaints(conn: Connection, query: "Query[object]") -> list[tuple[str, str]]:
    steps = plans(conn, query)
    return [(step, sql) for step, sql in steps if WALK.match(step) or "TEMP B-TREE" in step]


@pytest.mark.parametrize(
    ("view", "order"), [(view, order) for view, orders in ORDERS.items() for order in orders]
)
def test_a_view_is_read_off_its_index(conn, view, order):
    assert complaints(conn, q.ListMentions(view, "", order, 200)) == []


@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_starts_from_an_index(conn, text):
    walks = [(s, sql) for s, sql in complaints(conn, q.ListMentions(View.ALL, text, limit=200))
             if "TEMP B-TREE" not in s]  # fmt: skip
    assert walks == []


def test_rows_counts_and_details_are_looked_up(conn):
    ids = tuple(answer(conn, q.ListMentions(View.NEEDS_REPLY), NOW).ids[:100])
    asked = (q.ReadRows(ids), q.ReadDetail(ids[0]), q.CountViews(), q.CountPerHour(NOW, 14))
    for query in asked:
        walks = [(s, sql) for s, sql in complaints(conn, query) if "TEMP B-TREE" not in s]
        assert walks == [], query


def test_a_walk_through_a_table_would_be_noticed(conn):
    (walk,) = conn.execute("EXPLAIN QUERY PLAN SELECT * FROM mention WHERE body = ''").fetchall()
    assert WALK.match(walk[-1])
