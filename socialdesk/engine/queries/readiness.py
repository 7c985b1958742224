"""Questions of the readiness page."""

from dataclasses import dataclass

from socialdesk.domain.readiness import QuietLine, ReadyLine
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadReadiness(Query[tuple[ReadyLine, ...]]):
    """How ready the team is, line by line."""


@dataclass(frozen=True, slots=True)
class ListQuietLines(Query[tuple[QuietLine, ...]]):
    """Reply lines that may be approved in quiet times, with whether they are."""
