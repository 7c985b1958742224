"""Values as networks write them in JSON: text, numbers, ids, times. Each raises TypeError or
ValueError on anything else, so that one bad item is set aside and never half read."""

from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

_YEARS: Final = range(1990, 2200)


def text_of(value: Any) -> str:
    """`value` when it is text. Raises TypeError when it is not."""
    if not isinstance(value, str):
        raise TypeError(f"text expected, {type(value).__name__} found")
    return value


def text_or(value: Any, otherwise: str = "") -> str:
    """`value` when it is text, else `otherwise`."""
    return value if isinstance(value, str) else otherwise


def id_of(value: Any) -> str:
    """An id as text: networks send digits or numbers, some signed or past 64 bits. Raises
    ValueError for an empty one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"an id expected, {type(value).__name__} found")
    text = str(value)
    if not text or len(text) > 512:
        raise ValueError("an id that cannot be one")
    return text


def count_or_none(value: Any) -> int | None:
    """A number of followers and the like: an int, or digits as text; else None."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62
    return value if is_count else None


def read_time(value: Any) -> datetime:
    """An ISO 8601 time as aware UTC; one without a zone is taken for UTC. Raises ValueError."""
    time = datetime.fromisoformat(text_of(value))
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def unix_time(value: Any, *, per_s: int = 1) -> datetime:
    """A unix time as aware UTC; `per_s` 1000 for milliseconds. Raises ValueError, TypeError."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a unix time expected, {type(value).__name__} found")
    try:
        time = datetime.fromtimestamp(value / per_s, UTC)
    except (OverflowError, OSError) as e:  # which of them: by the system
        raise ValueError("a time out of reach") from e
    if time.year not in _YEARS:
        raise ValueError("a time out of reach")
    return time


def parts_of(url: str) -> SplitResult:
    """The parts of an address from elsewhere; all of them empty where it is none, such as one with
    half an IPv6 host."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
