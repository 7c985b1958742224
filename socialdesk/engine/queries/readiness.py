"""Questions of the readiness page."""

from socialdesk.domain.crisis.readiness import QuietLine, ReadyLine
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class ReadReadiness(Query[tuple[ReadyLine, ...]]):
    """How ready the team is, line by line."""


@frozen
class ListQuietLines(Query[tuple[QuietLine, ...]]):
    """Reply lines that may be approved in quiet times, with whether they are."""
