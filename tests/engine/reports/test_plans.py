"""The board asks nothing that walks through a large table: it is read every two seconds."""

import re
from collections.abc import Iterator
from datetime import UTC

import pytest

from socialdesk.engine.reports.board import count_board
from socialdesk.engine.reports.counting import Terms
from socialdesk.store.file.sqlite import Connection
from tests.engine.reports.conftest import NOW
from tests.engine.reports.world import World
from tests.makers import wall_time

WALK = re.compile(r"^SCAN (mention|triage|outbox|author|insight|coverage|[mtoia])$")
TERMS = Terms(UTC, "UTC", 60, wall_time)


def plans(conn: Connection) -> Iterator[tuple[str, str]]:
    """Each step of each statement of a board, with its statement."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    try:
        count_board(conn, TERMS, NOW)
    finally:
        conn.set_trace_callback(None)
    for statement in dict.fromkeys(s for s in asked if s.lstrip().startswith(("SELECT", "WITH"))):
        for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall():
            yield row[3], statement


@pytest.fixture
def steps(world: World) -> list[tuple[str, str]]:
    return world.queue.read(lambda conn: list(plans(conn)))


def test_a_board_walks_through_no_large_table(steps: list[tuple[str, str]]) -> None:
    assert len(steps) > 40
    assert [step for step in steps if WALK.match(step[0])] == []
