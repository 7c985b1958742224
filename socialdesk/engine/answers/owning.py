"""What a limit on keeping would take out at once."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.keep import AS_OTHERS, DAY_MS, Weighed, choice_of, days_of, key_of
from socialdesk.engine.queries.owning import WeighKeep
from socialdesk.store import accounts, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import retention


def weigh_keep(conn: Connection, query: WeighKeep, now: int) -> Weighed:
    """As if it were set."""
    chosen = {**settings.read_all(conn), key_of(query.account_id): query.choice}
    ids = [a.id for a in accounts.list_accounts(conn)]
    theirs = [
        id for id in ids
        if id == query.account_id or (not query.account_id and choice_of(chosen, id) == AS_OTHERS)
    ]  # fmt: skip
    days = days_of(chosen, query.account_id)
    if not days:
        return Weighed(0, 0, 0)
    return retention.weigh(conn, theirs, now - days * DAY_MS, now)


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {WeighKeep: weigh_keep}
