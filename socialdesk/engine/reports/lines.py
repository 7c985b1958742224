"""The most important of a report in plain sentences: its first lines, and the weekly page."""

from collections.abc import Sequence
from datetime import tzinfo

from socialdesk.domain.figures import Figures, Quote
from socialdesk.domain.times.period import HOUR_MS, local
from socialdesk.engine.words import dates
from socialdesk.i18n import tr, trn

N_NAMED = 3  # phrases, hours and gaps a sentence names


def lines_of(f: Figures) -> tuple[str, ...]:
    """At most eight sentences, the most important first; what is nothing is not said."""
    if not f.count("received") and not f.count("replied"):
        return tuple(filter(None, (tr("Nothing came in, and nothing was sent."), _gaps(f))))
    said = (
        _came(f),
        _in_target(f),
        _speed(f),
        _waiting(f),
        _mood(f),
        _talk(f),
        _asked(f),
        _gaps(f),
    )
    return tuple(filter(None, said))


def gap_words(f: Figures, zone: tzinfo) -> str:
    """What was not watched, by the hour: charts alone would not say it."""
    if not f.gaps:
        if f.now <= f.span[0]:
            return ""
        return tr("Every hour since the first account was connected was watched.")
    n = round(sum(end - start for start, end in f.gaps) / HOUR_MS)
    total = trn("{n} hour was not watched", "{n} hours were not watched", n)
    named = [
        tr("{start} to {end}", start=dates.moment(local(start, zone)),
           end=f"{local(end, zone):%H:%M}" if _is_same_day(start, end, zone)
           else dates.moment(local(end, zone)))
        for start, end in f.gaps[:N_NAMED]
    ]  # fmt: skip
    if len(f.gaps) > N_NAMED:
        named.append(tr("and others"))
    return tr("{total}: {list}.", total=total, list="; ".join(named))


def _came(f: Figures) -> str:
    received = f.of("received")
    n, before = int(received.n or 0), int(received.before or 0)
    came = trn("{n} mention came in", "{n} mentions came in", n)
    return tr("{came}; in the period before it was {before}.", came=came,
              before=dates.number(before))  # fmt: skip


def _in_target(f: Figures) -> str:
    measured, n = f.count("measured"), f.count("in_target")
    if not measured:
        return ""
    if f.target_min == 60:
        return trn("You answered {done} of {n} within the hour.",
                   "You answered {done} of {n} within the hour.", measured, done=n)  # fmt: skip
    return trn("You answered {done} of {n} within {target}.",
               "You answered {done} of {n} within {target}.", measured, done=n,
               target=dates.length(f.target_min * dates.MINUTE_MS))  # fmt: skip


def _speed(f: Figures) -> str:
    median, p90 = f.of("first_reply_median"), f.of("first_reply_p90")
    if median.n is None:
        return ""
    return tr("Half of the first replies took {median} or less, nine of ten {p90}.",
              median=dates.length(median.n), p90=dates.length(p90.n))  # fmt: skip


def _waiting(f: Figures) -> str:
    n = f.count("backlog_end")
    if not n:
        return tr("Nobody was left waiting.")
    return trn("{n} mention still waits for an answer.", "{n} mentions still wait for an answer.",
               n)  # fmt: skip


def _mood(f: Figures) -> str:
    bad, rated = f.count("sentiment", "2"), sum(f.count("sentiment", v) for v in "234")
    if not rated:
        return tr("The mood could not be told: no mention is rated.")
    words = trn("Negative: {bad} of {n} mention whose mood could be told.",
                "Negative: {bad} of {n} mentions whose mood could be told.", rated,
                bad=dates.number(bad))  # fmt: skip
    rest = f.count("received") - rated
    if rest:
        words += " " + trn("{n} could not be told.", "{n} could not be told.", rest)
    return words


def _talk(f: Figures) -> str:
    return tr("New in what people say: {list}.", list=_named(f.quotes)) if f.quotes else ""


def _asked(f: Figures) -> str:
    return tr("Most asked: {list}.", list=_named(f.asked)) if f.asked else ""


def _named(quotes: Sequence[Quote]) -> str:
    return ", ".join(f"“{q.phrase}” ({q.n})" for q in quotes[:N_NAMED])


def _gaps(f: Figures) -> str:
    return gap_words(f, dates.zone(f.zone)) if f.gaps else ""


def _is_same_day(start: int, end: int, zone: tzinfo) -> bool:
    return local(start, zone).date() == local(end, zone).date()
