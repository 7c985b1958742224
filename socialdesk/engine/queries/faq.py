"""Questions about known questions."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.faq import FaqEntry, FaqGap
from socialdesk.engine.queries.base import Query


@frozen
class ListFaq(Query[list[FaqEntry]]):
    """By folder and question."""

    with_archived: bool = False


@frozen
class SearchFaq(Query[list[FaqEntry]]):
    """What fits the typed words best, best first; entries in `lang` before others."""

    typed: str
    lang: str = ""
    limit: int = 8


@frozen
class ListFaqGaps(Query[list[FaqGap]]):
    """Questions without an answer, newest first."""

    only_open: bool = True
