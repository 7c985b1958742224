"""A typed time for a snooze: "2h", "tomorrow 9", "fri", in English, Russian and Kazakh.

2026-11: dateparser 1.5 was tried. It knows Kazakh months and weekdays, but reads "tomorrow 9" and
"завтра в 9" as tomorrow at this very hour, and "ертең 9-да" and "бүгін кешке" not at all; it brings
10 MB and 0.1 s of import. A wrong hour is worse than none: 150 lines of our own stay.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

MORNING = time(9)  # a day without an hour means its morning
LONGEST = timedelta(days=366)

_UNITS = {
    "minutes": ("m", "min", "mins", "minute", "minutes", "м", "мин", "минут", "минута", "минуту",
                "минуты", "минуттан"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "ч", "час", "часа", "часов", "сағ", "сағат",
              "сағаттан"),
    "days": ("d", "day", "days", "д", "дн", "день", "дня", "дней", "к", "күн", "күннен"),
    "weeks": ("w", "week", "weeks", "н", "нед", "неделя", "неделю", "недели", "недель", "апта",
              "аптадан"),
}  # fmt: skip
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words}
_DAYS = {
    0: ("today", "tonight", "сегодня", "бүгін"),
    1: ("tomorrow", "tom", "tmr", "завтра", "ертең"),
    2: ("послезавтра", "бүрсігүні"),
}
_DAY = {word: n for n, words in _DAYS.items() for word in words}
_WEEKDAYS = (
    ("mon", "monday", "пн", "понедельник", "дс", "дүйсенбі"),
    ("tue", "tues", "tuesday", "вт", "вторник", "сс", "сейсенбі"),
    ("wed", "wednesday", "ср", "среда", "среду", "сәрсенбі"),
    ("thu", "thur", "thurs", "thursday", "чт", "четверг", "бс", "бейсенбі"),
    ("fri", "friday", "пт", "пятница", "пятницу", "жм", "жұма"),
    ("sat", "saturday", "сб", "суббота", "субботу", "сн", "сенбі"),
    ("sun", "sunday", "вс", "воскресенье", "жс", "жексенбі"),
)
_WEEKDAY = {word: n for n, words in enumerate(_WEEKDAYS) for word in words}
_MONTHS = (
    ("jan", "january", "янв", "января", "январь", "қаң", "қаңтар"),
    ("feb", "february", "фев", "февраля", "февраль", "ақп", "ақпан"),
    ("mar", "march", "мар", "марта", "март", "нау", "наурыз"),
    ("apr", "april", "апр", "апреля", "апрель", "сәу", "сәуір"),
    ("may", "мая", "май", "мам", "мамыр"),
    ("jun", "june", "июн", "июня", "июнь", "мау", "маусым"),
    ("jul", "july", "июл", "июля", "июль", "шіл", "шілде"),
    ("aug", "august", "авг", "августа", "август", "там", "тамыз"),
    ("sep", "sept", "september", "сен", "сентября", "сентябрь", "қыр", "қыркүйек"),
    ("oct", "october", "окт", "октября", "октябрь", "қаз", "қазан"),
    ("nov", "november", "ноя", "ноября", "ноябрь", "қар", "қараша"),
    ("dec", "december", "дек", "декабря", "декабрь", "жел", "желтоқсан"),
)
_MONTH = {word: n for n, words in enumerate(_MONTHS, 1) for word in words}
_ORDINALS = frozenset({"st", "nd", "rd", "th", "го", "е", "ші", "шы"})
_PARTS = {
    9: ("morning", "утро", "утром", "таңертең", "таң"),
    12: ("noon", "midday", "полдень", "түс", "түсте"),
    14: ("afternoon", "днем", "днём", "түстен"),
    18: ("evening", "вечер", "вечером", "кеш", "кешке"),
    20: ("tonight",),
}
_PART = {word: hour for hour, words in _PARTS.items() for word in words}
_SMALL = frozenset(
    {
        "in", "at", "on", "next", "through", "of", "в", "во", "через", "на", "к", "следующий",
        "следующую", "следующее", "следующей", "ближайший", "кейін", "соң", "келесі",
        # what Kazakh puts behind a number or a month: "9-да", "15:00-де", "1 желтоқсанда"
        "да", "де", "та", "те", "нда", "нде", "ға", "ге", "қа", "ке",
    }
)  # fmt: skip
_HALF = {"half an hour": "30 min", "an hour": "1 hour", "a day": "1 day", "a week": "1 week",
         "полчаса": "30 мин", "через час": "через 1 час", "через день": "через 1 день",
         "через неделю": "через 1 неделю", "жарты сағат": "30 мин", "бір сағат": "1 сағат",
         "бір күн": "1 күн", "бір апта": "1 апта"}  # fmt: skip
_NEXT_WEEK = frozenset({"week", "неделе", "апта", "аптада"})
_TOKEN = re.compile(r"\d{4}-\d\d-\d\d|\d+(?:[.:,]\d+)?|[^\W\d_]+")
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")


def parse_when(text: str, now: datetime) -> datetime | None:
    """The moment meant by `text`, after `now`; None when it is no time or lies behind.

    `now`: aware, in the zone the person lives in. A day alone means 09:00; an hour alone means
    the next such hour. At most a year ahead.
    """
    folded = " ".join(text.casefold().split())
    for said, meant in _HALF.items():
        folded = re.sub(rf"(?<!\w){said}(?:тан|нен|дан)?(?!\w)", meant, folded)
    words = [w for w in _TOKEN.findall(folded) if w not in _SMALL]
    found = _duration(words, now) or _moment(words, now)
    return found if found is not None and now < found <= now + LONGEST else None


def _duration(words: list[str], now: datetime) -> datetime | None:
    pairs = _DURATION.findall(" ".join(words))
    known = all(unit in _UNIT for _, unit in pairs)
    if not pairs or not known or len(pairs) * 2 != len(words):
        return None
    parts: dict[str, float] = {}
    for amount, unit in pairs:
        parts[_UNIT[unit]] = parts.get(_UNIT[unit], 0.0) + float(amount.replace(",", "."))
    try:  # in UTC: two hours are two hours when the clock changes meanwhile
        return (now.astimezone(UTC) + timedelta(**parts)).astimezone(now.tzinfo)
    except OverflowError:
        return None


def _moment(words: list[str], now: datetime) -> datetime | None:
    words, day = _named_date(words, now.date())
    clock: time | None = None
    for n, word in enumerate(words):
        after = words[n + 1] if n + 1 < len(words) else ""
        if word in {"am", "pm", "сағат", "час"}:
            continue
        if day is None and (found_day := _day(word, now.date())) is not None:
            day = found_day
            if word in _PART:
                clock = time(_PART[word])
        elif clock is None and (found_clock := _clock(word, after)) is not None:
            clock = found_clock
        else:
            return None
    if day is None and clock is None:
        return None
    moment = datetime.combine(day or now.date(), clock or MORNING, now.tzinfo)
    return moment if day or moment > now else moment + timedelta(days=1)


def _named_date(words: list[str], today: date) -> tuple[list[str], date | None]:
    """ "1 December", "Dec 1st", "1 декабря", "1 желтоқсан", and the Monday of next week; the words
    that are left over."""
    if len(words) == 1 and words[0] in _NEXT_WEEK:
        return [], today + timedelta(days=7 - today.weekday())
    for n, word in enumerate(words):
        month = _MONTH.get(word) or _MONTH.get(re.sub("(да|де|та|те)$", "", word))
        if month is None:
            continue
        rest = [w for w in words if w not in _ORDINALS]
        n = rest.index(word)
        before = rest[n - 1] if n else ""
        number = before if before.isdecimal() else (rest[n + 1 :] or [""])[0]
        if not number.isdecimal():
            return words, None
        found = _in_year(today, int(number), month)
        rest.remove(word)
        rest.remove(number)
        return (rest, found) if found else (words, None)
    return words, None


def _in_year(today: date, day: int, month: int) -> date | None:
    """This year's, or the next one's when it has passed; None when there is no such day."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _day(word: str, today: date) -> date | None:
    if word in _DAY:
        return today + timedelta(days=_DAY[word])
    if word in _WEEKDAY:
        return today + timedelta(days=(_WEEKDAY[word] - today.weekday() - 1) % 7 + 1)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            return date.fromisoformat(word)
        dotted = re.fullmatch(r"(\d{1,2})\.(0[1-9]|1[0-2])", word)
        if dotted is None:
            return None
        # 09.12 may be a date or a time: a day and month that lie ahead are a date
        return _in_year(today, int(dotted[1]), int(dotted[2]))
    except ValueError:
        return None


def _clock(word: str, after: str) -> time | None:
    if word in _PART:
        return time(_PART[word])
    found = _CLOCK.fullmatch(word)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if after in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if after == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
