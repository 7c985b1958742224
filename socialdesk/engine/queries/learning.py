"""What is asked about what the program learned."""

from dataclasses import dataclass

from socialdesk.domain.learning import Learning
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadLearning(Query[Learning]):
    """What was learned, how well it does, and how far older mentions were read."""
