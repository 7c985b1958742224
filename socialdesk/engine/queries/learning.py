"""What is asked about what the program learned."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.learning import Learning
from socialdesk.engine.queries.base import Query


@frozen
class ReadLearning(Query[Learning]):
    """What was learned, how well it does, and how far older mentions were read."""
