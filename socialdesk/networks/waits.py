"""How long a network asks us to wait, read from the headers of an answer.

Points in time are measured against the answer's own Date header: no clock of ours is read, and a
wrong one does no harm. Sources: RFC 9110 §10.2.3 (Retry-After), Mastodon "Rate limits" page
(X-RateLimit-Reset in ISO 8601), AT Protocol rate limits (RateLimit-Reset in unix seconds).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

MIN_WAIT_S: Final = 5.0
MAX_RESET_S: Final = 900.0  # a reset further off is asked about again
MAX_RETRY_AFTER_S: Final = 3600.0
NO_WORD_S: Final = 60.0  # 429 without any header (Pleroma)

FEW: Final = 10  # requests left; the rest of the window is kept for replies

_EPOCH_S: Final = 1_400_000_000  # smaller numbers are lengths of time, however absurd
_RESETS: Final = ("X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset")


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """Seconds until the next request, MIN_WAIT_S to MAX_RETRY_AFTER_S; None = not said.

    `headers` must ignore case. What cannot be read counts as not said.
    """
    now = _http_date(headers.get("Date", ""))
    wait = _seconds(headers.get("Retry-After", ""), now)
    if wait is not None:
        return _within(wait, MAX_RETRY_AFTER_S)
    for name in _RESETS:
        wait = _seconds(headers.get(name, ""), now)
        if wait is not None:
            return _within(wait, MAX_RESET_S)
    return None


def pause_s(headers: Mapping[str, str]) -> float:
    """How long to leave a network in peace before its next 429: until the window's reset when at
    most FEW requests are left in it, else 0.0. `headers` must ignore case."""
    for name in ("X-RateLimit", "RateLimit"):
        left = headers.get(f"{name}-Remaining", "").strip()
        if left.isascii() and left.isdigit() and len(left) < 10 and int(left) <= FEW:
            now = _http_date(headers.get("Date", ""))
            wait = _seconds(headers.get(f"{name}-Reset", ""), now)
            return _within(NO_WORD_S if wait is None else wait, MAX_RESET_S)
    return 0.0


def _within(wait_s: float, most_s: float) -> float:
    return min(max(wait_s, MIN_WAIT_S), most_s)


def _seconds(text: str, now: datetime | None) -> float | None:
    """Seconds from `now` for a number, a unix time, an HTTP date or an ISO 8601 time."""
    text = text.strip()
    if not text or len(text) > 64:
        return None
    try:
        number = float(text)
    except ValueError:
        return _until(_http_date(text) or _iso(text), now)
    if number != number or abs(number) == float("inf"):
        return None
    if number < _EPOCH_S:
        return number
    return _until(datetime.fromtimestamp(min(number, 32503680000), UTC), now)


def _until(then: datetime | None, now: datetime | None) -> float | None:
    if then is None or now is None:
        return None
    return (then - now).total_seconds()


def _iso(text: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return None


def _http_date(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)
