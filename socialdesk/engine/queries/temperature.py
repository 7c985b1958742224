"""What is asked about a planned post."""

from array import array  # noqa: F401  named in quotes: it takes no [] before Python 3.12

from socialdesk.domain.frozen import frozen
from socialdesk.domain.temperature import Temperature, Which
from socialdesk.engine.queries.base import Query


@frozen
class CheckTemperature(Query[Temperature]):
    """What a post with these words would meet. `account_id` 0 = it will be published elsewhere;
    `at`: its time in ms UTC, 0 = now."""

    text: str
    account_id: int = 0
    at: int = 0


@frozen
class ListTopic(Query["array[int]"]):
    """The mentions that a number of the check counted, newest first."""

    text: str
    which: Which
