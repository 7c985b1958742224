"""What a limit on keeping would take out, asked before it is set."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.keep import Weighed
from socialdesk.engine.queries.base import Query


@frozen
class WeighKeep(Query[Weighed]):
    """`account_id` 0 = all accounts that go by the workspace; `choice`: a key of
    `domain/keep.py`. Nothing where that keeps for ever."""

    account_id: int
    choice: str
