"""The countdown to a response target, in the same words in the list and on the command line."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr

if TYPE_CHECKING:
    from socialdesk.domain.times.hours import BusinessHours

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
DUE_SOON_MS = 15 * MINUTE  # the default of the setting `due_soon_min`


@frozen
class Countdown:
    """What decides how urgent a due time is. `hours`: None = always open; `soon_ms`: open time."""

    hours: "BusinessHours | None" = None
    soon_ms: int = DUE_SOON_MS

    def words(self, due_at: int, now: int) -> tuple[str, str]:
        """Text and tone (danger, warn, ok, plain) of a due time (ms UTC)."""
        left = due_at - now if self.hours is None else self.hours.between(now, due_at)
        if due_at <= now:
            if not left and self.hours is not None:  # since then it was closed
                return tr("Overdue"), "danger"
            return tr("Overdue {span}", span=length(-left)), "danger"
        tone = "warn" if left <= self.soon_ms else "ok"
        opens = now if self.hours is None else self.hours.next_open(now)
        if opens is None:
            return tr("Closed"), "plain"
        if opens > now:
            return tr("Opens {moment}", moment=opening(opens, now)), tone
        return tr("Due in {span}", span=length(left)), tone


def length(ms: int) -> str:
    """ "12 min", "1 h 5 min" below half a day, "14 h", "3 d"."""
    if ms < HOUR:
        return tr("{n} min", n=max(1, ms // MINUTE))
    if ms < 12 * HOUR and ms % HOUR >= MINUTE:
        return tr("{h} h {m} min", h=ms // HOUR, m=ms % HOUR // MINUTE)
    if ms < 2 * DAY:
        return tr("{n} h", n=ms // HOUR)
    return tr("{n} d", n=ms // DAY)


def opening(at: int, now: int) -> str:
    """ "09:00" today, "Mon 09:00" within a week, else the date; in the person's own zone."""
    when, today = datetime.fromtimestamp(at / 1000), datetime.fromtimestamp(now / 1000).date()
    clock = when.strftime("%H:%M")
    if when.date() == today:
        return clock
    if when.date() < today + timedelta(days=7):
        return tr("{day} {clock}", day=weekdays()[when.weekday()], clock=clock)
    return tr("{day} {clock}", day=when.date().isoformat(), clock=clock)


def weekdays() -> tuple[str, ...]:
    """Monday to Sunday, short."""
    return (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))


def countdown_of(hours: str, holidays: str, due_soon_min: str) -> Countdown:
    """From the three settings, as they are kept."""
    soon = int(due_soon_min) * MINUTE if due_soon_min.isdecimal() else DUE_SOON_MS
    if not hours:
        return Countdown(soon_ms=soon)
    from socialdesk.store.triage.targets import (
        hours_in,  # with zones: no start without hours needs them
    )

    found = hours_in(hours, holidays)
    return Countdown(None if found.is_always else found, soon)
