"""The war room in pictures with their words, in the order the keyboard goes through them."""

from typing import Final

from socialdesk.domain.crisis.war_room import Due, Mood, Said, WarRoom
from socialdesk.domain.figures import Section, Shape, Spot
from socialdesk.domain.times.period import local
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.reports import words
from socialdesk.engine.words import dates
from socialdesk.engine.words.incidents import (
    category_name,
    look_name,
    posture_name,
    role_name,
    state_name,
    statement_name,
)
from socialdesk.engine.words.waits import usual_number
from socialdesk.i18n import tr, trn

OLD_MS: Final = 60 * 60_000  # waiting longer is told in red


def war_room_of(w: WarRoom, *, hides_names: bool = False) -> tuple[Section, ...]:
    """`hides_names`: of strangers, for a wall that others can see."""
    return (_now(w), _volume(w), _waiting(w), _said(w), _dues(w), _channels(w), _drivers(w),
            _authors(w, hides_names), _log(w))  # fmt: skip


def title_of(w: WarRoom) -> str:
    """ "INC-2026-0001 · SEV1 · Declared · for 12 min · Payment is down"."""
    incident = w.standing.incident
    severity = tr("SEV{n}", n=incident.severity.value) if incident.severity else ""
    since = incident.declared_at or incident.suspected_at
    age = tr("for {length}", length=dates.length(w.now - since))
    parts = (incident.code, severity, state_name(incident.state.value), age, incident.title)
    return " · ".join(filter(None, parts))


def _now(w: WarRoom) -> Section:
    confirmed = sum(n for state, n in w.facts if state == "confirmed")
    false = sum(n for state, n in w.facts if state == "false")
    spots = (
        _promise(w),
        Spot(tr("Unanswered"), dates.number(w.n_unanswered), w.n_unanswered, _oldest(w),
             tone="danger" if w.n_unanswered else "ok"),
        Spot(tr("Facts confirmed"), f"{confirmed}/{sum(n for _, n in w.facts)}", confirmed,
             trn("{n} is false", "{n} are false", false) if false else "",
             tone="danger" if false else "plain"),
        Spot(tr("Held replies"), dates.number(w.standing.n_held), w.standing.n_held,
             tr("nobody decided yet"), tone="warn" if w.standing.n_held else "plain"),
        Spot(tr("Checks skipped"), dates.number(w.n_skipped), w.n_skipped,
             _loose(w), tone="danger" if w.n_skipped or w.n_loose or w.unfit else "ok"),
        Spot(tr("Negative, last hour"), _share(w.mood_now), w.mood_now.n_negative,
             tr("week before: {share}", share=_share(w.mood_before)), tone="plain"),
    )  # fmt: skip
    summary = "; ".join(spot.sentence for spot in spots)
    return Section("now", "", Shape.NUMBERS, spots, summary=summary)


def _promise(w: WarRoom) -> Spot:
    at = w.standing.next_due_at
    if not at:
        note = _kept(w) or tr("nothing is promised")
        return Spot(tr("Next update"), "–", 0, note, tone="plain")
    left = at - w.now
    note = "; ".join(filter(None, (_time(w, at), _kept(w))))
    if left < 0:
        return Spot(tr("Update is late by"), dates.length(-left), 1, note, tone="danger")
    return Spot(tr("Next update in"), dates.length(left), 1, note,
                tone="warn" if left < 10 * 60_000 else "plain")  # fmt: skip


def _kept(w: WarRoom) -> str:
    """How many of the promises that were due were kept in time; "" = none was due."""
    due, kept = w.promised
    return trn("{kept} of {n} promise kept in time", "{kept} of {n} promises kept in time", due,
               kept=kept) if due else ""  # fmt: skip


def _oldest(w: WarRoom) -> str:
    if not w.unanswered:
        return ""
    at = min(one.oldest_at for one in w.unanswered)
    return tr("oldest: {length}", length=dates.length(w.now - at))


def _loose(w: WarRoom) -> str:
    """What is out and does not hold now."""
    found = []
    if w.n_loose:
        found.append(trn("{n} published text leans on a fact that is not confirmed",
                         "{n} published texts lean on facts that are not confirmed",
                         w.n_loose))  # fmt: skip
    if w.unfit:
        found.append(trn("{n} published text no longer fits", "{n} published texts no longer fit",
                         len(w.unfit)))  # fmt: skip
    return "; ".join(found)


def _volume(w: WarRoom) -> Section:
    spots = tuple(
        Spot(_time(w, q.at), dates.number(q.n), q.n,
             "" if q.usual is None else tr("usual: {n}", n=usual_number(q.usual)), q.usual,
             tone="danger" if q.usual and q.n > 4 * q.usual else "accent")
        for q in w.quarters
    )  # fmt: skip
    hour = sum(q.n for q in w.quarters[-4:])
    usual = [q.usual for q in w.quarters[-4:] if q.usual is not None]
    summary = trn("{n} mention in the last hour", "{n} mentions in the last hour", hour)
    if usual:
        summary = tr("{came}; {usual} are usual", came=summary, usual=usual_number(sum(usual)))
    return Section("volume", tr("Mentions in 15 minutes"), Shape.COLUMNS, spots, summary)


def _waiting(w: WarRoom) -> Section:
    spots = tuple(
        Spot(category_name(one.category), dates.number(one.n), one.n,
             tr("oldest: {length}", length=dates.length(w.now - one.oldest_at)),
             tone="danger" if w.now - one.oldest_at > OLD_MS else "warn")
        for one in w.unanswered
    )  # fmt: skip
    return Section("waiting", tr("Unanswered"), Shape.BARS, spots,
                   empty="" if spots else tr("Nobody waits for an answer."))  # fmt: skip


def _said(w: WarRoom) -> Section:
    spots = tuple(
        Spot(f"{_time(w, s.at)} {statement_name(s.kind)}, {s.lang}",
             " · ".join(filter(None, (_unfit(w, s), s.hash[:12], _look(s)))), 1, s.text,
             tone="plain" if s.look and s not in w.unfit else "danger")
        for s in sorted(w.said, key=lambda s: s not in w.unfit)  # the list shows a few
    )  # fmt: skip
    return Section("said", tr("What we said"), Shape.LINES, spots,
                   empty="" if spots else tr("Nothing was published yet."))  # fmt: skip


def _unfit(w: WarRoom, said: Said) -> str:
    if said not in w.unfit:
        return ""
    return tr("no longer fits: {posture}", posture=posture_name(said.posture))


def _look(said: Said) -> str:
    return look_name(*said.look) if said.look else tr("no second look")


def _dues(w: WarRoom) -> Section:
    spots = tuple(_due(w, due) for due in w.dues[:6])
    return Section("dues", tr("To be done"), Shape.LINES, spots, summary=_told(w),
                   empty="" if spots else tr("Nothing is due."))  # fmt: skip


def _told(w: WarRoom) -> str:
    told = sum(at > 0 for _, at in w.audiences)
    return tr("Audiences told: {n} of {all}", n=told, all=len(w.audiences)) if w.audiences else ""


def _due(w: WarRoom, due: Due) -> Spot:
    name = {"audience": tr("Not told yet"), "clock": tr("May apply, ask a lawyer")}.get(
        due.kind, role_name(due.role)
    )
    is_late = 0 < due.at < w.now
    when = _moment(w, due.at) if due.at else tr("no clock")
    return Spot(name, tr("late: {time}", time=when) if is_late else when, 1, due.text,
                tone="danger" if is_late or due.kind == "audience" else "plain")  # fmt: skip


def _channels(w: WarRoom) -> Section:
    spots = tuple(Spot(words.network(network), dates.number(n), n) for network, n in w.channels)
    return Section("channels", tr("Networks"), Shape.BARS, spots,
                   empty="" if spots else tr("No mention is linked yet."))  # fmt: skip


def _drivers(w: WarRoom) -> Section:
    spots = tuple(
        Spot(q.phrase, dates.number(q.n), q.n,
             tr("{n} in the week before", n=dates.number(q.n_before)), ref=q.ref)
        for q in w.drivers
    )  # fmt: skip
    return Section("drivers", tr("What drives it"), Shape.BARS, spots,
                   empty="" if spots else tr("Nothing stands out."))  # fmt: skip


def _authors(w: WarRoom, hides_names: bool) -> Section:
    spots = tuple(
        Spot(tr("Author {n}", n=number) if hides_names else a.name, dates.number(a.reach), a.reach,
             trn("{n} mention", "{n} mentions", a.n))
        for number, a in enumerate(w.authors, 1)
    )  # fmt: skip
    return Section("authors", tr("Authors by followers"), Shape.BARS, spots,
                   empty="" if spots else tr("No author here has a known reach."))  # fmt: skip


def _log(w: WarRoom) -> Section:
    spots = tuple(
        Spot(_time(w, e.at), e.person or tr("the program"), 1, event_words(e.kind, e.data),
             tone="danger" if e.kind in ("refused", "check_skipped") else "plain")
        for e in w.events
    )  # fmt: skip
    return Section("log", tr("Log"), Shape.LINES, spots)


def _share(mood: Mood) -> str:
    if not mood.n_rated:
        return "–"
    share = dates.percent(mood.n_negative, mood.n_rated)
    return tr("{share} of {n}", share=share, n=dates.number(mood.n_rated))


def _time(w: WarRoom, at: int) -> str:
    return f"{local(at, dates.zone(w.zone)):%H:%M}"


def _moment(w: WarRoom, at: int) -> str:
    here = local(at, dates.zone(w.zone))
    is_today = here.date() == local(w.now, dates.zone(w.zone)).date()
    return f"{here:%H:%M}" if is_today else f"{here:%Y-%m-%d %H:%M}"
