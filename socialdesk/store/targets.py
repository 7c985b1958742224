"""The moments that time itself moves a mention by: what is overdue now, and what will be soon."""

from typing import Final

from socialdesk.store import settings
from socialdesk.store.sqlite import Connection

MINUTE_MS: Final = 60_000
DUE_SOON_MIN: Final = "15"


def times(conn: Connection, now: int) -> dict[str, int]:
    """`now`, and `soon`: due until then is due soon (both ms UTC)."""
    minutes = int(settings.read(conn, "due_soon_min", DUE_SOON_MIN))
    return {"now": now, "soon": now + minutes * MINUTE_MS}
