"""The words for what a row is: ages, timers, statuses, networks. Pure; times are ms UTC."""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QTimeZone

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.domain.mentions.status import NEEDS_REPLY, Disposition, Status
from socialdesk.domain.queue.rows import Order, QueueRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.words.network_names import network_name
from socialdesk.i18n import language, tr, trn
from socialdesk.ui.network_names import ICONS
from socialdesk.ui.open_hours import countdown
from socialdesk.ui.plain import isolated, one_line

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
RECENT = 14 * DAY  # older than this an age is a date


@frozen
class Chip:
    """One coloured word of a card. `tone`: plain, accent, danger, warn, ok."""

    text: str
    tone: str = "plain"
    icon: str = ""


def local_zone() -> tzinfo:
    """The zone the person lives in."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # five modules that no start needs

    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(UTC).astimezone().tzinfo or UTC


def locale() -> QLocale:
    """Dates and numbers in the language in use."""
    return QLocale(language())


def network_label(key: str) -> str:
    """A network's own name; a third party's key is shown as it is."""
    return network_name(one_line(key))


def network_icon(key: str) -> str:
    """The icon file of a network."""
    return ICONS.get(key, "globe")


def span(ms: int) -> str:
    """A length of time in its largest unit: "12 min", "2 h", "3 d"."""
    if ms < HOUR:
        return tr("{n} min", n=max(1, ms // MINUTE))
    if ms < 2 * DAY:
        return tr("{n} h", n=ms // HOUR)
    return tr("{n} d", n=ms // DAY)


def age(at: int, now: int) -> str:
    """How long ago: "now", "12 min", "2 h", "3 d", then the date."""
    passed = now - at
    if passed < MINUTE:
        return tr("now")
    return span(passed) if passed < RECENT else day(at, now)


def day(at: int, now: int) -> str:
    """ "18 Nov", with the year when it is another one."""
    moment = datetime.fromtimestamp(at / 1000)
    is_this_year = moment.year == datetime.fromtimestamp(now / 1000).year
    return _date(moment.date(), "d MMM" if is_this_year else "d MMM yyyy", language())


@lru_cache(500)  # a year of a list's cards, which show the same days again and again
def _date(on: date, shape: str, language: str) -> str:
    return QLocale(language).toString(QDate(on.year, on.month, on.day), shape)


def clock(at: int) -> str:
    """The time of day: "09:41"."""
    return datetime.fromtimestamp(at / 1000).strftime("%H:%M")


def moment(at: int, now: int) -> str:
    """A day and time as one reads it: "09:41" today, else "18 Nov, 09:41"."""
    same = datetime.fromtimestamp(at / 1000).date() == datetime.fromtimestamp(now / 1000).date()
    return clock(at) if same else tr("{day}, {clock}", day=day(at, now), clock=clock(at))


def deleted(at: int, now: int) -> str:
    """That a post is no longer on its network, and since when; 0 = nobody knows."""
    return tr("Deleted {when}", when=moment(at, now)) if at else tr("Deleted")


def due(due_at: int, now: int) -> Chip:
    """The countdown to the response target, in open time."""
    return Chip(*countdown().words(due_at, now))


def status_word(status: Status) -> str:
    """A status as a person says it."""
    return {
        Status.NEW: tr("New"), Status.OPEN: tr("Open"), Status.WAITING: tr("Waiting"),
        Status.SNOOZED: tr("Snoozed"), Status.DONE: tr("Done"), Status.SPAM: tr("Spam"),
    }[status]  # fmt: skip


def disposition_word(disposition: Disposition) -> str:
    """How a done mention ended."""
    return {
        Disposition.NONE: tr("Done"), Disposition.REPLIED: tr("Replied"),
        Disposition.NO_REPLY_NEEDED: tr("No reply needed"), Disposition.MUTED: tr("Muted"),
        Disposition.HANDED_OVER: tr("Handed over"), Disposition.BACKFILL: tr("From before"),
        Disposition.QUIET: tr("Went quiet"),
    }[disposition]  # fmt: skip


def outbox_word(state: OutboxState) -> str:
    """Where a reply is, in one word or two."""
    return {
        OutboxState.APPROVAL: tr("For approval"), OutboxState.HELD: tr("Held"),
        OutboxState.QUEUED: tr("Queued"), OutboxState.SENDING: tr("Sending"),
        OutboxState.SENT: tr("Sent"), OutboxState.FAILED: tr("Failed"),
        OutboxState.UNCERTAIN: tr("Uncertain"), OutboxState.TAKEN_BACK: tr("Taken back"),
        OutboxState.DISCARDED: tr("Discarded"),
    }[state]  # fmt: skip


def outbox_chip(state: OutboxState, leaves_at: int, now: int) -> Chip:
    """Where the newest reply is. `leaves_at`: by its schedule, 0 = it has none."""
    if state is OutboxState.HELD and leaves_at:
        return Chip(_goes_out(leaves_at, now), "accent")  # the room is for the time
    return {
        OutboxState.APPROVAL: Chip(tr("Reply waits for approval"), "warn"),
        OutboxState.HELD: Chip(tr("Reply held"), "warn"),
        OutboxState.QUEUED: Chip(tr("Reply queued"), "accent"),
        OutboxState.SENDING: Chip(tr("Sending reply"), "accent"),
        OutboxState.SENT: Chip(tr("Replied"), "ok"),
        OutboxState.FAILED: Chip(tr("Reply failed"), "danger"),
        OutboxState.UNCERTAIN: Chip(tr("Reply uncertain"), "danger"),
        OutboxState.TAKEN_BACK: Chip(tr("Reply taken back")),
        OutboxState.DISCARDED: Chip(tr("Reply discarded")),
    }[state]


def _goes_out(at: int, now: int) -> str:
    when = moment(at, now)
    is_today = when == clock(at)
    return tr("Goes out at {clock}", clock=when) if is_today else tr("Goes out {when}", when=when)


def status_chip(row: QueueRow, now: int) -> Chip:
    """The one chip that says what to do with a mention: its timer, or where it stands."""
    if row.status in NEEDS_REPLY:
        return due(row.due_at, now) if row.due_at else Chip(status_word(row.status))
    if row.status is Status.SNOOZED and row.snoozed_until:
        return Chip(tr("Until {moment}", moment=moment(row.snoozed_until, now)), "accent")
    if row.status is Status.DONE:
        return Chip(disposition_word(row.disposition), "ok")
    return Chip(status_word(row.status), "warn" if row.status is Status.SPAM else "plain")


_SETTLED = (None, OutboxState.SENT, OutboxState.TAKEN_BACK, OutboxState.DISCARDED)


def chips(row: QueueRow, now: int) -> tuple[Chip, ...]:
    """Every chip of a card, the most telling first."""
    out = [Chip(network_label(row.network), icon=network_icon(row.network)), status_chip(row, now)]
    if row.outbox not in _SETTLED and row.outbox is not None:
        out.append(outbox_chip(row.outbox, row.leaves_at, now))
    if row.is_damaged:
        out.append(Chip(tr("Damaged"), "danger"))
    if row.is_alarming:
        out.append(Chip(tr("Danger"), "danger", "triangle-alert"))
    if row.promise_at:
        out.append(_promised(row.promise_at, now))
    elif row.is_woken:
        out.append(Chip(tr("Back from snooze"), "accent"))
    if row.priority:
        out.append(Chip(tr("P{n}", n=row.priority), "accent", "flag"))
    if row.is_vip:
        out.append(Chip(tr("VIP"), "accent", "star"))
    if row.sentiment is Sentiment.NEGATIVE:
        out.append(Chip(tr("Negative"), "danger"))
    if row.sentiment is Sentiment.POSITIVE:
        out.append(Chip(tr("Positive"), "ok"))
    out += _marks(row, now)
    out += [Chip(isolated(name), icon="tag") for name in row.labels]
    return tuple(out)


def _marks(row: QueueRow, now: int) -> list[Chip]:
    """What is less telling, and rarer. Made only where it holds: this is done for each card."""
    out = []
    if row.n_alike > 1:
        out.append(Chip(tr("1 of {n} alike", n=row.n_alike), icon="layers"))
    if row.deleted_at:
        out.append(Chip(deleted(row.deleted_at, now), "warn"))
    if row.is_expired:
        out.append(Chip(tr("Words lapsed")))
    if row.is_edited:
        out.append(Chip(tr("Edited")))
    if row.has_draft:
        out.append(Chip(tr("Draft"), icon="pencil"))
    if row.assignee:
        out.append(Chip(isolated(row.assignee), icon="user"))
    if row.n_reposts > 0:
        out.append(Chip(str(row.n_reposts), icon="repeat-2"))
    return out


def _promised(at: int, now: int) -> Chip:
    """What we said we would do, and whether that time is near."""
    text = tr("Promised for {when}", when=moment(at, now))
    return Chip(text, "danger" if at <= now else "warn", "alarm-clock")


def spoken(row: QueueRow, now: int) -> str:
    """A card as a screen reader says it: author, network, time, state, words."""
    if not row.author:
        return tr("This mention is no longer here")
    states = ", ".join(one_line(chip.text) for chip in chips(row, now)[1:])
    return tr(
        "{author}, {network}, {age}, {status}, {states}: {words}",
        author=one_line(row.author), network=network_label(row.network), age=age(row.at, now),
        status=status_word(row.status), states=states, words=one_line(row.body),
    )  # fmt: skip


def view_word(view: View) -> str:
    """The name of a built-in view."""
    return {
        View.NEEDS_REPLY: tr("Needs reply"), View.NEW: tr("New"), View.WAITING: tr("Waiting"),
        View.OVERDUE: tr("Overdue"), View.DUE_SOON: tr("Due soon"),
        View.SNOOZED: tr("Snoozed"), View.APPROVAL: tr("For approval"), View.OUTBOX: tr("Outbox"),
        View.DONE: tr("Done"), View.SPAM: tr("Spam"), View.MUTED: tr("Muted"),
        View.ALL: tr("Everything"), View.PROBLEMS: tr("Problems"),
    }[view]  # fmt: skip


def order_word(order: Order) -> str:
    """The name of an order of the list."""
    return {
        Order.NEED: tr("Needs an answer soonest"), Order.LONGEST: tr("Longest waiting"),
        Order.NEWEST: tr("Newest first"), Order.REACH: tr("Widest reach"),
    }[order]  # fmt: skip


def count(n: int) -> str:
    """A number with the language's own grouping."""
    return locale().toString(n)


def mentions(n: int) -> str:
    """ "12 mentions"."""
    return trn("{n} mention", "{n} mentions", n, n=count(n))


def empty_words(view: View, search: str, *, is_watching: bool = True) -> tuple[str, str]:
    """Why a list is empty, and what to do. `is_watching`: there is an account."""
    if not is_watching:
        return (
            tr("Nothing is watched yet"),
            tr("Add a feed, which needs no key, or an account of yours. To look around first: "
               "Ctrl+K, then First steps."),
        )  # fmt: skip
    if search:
        return (
            tr("Nothing matches this search"),
            tr("Everything ever stored was searched. Try fewer words, or a word's beginning."),
        )
    return {
        View.NEEDS_REPLY: (
            tr("Nobody is waiting for an answer"),
            tr("New mentions appear here by themselves. Accounts show when each was last read."),
        ),
        View.NEW: (
            tr("Nothing unread"),
            tr("Mentions you have opened but not decided are under Needs reply."),
        ),
        View.OVERDUE: (
            tr("Nothing is overdue"),
            tr("What waits longer than the response target comes here. Settings have the target."),
        ),
        View.DUE_SOON: (
            tr("Nothing is due soon"),
            tr("What is almost as old as the response target comes here, before it is overdue."),
        ),
        View.WAITING: (
            tr("No answer of yours is waiting for them"),
            tr("After you reply, a mention waits here until they write again."),
        ),
        View.SNOOZED: (
            tr("Nothing is snoozed"),
            tr("Press h on a mention to have it come back later."),
        ),
        View.DONE: (
            tr("Nothing is done yet"),
            tr("Press e on a mention that needs nothing more."),
        ),
        View.SPAM: (tr("No spam"), tr("Press ! on a mention to file it here.")),
        View.MUTED: (
            tr("Nobody is muted"),
            tr("Press m on a mention: what its author writes is then filed here, and counted."),
        ),
        View.ALL: (
            tr("No mentions yet"),
            tr("Add an account under Accounts. A feed or a public tag needs no key."),
        ),
    }.get(view, (tr("Nothing here"), ""))
