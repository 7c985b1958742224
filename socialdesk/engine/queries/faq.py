"""Questions about known questions."""

from dataclasses import dataclass

from socialdesk.domain.faq import FaqEntry, FaqGap
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ListFaq(Query[list[FaqEntry]]):
    """By folder and question."""

    with_archived: bool = False


@dataclass(frozen=True, slots=True)
class SearchFaq(Query[list[FaqEntry]]):
    """What fits the typed words best, best first; entries in `lang` before others."""

    typed: str
    lang: str = ""
    limit: int = 8


@dataclass(frozen=True, slots=True)
class ListFaqGaps(Query[list[FaqGap]]):
    """Questions without an answer, newest first."""

    only_open: bool = True
