"""A long list and a screenful of it come by two ways, with the same ids."""

import pytest

from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.store.queue import lists
from tests.store.queue_file import QueueFile

N = 40


def all_ids(file: QueueFile, view: View, order: Order) -> list[int]:
    return list(file.read(lists.list_ids, view, "", order).ids)


@pytest.mark.parametrize("order", ORDERS[View.NEEDS_REPLY])
def test_a_long_list_begins_with_its_screenful(file: QueueFile, order: Order) -> None:
    file.fill(N)
    screenful = file.read(lists.list_ids, View.NEEDS_REPLY, "", order, 10)
    whole = all_ids(file, View.NEEDS_REPLY, order)
    assert len(whole) == N == screenful.n_total
    assert list(screenful.ids) == whole[:10]


def test_a_long_list_is_never_one_packed_value(file: QueueFile) -> None:
    """Unpacking a million ids holds the interpreter lock for a quarter of a second."""
    file.fill(3)
    asked: list[str] = []

    def read(conn):
        conn.set_trace_callback(asked.append)
        try:
            return lists.list_ids(conn, View.ALL), lists.list_ids(conn, View.ALL, limit=2)
        finally:
            conn.set_trace_callback(None)

    whole, screenful = file.read(read)
    assert (len(whole.ids), len(screenful.ids)) == (3, 2)
    assert ["json_group_array" in sql for sql in asked if "FROM triage" in sql] == [False, True]
