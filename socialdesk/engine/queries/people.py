"""Who works here, and what they have to do."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.people.duty import DutyRow
from socialdesk.engine.queries.base import Query


@frozen
class ReadDuties(Query[DutyRow]):
    """What putting this person away means."""

    person_id: int
