"""How far a list that only goes backwards has been read: the cursor of a watch whose network
lists the newest first.

A walk starts at the newest post and goes back, page after page, to what earlier walks have seen.
What arrives meanwhile is the next walk's. A killed walk goes on where its last page was saved.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.values import read_time

OVERLAP = timedelta(minutes=10)  # posts are indexed out of order, by clocks that differ


@frozen
class Walk:
    """Times are ISO 8601, "" = none. `seen`: the newest post of all finished walks; `top`: the
    newest of the walk under way; `floor`: where it ends; `at`: the server's cursor of its next
    page, "" = no walk is under way."""

    seen: str = ""
    top: str = ""
    floor: str = ""
    at: str = ""

    def saved(self) -> Cursor:
        """As text; the same walk always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))


def begin_walk(cursor: Cursor | None, since: datetime) -> Walk:
    """The walk that `cursor` left under way, or a new one, down to `since` the first time."""
    walk = _read(cursor)
    if walk.at:
        return walk
    floor = read_time(walk.seen) - OVERLAP if walk.seen else since
    return Walk(seen=walk.seen, floor=as_text(floor))


def step(walk: Walk, times: Iterable[datetime], server_cursor: str) -> Walk:
    """The walk after a page with posts of these `times`; `server_cursor`: "" = the last page.

    The cursor of notifications is a time too. It tells how far a page without any post of ours
    went; else an account full of likes would be read back to its birth at every poll.
    """
    marks = [*times, *_cursor_time(server_cursor)]
    known = [read_time(walk.top)] if walk.top else []
    top = as_text(max((*known, *marks), default=None))
    is_below = bool(marks) and min(marks) < read_time(walk.floor)
    if server_cursor and server_cursor != walk.at and not is_below:
        return replace(walk, top=top, at=_with_ties(walk, server_cursor))
    return Walk(seen=max(walk.seen, top))


def as_text(time: datetime | None) -> str:
    """UTC with milliseconds and Z, which sorts as time does; None = ""."""
    if time is None:
        return ""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _with_ties(walk: Walk, server_cursor: str) -> str:
    """The cursor, a millisecond later where it is a time: the server goes on strictly before it,
    and would pass over posts that share it with the last of this page (measured: AppView 0.0.280).
    A page full of ties would come back for ever, so then it is taken as it is."""
    times = _cursor_time(server_cursor)
    wider = as_text(times[0] + timedelta(milliseconds=1)) if times else server_cursor
    return server_cursor if wider == walk.at else wider


def _cursor_time(server_cursor: str) -> list[datetime]:
    """Searches count hits or write "milliseconds::cid"; only what has a T is a time."""
    try:
        return [read_time(server_cursor)] if "T" in server_cursor else []
    except (ValueError, OverflowError):
        return []


def _read(cursor: Cursor | None) -> Walk:
    """A cursor that cannot be read starts anew: what is known already is met again, not doubled."""
    try:
        saved = json.loads(cursor or "{}")
        walk = Walk(**{key: str(value) for key, value in saved.items()})
        for time in (walk.seen, walk.top, walk.floor):
            if time:
                read_time(time)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return Walk()
    return walk if walk.floor else Walk(seen=walk.seen)
