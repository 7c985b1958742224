"""How far a watch has been read, and which posts were fetched whole: a search names posts only,
and without a key there are 300 calls a day."""

import json
from collections.abc import Iterable

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.walks import Walk

KNOWN = 200


@frozen
class Mark:
    """`walk`: as `networks/walks.py` keeps it; `known`: remote ids seen lately, oldest first."""

    walk: Cursor | None = None
    known: tuple[str, ...] = ()

    def after(self, walk: Walk, ids: Iterable[str]) -> "Mark":
        """With a page read."""
        known = dict.fromkeys((*self.known, *ids))
        return Mark(walk.saved(), tuple(known)[-KNOWN:])

    def saved(self) -> Cursor:
        """As the cursor that `read_mark` reads."""
        return Cursor(json.dumps({"walk": self.walk, "known": self.known}, separators=(",", ":")))


def read_mark(cursor: Cursor | None) -> Mark:
    """A cursor that cannot be read starts anew."""
    try:
        saved = json.loads(cursor or "{}")
        walk, known = saved.get("walk"), tuple(map(str, saved.get("known", ())))
    except (ValueError, TypeError, AttributeError):
        return Mark()
    return Mark(Cursor(walk) if isinstance(walk, str) else None, known)
