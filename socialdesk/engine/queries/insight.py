"""What is asked about what the program understood, and about what it learned."""

from dataclasses import dataclass

from socialdesk.domain.insight import Understood
from socialdesk.domain.learning import Learning
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadInsight(Query[Understood | None]):
    """Everything that was understood of one mention; None when it is not in the queue."""

    mention_id: int


@dataclass(frozen=True, slots=True)
class ReadLearning(Query[Learning]):
    """What was learned, how well it does, and how far older mentions were read."""
