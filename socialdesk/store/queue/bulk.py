"""Which mentions an act on all that match is about."""

from array import array

from socialdesk.domain.queue.rows import ORDERS, View
from socialdesk.domain.queue.search import parse
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue import badges, lists, search
from socialdesk.store.triage import targets


def match_ids(conn: Connection, view: View, search_text: str, now: int) -> "array[int]":
    """Every mention that a list of this view and search would show, were it long enough; int64,
    ascending. A search looks through everything, as the list does."""
    if view not in ORDERS:
        return array("q")
    found = parse(search_text)
    if not found.is_empty:
        return search.find_all(conn, found, view=view, now=now)
    times = targets.times(conn, now) if view in badges.BY_TIME else {}
    sql = lists.view_sql(view, ORDERS[view][0])
    return array("q", sorted(lists.read_ids(conn, sql, -1, times)))


def count_matches(conn: Connection, view: View, search_text: str, now: int) -> int:
    """How many they are, all of them."""
    return len(match_ids(conn, view, search_text, now))
