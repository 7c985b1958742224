"""What a statement says by itself, and what its refusals name: times, blocks, states."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from socialdesk.i18n import tr

Names = Mapping[str, Callable[[], str]]

_MONTHS: Final[Mapping[str, str]] = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}  # fmt: skip
_BLOCKS: Final[Names] = {
    "sorry": lambda: tr("sorry"),
    "know": lambda: tr("what we know"),
    "unknown": lambda: tr("what we do not know"),
    "doing": lambda: tr("what we do"),
    "next": lambda: tr("next update"),
}
_STATES: Final[Names] = {
    "open": lambda: tr("open"),
    "confirmed": lambda: tr("confirmed"),
    "false": lambda: tr("false"),
    "unknowable": lambda: tr("unknowable"),
    "suspected": lambda: tr("suspected"),
    "dismissed": lambda: tr("dismissed"),
    "declared": lambda: tr("declared"),
    "holding": lambda: tr("holding"),
    "responding": lambda: tr("responding"),
    "stand_down": lambda: tr("stand-down"),
    "review": lambda: tr("in review"),
    "closed": lambda: tr("closed"),
}


def time_in(at: int, now: int, lang: str) -> str:
    """A moment (ms UTC) as a text in `lang` says it, in this computer's zone: "14:30" today, else
    with the day: "23 November, 09:00". A language without month names gets the day as a number."""
    when, today = datetime.fromtimestamp(at / 1000), datetime.fromtimestamp(now / 1000).date()
    clock = when.strftime("%H:%M")
    if when.date() == today:
        return clock
    if lang not in _MONTHS:
        return f"{when.date().isoformat()} {clock}"
    month = _MONTHS[lang].split()[when.month - 1]
    return f"{when.day} {month}, {clock}"


def clock_of(at: str | int) -> str:
    """A refusal's time, kept as ms UTC, as the person at the screen reads it; "" for none."""
    if not str(at).isdecimal():
        return str(at)
    ms = int(at)
    return datetime.fromtimestamp(ms / 1000).strftime("%H:%M") if ms else ""


def block_names(keys: str | int) -> str:
    """ "sorry, know" in words."""
    return ", ".join(_named(_BLOCKS, key) for key in str(keys).split(", "))


def state_name(state: str | int) -> str:
    """Of a fact or an incident, inside a sentence."""
    return _named(_STATES, str(state))


def _named(names: Names, key: str) -> str:
    found = names.get(key)
    return found() if found else key
