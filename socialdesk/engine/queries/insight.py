"""What is asked about what the program understood. The inbox imports this for its first paint: what
is asked about learning stands elsewhere."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Understood
from socialdesk.engine.queries.base import Query


@frozen
class ReadInsight(Query[Understood | None]):
    """Everything that was understood of one mention; None when it is not in the queue."""

    mention_id: int
