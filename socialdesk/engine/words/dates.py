"""Days, hours, numbers and lengths of time as a report says them; the engine has no QLocale."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from socialdesk.domain.times.period import Period, PeriodKind
from socialdesk.i18n import tr, trn

MINUTE_MS: Final = 60_000
THIN_SPACE: Final = "\u202f"  # between thousands, in every language we speak


def zone(name: str) -> tzinfo:
    """A zone by its name, or by an offset such as "UTC+0500"; UTC when it is neither."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found = re.fullmatch(r"UTC([+-])(\d\d)(\d\d)", name)
        if found is None:
            return UTC
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(offset if found[1] == "+" else -offset, name)


def number(n: float) -> str:
    """1 234, without decimals."""
    return f"{round(n):,}".replace(",", THIN_SPACE)


def percent(part: float, whole: float) -> str:
    """ "93 %", "" of nothing. Never 100 % or 0 % of what is not all or none."""
    if not whole:
        return ""
    share = round(100 * part / whole)
    if share == 100 and part < whole:
        share = 99
    if share == 0 and part > 0:
        share = 1
    return tr("{n} %", n=share)


def length(ms: float | None) -> str:
    """ "under a minute", "34 min", "2 h 5 min"; "–" of nothing."""
    if ms is None:
        return "–"
    minutes = round(ms / MINUTE_MS)
    if minutes < 1:
        return tr("under a minute")
    if minutes < 60:
        return tr("{n} min", n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours >= 48 or not rest:
        return tr("{n} h", n=number(hours))
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest)


def hours(ms: float) -> str:
    """ "1 hour", "7 hours"."""
    n = round(ms / (60 * MINUTE_MS))
    return trn("{n} hour", "{n} hours", n)


def weekday(n: int) -> str:
    """Short; Monday = 0."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return names[n]


def day(on: date) -> str:
    """ "21 November"; other languages put the month in its case."""
    names = (
        tr("{n} January", n=on.day), tr("{n} February", n=on.day), tr("{n} March", n=on.day),
        tr("{n} April", n=on.day), tr("{n} May", n=on.day), tr("{n} June", n=on.day),
        tr("{n} July", n=on.day), tr("{n} August", n=on.day), tr("{n} September", n=on.day),
        tr("{n} October", n=on.day), tr("{n} November", n=on.day), tr("{n} December", n=on.day),
    )  # fmt: skip
    return names[on.month - 1]


def month(on: date) -> str:
    """ "November 2026"."""
    names = (
        tr("January {year}", year=on.year), tr("February {year}", year=on.year),
        tr("March {year}", year=on.year), tr("April {year}", year=on.year),
        tr("May {year}", year=on.year), tr("June {year}", year=on.year),
        tr("July {year}", year=on.year), tr("August {year}", year=on.year),
        tr("September {year}", year=on.year), tr("October {year}", year=on.year),
        tr("November {year}", year=on.year), tr("December {year}", year=on.year),
    )  # fmt: skip
    return names[on.month - 1]


def day_and_year(on: date) -> str:
    """ "21 November 2026"."""
    return tr("{day} {year}", day=day(on), year=on.year)


def moment(at: datetime) -> str:
    """ "Sat 21 November, 13:00"."""
    return tr("{weekday} {day}, {clock}", weekday=weekday(at.weekday()), day=day(at.date()),
              clock=f"{at:%H:%M}")  # fmt: skip


def name_of(period: Period) -> str:
    """What a report of this period is called."""
    match period.kind:
        case PeriodKind.DAY:
            weekday_name = weekday(period.first.weekday())
            return tr("{weekday} {day}", weekday=weekday_name, day=day_and_year(period.first))
        case PeriodKind.MONTH:
            return month(period.first)
        case _:
            is_one_year = period.first.year == period.last.year
            first = day(period.first) if is_one_year else day_and_year(period.first)
            return tr("{first} to {last}", first=first, last=day_and_year(period.last))


def before_words(kind: PeriodKind) -> str:
    """What a period is compared with."""
    return {
        PeriodKind.DAY: tr("the day before"), PeriodKind.WEEK: tr("the week before"),
        PeriodKind.MONTH: tr("the month before"),
        PeriodKind.CUSTOM: tr("as many days before"),
    }[kind]  # fmt: skip
