"""How far the lists of a watch have been read, where a network has several for one: each by a walk
of its own, one after the other."""

import json
from dataclasses import asdict, field, replace

from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.networks.walks import Walk


@frozen
class Round:
    """`todo`: names of the lists that this round has still to read, () = it is over."""

    todo: tuple[str, ...] = ()
    walks: dict[str, Walk] = field(default_factory=dict)

    def cursor_of(self, name: str) -> Cursor | None:
        """The cursor of one list, as `networks/walks.py` keeps it."""
        walk = self.walks.get(name)
        return walk.saved() if walk else None

    def after(self, name: str, walk: Walk) -> "Round":
        """With one page of a list read; its walk may have ended with that."""
        todo = self.todo if walk.at else tuple(one for one in self.todo if one != name)
        return replace(self, todo=todo, walks={**self.walks, name: walk})

    def saved(self) -> Cursor:
        """As the cursor that `read_round` reads."""
        return Cursor(json.dumps(asdict(self), separators=(",", ":"), sort_keys=True))


def read_round(cursor: Cursor | None, names: tuple[str, ...]) -> Round:
    """Where `cursor` left off, or a new round over `names`. What cannot be read starts anew: what
    is known is met again, not doubled."""
    try:
        saved = json.loads(cursor or "{}")
        walks = {
            name: Walk(**{key: str(value) for key, value in walk.items()})
            for name, walk in saved.get("walks", {}).items()
            if name in names
        }
        todo = tuple(one for one in saved.get("todo", ()) if one in names)
    except (ValueError, TypeError, AttributeError):
        walks, todo = {}, ()
    return Round(todo or names, walks)
