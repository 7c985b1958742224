"""What answers the questions about acts on very many mentions, muted people and macros."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries.bulk import CountMatches, ListJobs, ListMuted
from socialdesk.engine.queries.macros import ListMacros
from socialdesk.store import jobs
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue import bulk
from socialdesk.store.triage import macros, muted

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    ListJobs: lambda c, x, now: jobs.list_jobs(c),
    ListMuted: lambda c, x, now: muted.list_muted(c),
    ListMacros: lambda c, x, now: macros.list_macros(c),
    CountMatches: lambda c, x, now: bulk.count_matches(c, x.view, x.search, now),
}
