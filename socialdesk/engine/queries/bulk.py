"""What is asked about acts on very many mentions."""

from dataclasses import dataclass

from socialdesk.domain.job import JobRow
from socialdesk.domain.rows import View
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ListJobs(Query[list[JobRow]]):
    """Jobs that run and those that ended today, newest first."""


@dataclass(frozen=True, slots=True)
class CountMatches(Query[int]):
    """How many mentions an act on all that match would be about: all are counted."""

    view: View
    search: str = ""
