"""What is asked about acts on very many mentions, and about muted people."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.job import JobRow
from socialdesk.domain.mentions.muted import MutedRow
from socialdesk.domain.queue.rows import View
from socialdesk.engine.queries.base import Query


@frozen
class ListJobs(Query[list[JobRow]]):
    """Jobs that run and those that ended today, newest first."""


@frozen
class CountMatches(Query[int]):
    """How many mentions an act on all that match would be about: all are counted."""

    view: View
    search: str = ""


@frozen
class ListMuted(Query[list[MutedRow]]):
    """Muted people, the last ones first, each with what was filed of theirs."""
