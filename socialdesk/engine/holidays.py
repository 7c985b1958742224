"""Public holidays of the country in the business hours, resolved to days.

The `holidays` package (MIT) is imported when a country is set, in the engine's process only: 0.2 s
and 15 MB. What it finds is kept in the settings, so that the window can count open time without it.
"""

import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

from socialdesk.domain.times.hours_text import HoursError, read_text

YEARS_BACK, YEARS_AHEAD = 1, 2  # around this one

log = logging.getLogger(__name__)


def resolved(packed_hours: str, year: int, lang: str = "") -> str:
    """The setting `holiday_dates` that belongs to the setting `hours`: {"place": "KZ/", "year":
    2026, "days": {"2026-01-01": "New Year's Day"}}; "" without a country."""
    place = _place(packed_hours)
    if place is None:
        return ""
    days = {day.isoformat(): name for day, name in sorted(_found(*place, year, lang))}
    return json.dumps({"place": "/".join(place), "year": year, "days": days}, ensure_ascii=False)


def is_stale(packed_hours: str, packed_days: str, year: int) -> bool:
    """Whether the days kept are another country's, or of years gone by."""
    place = _place(packed_hours)
    if place is None or not packed_days:
        return bool(packed_days) is (place is None)
    try:
        kept = json.loads(packed_days)
        return bool((kept["place"], kept["year"]) != ("/".join(place), year))
    except (ValueError, KeyError, TypeError):
        return True


def countries() -> dict[str, tuple[str, ...]]:
    """Every country the package knows, with its subdivisions."""
    import holidays

    listed: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(listed.items())}


def knows(country: str, subdivision: str) -> bool:
    """Whether there are holidays for this place."""
    return subdivision in {"", *countries().get(country, ("\0",))} and country in countries()


def _place(packed_hours: str) -> tuple[str, str] | None:
    try:
        text = read_text(packed_hours) if packed_hours else None
    except HoursError:
        return None
    return (text.country, text.subdivision) if text and text.country else None


def _found(country: str, subdivision: str, year: int, lang: str) -> Iterator[tuple[date, str]]:
    import holidays

    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    more: dict[str, Any] = {"language": lang} if lang else {}
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years, **more)
    except NotImplementedError:  # a place that this version does not know
        log.warning("no holidays are known for %s %s", country, subdivision)
        return
    yield from found.items()
