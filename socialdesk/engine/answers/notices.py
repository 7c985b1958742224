"""Answers about notices."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.mentions.status import NEEDS_REPLY
from socialdesk.domain.notices import grouped
from socialdesk.engine.queries import notices as q
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.dues import countdown_of
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.notices import notices
from socialdesk.store.queue.rows import queue_rows


def _countdowns(conn: Connection, ids: tuple[int, ...], now: int) -> list[str]:
    found = settings.read_all(conn)
    countdown = countdown_of(
        value_of(found, "hours"), value_of(found, "holiday_dates"), value_of(found, "due_soon_min")
    )
    return [
        countdown.words(row.due_at, now)[0] if row.due_at and row.status in NEEDS_REPLY else ""
        for row in queue_rows(conn, ids)
    ]


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListNotices: lambda c, x, now: notices.lines(c, grouped(notices.newest(c, x.limit))),
    q.ListViewNotices: lambda c, x, now: notices.of_views(c),
    q.CountUnseen: lambda c, x, now: notices.count_unseen(c),
    q.ReadCountdowns: lambda c, x, now: _countdowns(c, x.ids, now),
}
