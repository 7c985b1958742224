"""Which store function answers which question; on a read-only connection, in one snapshot.

What the window asks for its first paint stands here; all else in `later.py`, which is
imported with its part of the store when it is first asked.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from socialdesk.engine import queries as q
from socialdesk.engine.queries.base import Query
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import coverage
from socialdesk.store.queue import lists, rows
from socialdesk.store.triage import saved_views

T = TypeVar("T")

_AT_ONCE: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListMentions: lambda c, x, now: lists.list_ids(
        c, x.view, x.search, x.order, x.limit, now
    ),
    q.ReadRows: lambda c, x, now: rows.queue_rows(c, x.ids),
    q.CountViews: lambda c, x, now: lists.count_views(c, now),
    q.CountPerHour: lambda c, x, now: coverage.count_per_hour(c, x.now, x.hours),
    q.ListSavedViews: lambda c, x, now: saved_views.list_views(c),
    q.ReadSettings: lambda c, x, now: settings.read_all(c),
}  # fmt: skip


def answer(conn: Connection, query: Query[T], now: int) -> T:
    """The answer as of one commit. `now`: ms UTC."""
    found = _AT_ONCE.get(type(query)) or _later(type(query))
    return cast(T, found(conn, query, now))


def _later(kind: type) -> Callable[[Connection, Any, int], Any]:
    from socialdesk.engine.answers.later import LATER

    return LATER[kind]
