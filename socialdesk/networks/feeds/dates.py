"""Dates as feeds write them: mail, ISO 8601, month names of many languages, plain numbers."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_ENDS_A_DAY = re.compile(r"\b24:00(:00)?\b")
_WORDS = re.compile(
    r"(?P<day>\d{1,2})[\s./-]+(?:de\s+)?(?P<month>[^\W\d_]{3,})\.?,?[\s./-]+(?:de\s+)?"
    r"(?P<year>\d{4}|\d\d)\b"
    r"(?:\D{0,12}?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
    r"\s*(?P<zone>[+-]\d\d:?\d\d)?"
)
_MONTHS = (  # how names begin, in English, Russian, Kazakh, German, French, Spanish, Italian, …
    "jan янв қаң gen ene", "feb фев ақп fév fev", "mar мар нау mär маr märz", "apr апр сәу avr abr",
    "may май мая мам mai mag maj", "jun июн мау juin giu", "jul июл шіл juil lug",
    "aug авг там aoû aou ago", "sep сен қыр set", "oct окт қаз okt out ott", "nov ноя қар",
    "dec дек жел dez déc dic",
)  # fmt: skip
_MONTH_OF = {stem: n for n, stems in enumerate(_MONTHS, 1) for stem in stems.split()}


def read_date(text: str, now: datetime | None) -> datetime | None:
    """Aware UTC; without a zone it is UTC. None when it cannot be read, lies more than a day
    after `now` (None = not known) or before 1995: then the time it was first seen is better."""
    text = " ".join(text.split())[:100]
    if not text:
        return None
    midnight = _ENDS_A_DAY.sub("00:00:00", text, count=1)
    for read in (_mail, _iso, _words, _number):
        try:
            time = read(midnight)
            if time is None:
                continue
            time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
            time += _DAY if midnight != text else timedelta()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return time if time >= EARLIEST and (now is None or time <= now + _DAY) else None
    return None


def _mail(text: str) -> datetime:
    return parsedate_to_datetime(text)


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.replace(" UTC", "Z").replace(" Z", "Z"))


def _words(text: str) -> datetime | None:
    found = _WORDS.search(text)
    if found is None:
        return None
    name = found["month"].casefold()
    month = _MONTH_OF.get(name[:4]) or _MONTH_OF.get(name[:3])
    if month is None:
        return None
    year = int(found["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    day, zone = int(found["day"]), _zone(found["zone"])
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def _zone(text: str | None) -> timezone:
    if not text:
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _number(text: str) -> datetime | None:
    """Unix seconds, or milliseconds when that many."""
    if not re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
