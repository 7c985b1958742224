"""What answers the questions of `queries/insight.py` and `queries/learning.py`."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.learning import Learning
from socialdesk.engine.queries.insight import ReadInsight
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import insights, learned, reading_state


def _learning(conn: Connection) -> Learning:
    return Learning(
        tuple(learned.reports(conn)), learned.since(conn), reading_state.read_state(conn)
    )


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    ReadInsight: lambda c, x, now: insights.understood(c, x.mention_id),
    ReadLearning: lambda c, x, now: _learning(c),
}
