"""How far a community has been read: a place in the queue of events, and a walk over its wall.

The cursor holds no key: the long poll's own is asked for anew each time.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.vk.api import ts_of

OVERLAP_S: Final = 600  # what is shown late, and clocks that differ
_STEPS: Final = {"posts": 1, "comments": 2, "thread": 3}  # how many numbers each needs

Step = tuple[str | int, ...]
"""One page of a walk that is still to read: ("posts", offset), ("comments", post, offset) or
("thread", post, comment, offset)."""


@frozen
class Bookmark:
    """`ts`: the last event that is saved, "" = none yet; `skip`: how many after it are, too.
    `seen`: everything before this unix second is known, 0 = nothing is. `floor`: how far back
    the walk goes; `todo`: what of it is left, () = no walk is under way."""

    ts: str = ""
    skip: int = 0
    seen: int = 0
    floor: int = 0
    todo: tuple[Step, ...] = ()

    def saved(self) -> Cursor:
        """As text; the same bookmark always gives the same text."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":")))

    def walking(self, at: int) -> "Bookmark":
        """About to walk back to what is known; `at`: now, by VK's clock, 0 = not told."""
        floor = max(0, self.seen - OVERLAP_S)
        return replace(self, floor=floor, seen=max(self.seen, at), todo=(("posts", 0),))


def read_bookmark(cursor: Cursor | None) -> Bookmark | None:
    """None for the first time. One that cannot be read starts anew too: what is known already is
    met again, not doubled."""
    try:
        saved = json.loads(cursor or "")
        ts = ts_of(saved["ts"]) if saved["ts"] else ""
        skip, seen, floor = (_number(saved[name]) for name in ("skip", "seen", "floor"))
        return Bookmark(ts, skip, seen, floor, tuple(_steps(saved["todo"])))
    except (ValueError, KeyError, TypeError):
        return None


def _steps(saved: Any) -> Iterator[Step]:
    for step in saved:
        name, *numbers = step
        if len(numbers) != _STEPS[name]:
            raise ValueError("no step of a walk")
        yield (name, *map(_number, numbers))


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no number")
    return value
