"""What answers the questions about known questions."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import faq as q
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.replies import faq

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListFaq: lambda c, x, now: faq.list_entries(c, with_archived=x.with_archived),
    q.SearchFaq: lambda c, x, now: faq.search(c, x.typed, x.lang, x.limit),
    q.ListFaqGaps: lambda c, x, now: faq.list_gaps(c, only_open=x.only_open),
}
