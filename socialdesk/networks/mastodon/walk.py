"""How far a watch has been read: the cursor, and what to ask next.

Ids are opaque; the server's order counts, newest first. First the walk goes back from the newest
page to `since`; then each poll asks for what is newer than `top`. A full page may have left a gap
(some servers answer `min_id` with the newest, not with the next), so the walk goes back to the
old `top` before it goes on. Every fifth poll begins 20 ids earlier: notifications of one moment
come out of order, and a late one would be stepped over (measured on GoToSocial).
"""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.http import Value

FULL: Final = 15  # ids; the smallest page a server calls full (Mastodon before 4.1)
OVERLAP: Final = 20
OVERLAP_EVERY: Final = 5
KNOWN: Final = 100
MAX_BACK: Final = 2000  # pages; a server that ignores max_id never ends


@frozen
class Walk:
    """`top`: newest id seen. `back`: walking back from here, "" = not. `floor`: the walk ends at
    this id, "" = at `since`. `known`: ids seen lately, oldest first."""

    top: str = ""
    back: str = ""
    floor: str = ""
    n_back: int = 0
    n_polls: int = 0
    known: tuple[str, ...] = ()

    @property
    def is_backfill(self) -> bool:
        """Whether the page asked for next belongs to the time before the account was added."""
        return not self.top or (bool(self.back) and not self.floor)

    def params(self) -> dict[str, Value]:
        """What to ask for next."""
        if self.back:
            return {"max_id": self.back, "min_id": self.floor}
        if self.top and self.n_polls % OVERLAP_EVERY == OVERLAP_EVERY - 1:
            return {"min_id": self.known[-OVERLAP:][0] if self.known else self.top}
        return {"min_id": self.top}

    def saved(self) -> Cursor:
        """As the cursor that `read_walk` reads."""
        # `asdict` copies each of the known ids: 70 µs a page.
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return Cursor(json.dumps(named, separators=(",", ":")))

    def after(self, ids: Sequence[str], *, is_old: bool) -> tuple["Walk", bool]:
        """The walk after a page with `ids` (newest first), and whether to ask again now.

        `is_old`: the oldest of them is from before `since`.
        """
        if self.back:
            return self._after_back(ids, is_old)
        fresh = [one for one in ids if one not in self.known]
        polled = replace(self, n_polls=self.n_polls + 1)
        if not fresh:
            return polled, False
        known = (*self.known, *reversed(fresh))[-KNOWN:]
        is_first = not self.top
        top = fresh[0] if fresh[0] == ids[0] or is_first else self.top
        if is_first:
            back = "" if is_old else ids[-1]
        else:
            back = ids[-1] if len(ids) >= FULL and ids[-1] not in self.known else ""
        return replace(polled, top=top, known=known, back=back, floor=self.top, n_back=0), True

    def _after_back(self, ids: Sequence[str], is_old: bool) -> tuple["Walk", bool]:
        ends = not ids or ids[-1] == self.back or self.floor in ids or self.n_back >= MAX_BACK
        if ends or (is_old and not self.floor):
            return replace(self, back="", floor="", n_back=0), True
        return replace(self, back=ids[-1], n_back=self.n_back + 1), True


def read_walk(cursor: Cursor | None) -> Walk:
    """The walk a cursor keeps; a new one for None, or for what is not ours."""
    try:
        saved = json.loads(cursor or "{}")
        return Walk(
            str(saved.get("top", "")),
            str(saved.get("back", "")),
            str(saved.get("floor", "")),
            int(saved.get("n_back", 0)),
            int(saved.get("n_polls", 0)),
            tuple(map(str, saved.get("known", ()))),
        )
    except (ValueError, TypeError, AttributeError):
        return Walk()
