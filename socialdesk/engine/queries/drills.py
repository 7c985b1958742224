"""What is asked about drills."""

from socialdesk.domain.crisis.drill import DrillNow, PastDrill
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class ReadDrill(Query[DrillNow | None]):
    """Asked of a drill's desk: what is played and, once it is over, its score. Asked of the real
    one: the drill that goes on, without a score. None = there is none."""


@frozen
class ListDrills(Query[list[PastDrill]]):
    """Drills that were played, newest first."""

    limit: int = 50
