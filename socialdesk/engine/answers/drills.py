"""Questions about drills, and what answers them."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries.drills import ListDrills, ReadDrill
from socialdesk.store.crisis import drills
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    ReadDrill: lambda c, x, now: drills.read_now(c),
    ListDrills: lambda c, x, now: drills.list_past(c, x.limit),
}
