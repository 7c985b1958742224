"""Times as other programs write them, in the order of day and month that fits all of a column."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Final

DAY_FIRST, MONTH_FIRST = "day", "month"
_CLOCKS: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_DAYS: Final = {
    DAY_FIRST: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y"),
    MONTH_FIRST: ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"),
}
_NAMED: Final = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%b %d, %Y", "%B %d, %Y")
_SHORT: Final = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")
_UNIX: Final = re.compile(r"^\d{9,13}(?:\.\d+)?$")
_YEARS: Final = range(1990, 2200)


def guess_order(cells: Iterable[str]) -> str:
    """Whether the day or the month stands first: by a number above 12 at either place, else by the
    point, which nobody writes between a month and a day."""
    has_point = False
    for cell in cells:
        found = _SHORT.match(cell)
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12:
            return DAY_FIRST
        if second > 12:
            return MONTH_FIRST
        has_point = has_point or "." in cell[:6]
    return DAY_FIRST if has_point else MONTH_FIRST


def read_time(cell: str, order: str, zone: tzinfo) -> datetime | None:
    """Aware UTC; None when it is no time. One without a zone is taken for `zone`'s."""
    text = " ".join(cell.replace(",", ", ").split()).replace(" ,", ",")
    found = _unix(text) or _iso(text) or _by_format(text, order)
    if found is None or found.year not in _YEARS:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _unix(text: str) -> datetime | None:
    if not _UNIX.match(text):
        return None
    number = float(text)
    try:
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _iso(text: str) -> datetime | None:
    plain = text.removesuffix(" UTC").removesuffix(" GMT")
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if plain != text and found.tzinfo is None else found


def _by_format(text: str, order: str) -> datetime | None:
    plain = text.removesuffix(" UTC").removesuffix(" GMT")
    parts = plain.split(", ")
    if len(parts) == 2 and parts[0][-1:].isdigit() and ":" in parts[1]:
        plain = " ".join(parts)  # "21.11.2026, 09:30", as browsers write it
    for day in (*_DAYS[order], *_NAMED):
        for clock in _CLOCKS:
            try:
                found = datetime.strptime(plain, day + clock)
            except ValueError:
                continue
            return found.replace(tzinfo=UTC) if text.endswith((" UTC", " GMT")) else found
    return None
