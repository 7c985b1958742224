"""Which store function answers which question; on a read-only connection, in one snapshot.

What the window asks for its first paint stands here; all else in the rooms beside, each of which
is imported with its part of the store when it is first asked (2026-11: all of them take 7 MB, those
that a window asks at rest 4).
"""

from collections.abc import Callable
from importlib import import_module
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
    q.IsAnythingWatched: lambda c, x, now: coverage.is_any_watched(c),
    q.CountPerHour: lambda c, x, now: coverage.count_per_hour(c, x.now, x.hours),
    q.ListSavedViews: lambda c, x, now: saved_views.list_views(c),
    q.ReadSettings: lambda c, x, now: settings.read_all(c),
}  # fmt: skip
# Rooms of questions whose answers lie elsewhere than in the room of that name.
_ELSEWHERE: Final = {
    "queries": ("later",),
    "crisis": ("crisis", "dues", "statements"),
    "learning": ("insight",),
    "macros": ("bulk",),
    "spending": ("later",),
    "templates": ("later",),
}


def answer(conn: Connection, query: Query[T], now: int) -> T:
    """The answer as of one commit. `now`: ms UTC."""
    found = _AT_ONCE.get(type(query)) or _later(type(query))
    return cast(T, found(conn, query, now))


def _later(kind: type) -> Callable[[Connection, Any, int], Any]:
    """What answers a question of `queries/ROOM.py` lies in `answers/ROOM.py`, or _ELSEWHERE."""
    room = kind.__module__.rpartition(".")[2]
    for name in _ELSEWHERE.get(room, (room,)):
        answers = import_module(f"socialdesk.engine.answers.{name}").ANSWERS
        if kind in answers:
            return cast(Callable[[Connection, Any, int], Any], answers[kind])
    raise LookupError(f"nothing answers {kind.__name__}")
