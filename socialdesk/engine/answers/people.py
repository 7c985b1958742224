"""Answers about who works here."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries.people import ReadDuties
from socialdesk.store import putting_away
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    ReadDuties: lambda c, x, now: putting_away.duties(c, x.person_id),
}
