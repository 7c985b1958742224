"""Which mentions a list shows, in its order, as one packed array of ids.

Every view and order is served by its own index: no table scan, no sorting (tested by query plan).
A screenful of ids comes packed in one JSON value: row by row, each would hand the interpreter lock
over (performance.md, S2). A long list comes row by row for that very reason: unpacking a million
held the lock, and with it the window, for 130 to 240 ms, and took 100 MB at its peak (measured).
"""

import json
from array import array
from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from socialdesk.domain.queue.rows import ORDERS, Badge, Listing, Order, SearchFault, View
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue import badges
from socialdesk.store.triage import pins, targets

NO_TIMES: Final = MappingProxyType[str, int]({})
MAX_IDS: Final = 1_000_000
MAX_PACKED: Final = 10_000  # ids that are unpacked in about a millisecond

# The conditions repeat those of the partial indexes word for word: SQLite takes them only then.
_NEEDS_REPLY: Final = {
    Order.NEED: "status <= 1 ORDER BY need_at, mention_id",
    Order.LONGEST: "status <= 1 ORDER BY mention_id",
    Order.NEWEST: "status <= 1 ORDER BY mention_id DESC",
    Order.REACH: "status <= 1 ORDER BY reach DESC, mention_id DESC",
}
_NEW: Final = {
    Order.NEED: "status <= 1 AND +status = 0 ORDER BY need_at, mention_id",
    Order.LONGEST: "status = 0 ORDER BY mention_id",
    Order.NEWEST: "status = 0 ORDER BY mention_id DESC",
    Order.REACH: "status <= 1 AND +status = 0 ORDER BY reach DESC, mention_id DESC",
}
# The bounds are due_at's own, so that nothing without a target (0) is among them.
_OVERDUE: Final = {
    Order.NEED: "status <= 1 AND due_at BETWEEN 1 AND :now - 1 ORDER BY due_at, status, mention_id"
}
_DUE_SOON: Final = {
    Order.NEED: "status <= 1 AND due_at BETWEEN :now AND :soon ORDER BY due_at, status, mention_id"
}
_MUTED: Final = {
    Order.NEWEST: "disposition = 3 ORDER BY mention_id DESC",
    Order.LONGEST: "disposition = 3 ORDER BY mention_id",
}
_ALL: Final = {
    Order.NEWEST: "mention_id > 0 ORDER BY mention_id DESC",
    Order.LONGEST: "mention_id > 0 ORDER BY mention_id",
}


def _by_status(status: int) -> dict[Order, str]:
    return {
        Order.NEWEST: f"status = {status} ORDER BY mention_id DESC",
        Order.LONGEST: f"status = {status} ORDER BY mention_id",
    }


CONDITIONS: Final = {
    View.NEEDS_REPLY: _NEEDS_REPLY,
    View.NEW: _NEW,
    View.OVERDUE: _OVERDUE,
    View.DUE_SOON: _DUE_SOON,
    View.WAITING: _by_status(2),
    View.SNOOZED: {**_by_status(3), Order.NEED: "status = 3 ORDER BY snoozed_until, mention_id"},
    View.DONE: _by_status(4),
    View.SPAM: _by_status(5),
    View.MUTED: _MUTED,
    View.ALL: _ALL,
}


def list_ids(
    conn: Connection,
    view: View = View.NEEDS_REPLY,
    search_text: str = "",
    order: Order = Order.NEED,
    limit: int = MAX_IDS,
    now: int = 0,
) -> Listing:
    """The ids of a view, narrowed by a search. A view has the orders of `domain.queue.rows.ORDERS`;
    any other gives its first. Views that list no mentions (outbox, problems) are empty here."""
    if view not in ORDERS:
        return Listing(array("q"))
    order = order if order in ORDERS[view] else ORDERS[view][0]
    faults: tuple[SearchFault, ...] = ()
    if search_text:
        from socialdesk.domain.queue.search import parse  # no first list is searched
        from socialdesk.store.queue import search

        found = parse(search_text)
        if not found.is_empty:
            return search.list_found(conn, found, view=view, order=order, limit=limit, now=now)
        faults = found.faults
    times = targets.times(conn, now) if view in badges.BY_TIME else {}
    ids = read_ids(conn, view_sql(view, order), min(limit, MAX_IDS), times)
    n_total = len(ids) if len(ids) < limit else badges.count_of(conn, view, now)
    ids = pins.on_top(conn, ids, view, limit)
    return Listing(ids, n_total, faults=faults)


def view_sql(view: View, order: Order) -> str:
    """The statement of a view without a search; takes :limit."""
    # An equality beats an order in SQLite's eyes: it would take triage_status, and sort.
    by = " INDEXED BY triage_snoozed" if (view, order) == (View.SNOOZED, Order.NEED) else ""
    return f"SELECT mention_id FROM triage{by} WHERE {CONDITIONS[view][order]} LIMIT :limit"


def read_ids(
    conn: Connection, sql: str, limit: int, times: Mapping[str, int] = NO_TIMES
) -> "array[int]":
    """The ids that a statement which takes :limit gives, as int64. `times`: :now and :soon, where
    it takes them."""
    values = {"limit": limit, **times}
    if limit < 0 or limit > MAX_PACKED:
        return array("q", chain.from_iterable(conn.execute(sql, values)))
    packing = f"SELECT json_group_array(mention_id) FROM ({sql})"
    (packed,) = conn.execute(packing, values).fetchone()
    return array("q", json.loads(packed))


def count_views(conn: Connection, now: int) -> list[Badge]:
    """A count per view and saved view; see `badges.count_views`."""

    def count_found(text: str) -> int:
        from socialdesk.domain.queue.search import parse  # without saved views nothing is searched
        from socialdesk.store.queue import search

        return search.count_found(conn, parse(text), view=View.ALL, now=now)

    return badges.count_views(conn, now, count_found)
