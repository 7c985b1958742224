"""What is asked about alerts."""

from array import array  # noqa: F401  named in quotes: it takes no [] before Python 3.12

from socialdesk.domain.crisis.alert import AlertLine, BackTest, Bar, Explanation
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class ListAlerts(Query[list[AlertLine]]):
    """Open ones first, then past ones, the newest first."""

    limit: int = 200
    only_open: bool = False


@frozen
class ReadAlert(Query[Explanation | None]):
    """Why it rang: its numbers, what drives it, who carries it; about 50 ms."""

    alert_id: int


@frozen
class ReadBars(Query[list[Bar]]):
    """Negative mentions (or those of unknown mood) per 15 minutes of a time, with what is usual.
    `since`, `until`: ms UTC, at most two days."""

    since: int
    until: int
    is_unrated: bool = False


@frozen
class ReadUsual(Query[float]):
    """Negative mentions usual from `since` to `until`, ms UTC."""

    since: int
    until: int


@frozen
class ReadBackTest(Query[BackTest]):
    """How often each of these sensitivities (tenths of surprise) would have rung over the user's
    own history; some hundred milliseconds."""

    limits: tuple[int, ...]
    weeks: int = 13


@frozen
class ListAlertMentions(Query["array[int]"]):
    """What an alert counted, newest first."""

    alert_id: int
