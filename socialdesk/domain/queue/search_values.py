"""Values of search operators: numbers with a direction, times, absolute or counted back, and what
networks are called."""

import re
import unicodedata
from datetime import datetime, timedelta

from socialdesk.domain.frozen import frozen

_NUMBER = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})([km])?(?:\.\.(\d{1,9})([km])?)?")
_FACTORS = {None: 1, "k": 1_000, "m": 1_000_000}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BACK = re.compile(r"(\d{1,4})(h|d|w|m|y)")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
_DAYS = {"today": 0, "сегодня": 0, "бүгін": 0, "yesterday": 1, "вчера": 1, "кеше": 1}
# What is called what it is, in each language of the program; all others by their own name, which
# is their key but for case, blanks and signs.
_NETWORKS = {
    "feed": "feeds", "лента": "feeds", "таспа": "feeds",
    "mailbox": "imap", "почтовыйящик": "imap", "поштажәшігі": "imap",
    "file": "import", "файл": "import",
}  # fmt: skip
MOST = 1 << 60


@frozen
class Span:
    """Whole numbers from `low` to `high`, or a moment: a `date` (year, month or 0, day or 0), or
    `hours_back` from now, or `days_back` to a midnight."""

    low: int = 0
    high: int = MOST
    date: tuple[int, int, int] | None = None
    hours_back: int | None = None
    days_back: int | None = None


def network_meant(name: str) -> str:
    """What is the same for a network's key and its shown name, however it is written."""
    whole = unicodedata.normalize("NFC", name)  # й may come as two signs, one of them no letter
    folded = "".join(c for c in whole.casefold() if c.isalnum())
    return _NETWORKS.get(folded, folded)


def reach_span(word: str) -> Span | None:
    """ ">1000", "<=5k", "100..2k", "1000" (at least so many)."""
    found = _NUMBER.fullmatch(word)
    if found is None:
        return None
    sign, low, factor, high, high_factor = found.groups()
    number = int(low) * _FACTORS[factor]
    if high is not None:
        end = int(high) * _FACTORS[high_factor]
        return None if sign or end < number else Span(number, end)
    match sign:
        case ">":
            return Span(number + 1)
        case "<":
            return Span(0, number - 1)
        case "<=":
            return Span(0, number)
        case "=":
            return Span(number, number)
        case _:
            return Span(number)


def time_span(word: str) -> Span | None:
    """ "2026-11-21", "2026-11", "2026", "today", "yesterday", "7d", "2h", "3w", "1m", "1y"."""
    if word in _DAYS:
        return Span(days_back=_DAYS[word])
    if back := _BACK.fullmatch(word):
        return Span(hours_back=int(back[1]) * _HOURS[back[2]])
    found = _DATE.fullmatch(word)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        datetime(year, 1 if found[2] is None else month, 1 if found[3] is None else day)
    except ValueError:
        return None
    return Span(date=(year, month, day)) if 1990 <= year <= 2200 else None


def first_second(span: Span, now: datetime) -> int:
    """Unix time of the moment meant, or of the midnight that begins the date meant.

    `after:` is from there on, `before:` until then. `now`: in the zone the person lives in (naive =
    the system's).
    """
    if span.hours_back is not None:
        return int(now.timestamp()) - span.hours_back * 3600
    if span.date is not None:
        year, month, day = span.date
    else:
        day_meant = now - timedelta(days=span.days_back or 0)
        year, month, day = day_meant.year, day_meant.month, day_meant.day
    return int(datetime(year, month or 1, day or 1, tzinfo=now.tzinfo).timestamp())
