"""How far a page's notifications have been read: the cursor of its watch.

Notifications tell under which posts something happened; the comments there are read after them, one
post a fetch. 500 calls a day is what a small app has: so nothing is read that no notice names.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor

OVERLAP_MS: Final = 10 * 60 * 1000
MANY_TODO: Final = 300
MAX_STEPS: Final = 500  # answers of one round; more than that never ends
MAX_COUNTS: Final = 500  # comments whose number of answers is remembered
MAX_KNOWN: Final = 500  # notices of the last round


@frozen
class Below:
    """Comments to be read: below a post or a comment (`urn`), from the `start`-th."""

    urn: str
    start: int = 0


@frozen
class Round:
    """Times are ms UTC, by LinkedIn's clock. `origin`: nothing older is taken; `seen`: the newest
    notice of finished rounds; `top`: of this one; `start`: how many notices of this round were
    read, -1 = all; `counts`: answers below a comment when it was last read; `known`: notices of
    the last round, `noted`: of this one, as they were then."""

    origin: int
    seen: int = 0
    top: int = 0
    start: int = 0
    n_steps: int = 0
    todo: tuple[Below, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    known: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def floor(self) -> int:
        """Notices since then are asked for."""
        return max(self.origin, self.seen - OVERLAP_MS)

    @property
    def has_room(self) -> bool:
        """Whether more places may wait. With as many as that no further notices are read."""
        return len(self.todo) < MANY_TODO

    @property
    def is_done(self) -> bool:
        """Nothing of this round is left."""
        return self.start < 0 and not self.todo

    @property
    def is_under_way(self) -> bool:
        """Whether something of this round was read."""
        return self.n_steps > 0

    def with_todo(self, *more: Below) -> "Round":
        """Each place once, in the order they came; where there is no room the new ones first, so
        that it grows by no more than what an answer names, and nothing is left out."""
        known = {below.urn for below in self.todo}
        fresh = {below.urn: below for below in more if below.urn not in known}.values()
        todo = (*self.todo, *fresh) if self.has_room else (*fresh, *self.todo)
        return replace(self, todo=todo)

    def saved(self) -> Cursor:
        """As text; the same round always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))


def begin_round(cursor: Cursor | None, since: datetime) -> Round:
    """The round that `cursor` left under way, or a new one. What cannot be read starts anew: known
    comments are met again, and not doubled."""
    first = Round(origin=int(since.timestamp() * 1000))
    try:
        walk = _read(json.loads(cursor or "null"))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return first
    return walk


def after_step(walk: Round) -> Round:
    """The round after an answer; a new one's beginning when nothing is left of it."""
    walk = replace(walk, n_steps=walk.n_steps + 1)
    if not walk.is_done and walk.n_steps < MAX_STEPS:
        return walk
    return Round(
        walk.origin,
        max(walk.seen, walk.top),
        counts=walk.counts[-MAX_COUNTS:],
        known=walk.noted[-MAX_KNOWN:],
    )


def _read(saved: Any) -> Round:
    todo = tuple(Below(str(one["urn"]), int(one["start"])) for one in saved["todo"])
    counts = tuple((str(urn), int(n)) for urn, n in saved["counts"])
    return Round(
        origin=int(saved["origin"]),
        seen=int(saved["seen"]),
        top=int(saved["top"]),
        start=int(saved["start"]),
        n_steps=int(saved["n_steps"]),
        todo=todo,
        counts=counts,
        known=tuple(map(str, saved["known"])),
        noted=tuple(map(str, saved["noted"])),
    )
