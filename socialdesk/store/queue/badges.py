"""The live count beside each view: counters for what has a counter, indexes for what time moves."""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.domain.queue.rows import Badge, View
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import counters
from socialdesk.store.triage import targets

COUNT_CAP: Final = 1_000  # a saved view says "1,000+" beyond
BY_TIME: Final = (View.OVERDUE, View.DUE_SOON)  # views that change while nothing is written

COUNTED: Final = {
    View.NEEDS_REPLY: ("status:0", "status:1"),
    View.NEW: ("status:0",),
    View.WAITING: ("status:2",),
    View.SNOOZED: ("status:3",),
    View.DONE: ("status:4",),
    View.SPAM: ("status:5",),
    View.MUTED: ("disposition:3",),
    View.ALL: tuple(f"status:{n}" for n in range(6)),
}
_OUTBOX: Final = """
SELECT state, count(*) FROM outbox
WHERE state NOT IN ('sent', 'taken_back', 'discarded') GROUP BY state"""
# What is not due yet came within the response target: few, even when a long backlog is overdue.
_NOT_DUE: Final = "SELECT count(*) FROM triage WHERE status <= 1 AND due_at > ?"
_NO_TARGET: Final = "SELECT count(*) FROM triage WHERE status <= 1 AND due_at < 1"
_ALERTS: Final = "SELECT count(*) FROM alert WHERE cleared_at = 0"
_PROBLEMS: Final = """
SELECT (SELECT count(*) FROM account WHERE state = 'sign_in')
  + (SELECT count(*) FROM watch w JOIN account a ON a.id = w.account_id
     WHERE w.is_on AND a.state = 'on' AND w.fault <> '')
  + (SELECT count(DISTINCT watch_id) FROM reject)"""


def count_views(
    conn: Connection, now: int, count_saved: Callable[[str], int] | None = None
) -> list[Badge]:
    """A count per built-in view (key = View.value) and per saved view (key = "saved:ID") by
    `count_saved`, which counts a search up to COUNT_CAP; open alerts (key = "alerts")."""
    counts = counters.read(conn)
    badges = [
        Badge(view.value, sum(counts.get(key, 0) for key in keys)) for view, keys in COUNTED.items()
    ]
    outbox = dict(conn.execute(_OUTBOX).fetchall())
    badges.append(Badge(View.APPROVAL.value, outbox.get("approval", 0)))
    badges.append(Badge(View.OUTBOX.value, sum(outbox.values())))
    badges.append(Badge(View.PROBLEMS.value, _one(conn, _PROBLEMS)))
    badges.append(Badge("alerts", _one(conn, _ALERTS)))
    badges += [Badge(view.value, n) for view, n in _count_by_time(conn, now, counts).items()]
    if count_saved is not None:
        saved = conn.execute("SELECT id, search FROM saved_view ORDER BY position, id").fetchall()
        badges += [Badge(f"saved:{view}", count_saved(search)) for view, search in saved]
    return badges


def count_of(conn: Connection, view: View, now: int) -> int:
    """How many mentions a view that lists mentions has."""
    counts = counters.read(conn)
    if view in BY_TIME:
        return _count_by_time(conn, now, counts)[view]
    return sum(counts.get(key, 0) for key in COUNTED[view])


def _count_by_time(conn: Connection, now: int, counts: Mapping[str, int]) -> dict[View, int]:
    times = targets.times(conn, now)
    undecided = sum(counts.get(key, 0) for key in COUNTED[View.NEEDS_REPLY])
    not_due = _one(conn, _NOT_DUE, now - 1)
    return {
        View.OVERDUE: undecided - not_due - _one(conn, _NO_TARGET),
        View.DUE_SOON: not_due - _one(conn, _NOT_DUE, times["soon"]),
    }


def _one(conn: Connection, sql: str, *values: int) -> int:
    (n,) = conn.execute(sql, values).fetchone()
    return int(n)
