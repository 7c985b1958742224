"""When a day's quota begins anew, by the server's own clock; ours is never read."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

DAY_S: Final = 24 * 3600.0
UNDATED_S: Final = 3600.0  # an answer without a Date: asked again in an hour


def answered_at(headers: Mapping[str, str]) -> datetime | None:
    """The answer's Date, in UTC; None when it has none that can be read. `headers` must ignore
    case."""
    try:
        when = parsedate_to_datetime(headers.get("Date", ""))
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def until_s(headers: Mapping[str, str], reset: datetime | None = None) -> float:
    """Seconds until `reset`, or until midnight UTC: from 1 to a day."""
    now = answered_at(headers)
    if now is None:
        return UNDATED_S
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min(max(((reset or midnight) - now).total_seconds(), 1.0), DAY_S)
