"""What priced networks cost."""

from dataclasses import dataclass

from socialdesk.domain.spend import Spend
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadSpend(Query[Spend]):
    """This month's spending of one account, and its cap."""

    account_id: int
