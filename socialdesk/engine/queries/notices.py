"""What was told, and when what is due."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.notices import NoticeLine
from socialdesk.engine.queries.base import Query


@frozen
class ListNotices(Query[list[NoticeLine]]):
    """The newest first, those told together as one line. `limit`: of single notices."""

    limit: int = 500


@frozen
class ListViewNotices(Query[list[tuple[int, str, str]]]):
    """Id, name and notice ("", once, repeat) of each saved view, in their order."""


@frozen
class ReadCountdowns(Query[list[str]]):
    """Of each mention, in that order, its countdown in words; "" when it needs no reply or has no
    target. At most 100."""

    ids: tuple[int, ...]


@frozen
class CountUnseen(Query[dict[str, int]]):
    """How many notices of each kind nobody has seen."""
