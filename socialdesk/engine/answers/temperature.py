"""What answers the questions about a planned post."""

from array import array
from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import temperature as q
from socialdesk.engine.temperature import check, terms_of
from socialdesk.store.figures import temperature
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.CheckTemperature: lambda c, x, now: check(c, x.text, x.account_id, x.at, now),
    q.ListTopic: lambda c, x, now: array(
        "q", temperature.list_ids(c, terms_of(c, x.text), x.which, now)
    ),
}
