"""Answers about notices."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.notices import grouped
from socialdesk.engine.queries import notices as q
from socialdesk.store import notices
from socialdesk.store.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListNotices: lambda c, x, now: notices.lines(c, grouped(notices.newest(c, x.limit))),
    q.ListViewNotices: lambda c, x, now: notices.of_views(c),
}
