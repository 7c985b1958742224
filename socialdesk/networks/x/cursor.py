"""How far a watch has been read: the cursor.

X lists the newest first and, asked with `since_id`, only what is newer: an empty answer is free, an
overlap would be paid for again at every poll, so there is none. While a walk goes back page by page
what arrives meanwhile is the next walk's. Ids grow with time (snowflakes) and are compared as
numbers.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor

MAX_PAGES = 200  # of one walk


@frozen
class Walk:
    """`top`: the newest id of all finished walks. `at`: X's token of the next page of the walk
    under way, "" = none; `newest`: the newest id it has met; `n`: its pages so far."""

    top: str = ""
    newest: str = ""
    at: str = ""
    n: int = 0

    def saved(self) -> Cursor:
        """As text; the same walk always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))

    def after(self, ids: Iterable[str], token: str, *, goes_on: bool) -> "Walk":
        """After a page with `ids`; `token`: of the next one. `goes_on` False: this walk ends here
        although there is more."""
        newest = max((*ids, self.newest), key=_number)
        if token and token != self.at and goes_on and self.n < MAX_PAGES:
            return replace(self, newest=newest, at=token, n=self.n + 1)
        return Walk(max(self.top, newest, key=_number))

    def anew(self) -> "Walk":
        """The same walk from its beginning: X no longer knows the token."""
        return Walk(self.top)


def read_walk(cursor: Cursor | None) -> Walk:
    """A cursor that cannot be read starts anew."""
    try:
        saved = json.loads(cursor or "{}")
        top, newest, at = (str(saved.get(key, "")) for key in ("top", "newest", "at"))
        return Walk(top, newest, at, int(saved.get("n", 0)))
    except (ValueError, TypeError, AttributeError):
        return Walk()


def _number(id_: str) -> int:
    return int(id_) if id_.isascii() and id_.isdigit() and len(id_) < 25 else 0
