"""How far a list of a forum has been read: the cursor of a watch.

Lists are newest first and turned by page number or offset, so that a post which arrives meanwhile
pushes others on to the next page: they are met twice, never missed. What a list only names
(notifications, search hits) is fetched a few topics at a time, because a key has 20 calls a
minute; `known` says which of the list were done, so the same page is asked for until all are.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import as_text

OVERLAP: Final = timedelta(minutes=10)  # rows of one moment are committed out of order
KNOWN: Final = 600


@frozen
class Bookmark:
    """Times are ISO 8601, "" = none. `seen`: the newest row of all finished walks; `top`: that of
    the walk under way; `floor`: where it ends, "" = no walk is under way; `at`: offset or page of
    its next list; `known`: ids of the rows done lately, oldest first."""

    seen: str = ""
    top: str = ""
    floor: str = ""
    at: int = 0
    known: tuple[str, ...] = ()

    def saved(self) -> Cursor:
        """As the cursor that `read_bookmark` reads."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))

    def begun(self, since: datetime) -> "Bookmark":
        """With a walk under way: the one that was, or a new one, down to `since` at first."""
        if self.floor:
            return self
        floor = read_time(self.seen) - OVERLAP if self.seen else since
        return replace(self, floor=as_text(floor), top=self.seen, at=0)

    def done(self, ids: list[str], newest: datetime | None) -> "Bookmark":
        """With these rows of the list done."""
        top = max(self.top, as_text(newest))
        return replace(self, top=top, known=(*self.known, *ids)[-KNOWN:])

    def turned(self, at: int) -> "Bookmark":
        """At the next page of the list."""
        return replace(self, at=at)

    def ended(self) -> "Bookmark":
        """The list was walked to its floor."""
        return Bookmark(seen=max(self.seen, self.top), known=self.known)


def read_bookmark(cursor: Cursor | None) -> Bookmark:
    """A cursor that cannot be read starts anew: what is known is met again, not doubled."""
    try:
        saved = json.loads(cursor or "{}")
        mark = Bookmark(
            seen=str(saved.get("seen", "")),
            top=str(saved.get("top", "")),
            floor=str(saved.get("floor", "")),
            at=int(saved.get("at", 0)),
            known=tuple(map(str, saved.get("known", ()))),
        )
        for time in (mark.seen, mark.top, mark.floor):
            if time:
                read_time(time)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return Bookmark()
    return mark
