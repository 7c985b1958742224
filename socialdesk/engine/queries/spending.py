"""What priced networks cost."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.spend import Spend
from socialdesk.engine.queries.base import Query


@frozen
class ReadSpend(Query[Spend]):
    """This month's spending of one account, and its cap."""

    account_id: int
