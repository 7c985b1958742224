"""What answers the questions of the readiness page."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.answers.readiness_page import quiet_lines, read_readiness
from socialdesk.engine.queries import readiness as q
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadReadiness: lambda c, x, now: read_readiness(c, now),
    q.ListQuietLines: lambda c, x, now: quiet_lines(c, now),
}
