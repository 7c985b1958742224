"""What is wrong with typed hours and targets, and how they are written."""

from socialdesk.domain.targets import LONGEST, SHORTEST, TargetsError, TargetsFault
from socialdesk.domain.times.hours_text import LONGEST_OFF_DAYS, HoursError, HoursFault
from socialdesk.engine.words.dues import weekdays
from socialdesk.i18n import tr


def hours_fault(error: HoursError) -> str:
    """A sentence, with the day it is about."""
    text = _fault(error)
    if error.day < 0:
        return text
    return tr("{day}: {text}", day=weekdays()[error.day], text=text)


def _fault(error: HoursError) -> str:
    match error.fault:
        case HoursFault.TIME:
            return tr("«{word}» is no time. Write 9-18, or 9:00-13:00, 14:00-18:00.",
                      word=error.word)  # fmt: skip
        case HoursFault.OVERLAP:
            return tr(
                "«{word}» overlaps with other hours, maybe of the day after.", word=error.word
            )
        case HoursFault.NEVER_OPEN:
            return tr("So you never open, and nothing would ever be due. Give one day its hours.")
        case HoursFault.ZONE:
            return tr("«{word}» is no time zone. Choose one, for example Asia/Almaty.",
                      word=error.word)  # fmt: skip
        case HoursFault.DAY_OFF:
            return tr("«{word}» is no day. Write 2026-12-31, or 2026-07-01/2026-07-14.",
                      word=error.word)  # fmt: skip
        case HoursFault.TOO_LONG:
            return tr("Days off in a row are at most {n}.", n=LONGEST_OFF_DAYS)
        case HoursFault.PLACE:
            return tr("No holidays are known for «{word}».", word=error.word)
        case _:
            return tr("The hours cannot be read. Set them anew.")


def targets_fault(error: TargetsError) -> str:
    """A sentence."""
    if error.fault is TargetsFault.MINUTES:
        return tr("A target is 0 (none) or {low} to {high} minutes.", low=SHORTEST, high=LONGEST)
    return tr("The targets cannot be read. Set them anew.")
