"""A report's figures as pictures with their words: the one place both screens and files read.

Pure: figures in, sections out. Strangers' words stay as typed; who shows them makes them safe.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from socialdesk.domain.figures import Figure, Figures, Quote, Report, Section, Shape, Spot
from socialdesk.domain.times.period import Period, Span, local, parse
from socialdesk.engine.reports import words
from socialdesk.engine.reports.definitions import how
from socialdesk.engine.reports.lines import gap_words, lines_of
from socialdesk.engine.words import dates
from socialdesk.i18n import tr, trn

MOST_BARS = 12  # of a category; the rest is one bar


def report_of(figures: Figures) -> Report:
    """Everything, in the order it is read."""
    period = period_of(figures)
    sections = (
        glance(figures), volume(figures), moods(figures), answering(figures), topics(figures),
        asked(figures), intents(figures), labels(figures), templates(figures), busiest(figures),
        networks(figures), languages(figures), people(figures), promises(figures),
        left_out(figures),
    )  # fmt: skip
    subtitle = tr(
        "Compared with {before}. Time zone: {zone}. Counted on {moment}.",
        before=dates.before_words(period.kind), zone=figures.zone,
        moment=dates.moment(local(figures.now, dates.zone(figures.zone))),
    )  # fmt: skip
    title = tr("Report: {period}", period=dates.name_of(period))
    return Report(title, subtitle, lines_of(figures), sections)


def period_of(figures: Figures) -> Period:
    return parse(figures.spec, date(1970, 1, 1))


def glance(f: Figures) -> Section:
    measured = f.of("measured")
    in_target = f.of("in_target")
    spots = (
        _number(f, tr("Came in"), f.of("received")),
        _number(f, tr("Answered"), f.of("answered")),
        Spot(
            tr("Within {target}", target=dates.length(f.target_min * dates.MINUTE_MS)),
            tr("{n} of {all}", n=dates.number(in_target.n or 0), all=dates.number(measured.n or 0)),
            note=_share_note(in_target, measured), ref=in_target.ref, tone="plain",
        ),
        _time(f, tr("First reply, median"), f.of("first_reply_median")),
        _time(f, tr("9 of 10 answered in"), f.of("first_reply_p90")),
        _backlog(f),
    )  # fmt: skip
    questions = ("received", "answered", "in_target", "measured", "timed", "backlog")
    return Section("glance", tr("At a glance"), Shape.NUMBERS, spots,
                   summary=_list_of(spots), how="\n".join((how("answering"), how("backlog"))),
                   questions=questions)  # fmt: skip


def volume(f: Figures) -> Section:
    period, zone = period_of(f), dates.zone(f.zone)
    is_day = period.n_days == 1
    spots = []
    for figure in f.group("part"):
        at = datetime.fromisoformat(figure.value).astimezone(zone)
        span = figure.ref.spans[0] if figure.ref else (0, 0)
        unseen = overlap(f.gaps, span)
        name = f"{at:%H:%M}" if is_day else f"{dates.weekday(at.weekday())} {at.day}"
        is_gap = figure.n == 0 and unseen >= span[1] - span[0]
        text = tr("not watched") if is_gap else dates.number(figure.n or 0)
        note = tr("{hours} not watched", hours=dates.hours(unseen)) if unseen and not is_gap else ""
        if figure.n is None:
            text, note = tr("not yet"), ""
        spots.append(Spot(name, text, float(figure.n or 0), note, figure.before, is_gap=is_gap,
                          is_thin=bool(unseen), ref=figure.ref))  # fmt: skip
    n = f.of("received")
    summary = trn("{n} mention in the period, {before} in the one before.",
                  "{n} mentions in the period, {before} in the one before.",
                  int(n.n or 0), before=dates.number(n.before or 0))  # fmt: skip
    summary = f"{summary} {gap_words(f, zone)}"
    explained = tr(
        "The marks are the period before; what is hatched was not watched, wholly or in part."
    )
    title = tr("Mentions per hour") if is_day else tr("Mentions per day")
    return Section("volume", title, Shape.COLUMNS, tuple(spots), summary,
                   f"{how('received')} {explained}", questions=("received", "part"))  # fmt: skip


def moods(f: Figures) -> Section:
    rated = sum(f.count("sentiment", value) for value in ("2", "3", "4"))
    spots = []
    for figure in f.group("sentiment"):
        n = int(figure.n or 0)
        is_rated = figure.value in {"2", "3", "4"}
        share = dates.percent(n, rated) if is_rated else ""
        text = tr("{n} ({share})", n=dates.number(n), share=share) if share else dates.number(n)
        spots.append(Spot(words.mood(figure.value), text, n, _before(f, figure), None,
                          words.TONES[figure.value], ref=figure.ref))  # fmt: skip
    n_all = f.count("received")
    summary = trn("Known for {known} of {n} mention", "Known for {known} of {n} mentions", n_all,
                  known=dates.number(rated))  # fmt: skip
    empty = "" if n_all else tr("No mentions in this period.")
    return Section("sentiment", tr("Mood"), Shape.SPLIT, tuple(spots), summary, how("sentiment"),
                   empty, ("sentiment",))  # fmt: skip


def answering(f: Figures) -> Section:
    named = (
        ("in_target", tr("Answered in time"), "ok"),
        ("late", tr("Late, or still waiting"), "danger"),
        ("answered_elsewhere", tr("Answered elsewhere"), "plain"),
        ("no_reply", tr("Closed without a reply"), "dim"),
    )
    spots = tuple(
        replace(_bar(f, f.of(key), name), tone=tone) for key, name, tone in named
    )  # fmt: skip
    empty = "" if any(s.size for s in spots) else tr("Nothing was answered or decided yet.")
    n = f.count("answerable")
    summary = trn("{n} mention could have been answered.", "{n} mentions could have been answered.",
                  n)  # fmt: skip
    return Section("answering", tr("Answering"), Shape.BARS, spots, summary, how("answering"),
                   empty, tuple(key for key, _, _ in named))  # fmt: skip


def topics(f: Figures) -> Section:
    empty = "" if f.quotes else tr("Nothing stood out against the weeks before.")
    return Section("topics", tr("What is new"), Shape.QUOTES, _quotes(f.quotes),
                   how=how("topics"), empty=empty, questions=("phrase",))  # fmt: skip


def asked(f: Figures) -> Section:
    empty = "" if f.asked else tr("No question was asked often enough to name it.")
    return Section("asked", tr("Most asked"), Shape.QUOTES, _quotes(f.asked), how=how("asked"),
                   empty=empty, questions=("asked",))  # fmt: skip


def intents(f: Figures) -> Section:
    return _bars(f, "intent", tr("What they want"), words.intent)


def labels(f: Figures) -> Section:
    made = _bars(f, "label", tr("Labels"))
    without = f.of("no_label")
    if not made.spots:
        return replace(made, empty=tr("No mention of this period wears a label."))
    rest = replace(_bar(f, without, tr("Without a label")), tone="dim")
    return replace(made, spots=(*made.spots, rest), questions=("label", "no_label"))


def templates(f: Figures) -> Section:
    made = _bars(f, "template", tr("Templates used"))
    free = f.of("free_text")
    spots = (*made.spots, replace(_bar(f, free, tr("Free text")), tone="dim")) if free.n else ()
    edits = f.of("edit_median")
    summary = ""
    if edits.n is not None:
        summary = trn("The middle reply from a template had {n} character changed.",
                      "The middle reply from a template had {n} characters changed.",
                      round(edits.n))  # fmt: skip
    empty = "" if made.spots or spots else tr("No reply was sent in this period.")
    return replace(made, spots=spots or made.spots, summary=summary, empty=empty,
                   questions=("template", "free_text"))  # fmt: skip


def busiest(f: Figures) -> Section:
    counts = {figure.value: figure for figure in f.group("slot")}
    spots = []
    for day in range(7):
        for hour in range(24):
            figure = counts.get(f"{day}-{hour}", Figure("slot", 0))
            name = tr("{weekday} {clock}", weekday=dates.weekday(day), clock=f"{hour:02}:00")
            n = figure.n or 0
            spots.append(Spot(name, dates.number(n), n, ref=figure.ref))
    top = sorted((s for s in spots if s.size), key=lambda s: -s.size)[:3]
    summary = tr("Busiest: {list}.", list=_list_of(top)) if top else ""
    empty = "" if top else tr("No mentions in this period.")
    return Section("busiest", tr("Busiest hours"), Shape.HEAT, tuple(spots), summary,
                   how("busiest"), empty, ("slot",))  # fmt: skip


def networks(f: Figures) -> Section:
    return _bars(f, "network", tr("Networks"), words.network)


def languages(f: Figures) -> Section:
    return _bars(f, "language", tr("Languages"), words.language)


def people(f: Figures) -> Section:
    made = _bars(f, "person", tr("Who answered"), lambda _: tr("The program"))
    return replace(made, empty="" if made.spots else tr("No reply was sent in this period."))


def promises(f: Figures) -> Section:
    named = (
        ("promise_kept", tr("Kept in time"), "ok"), ("promise_late", tr("Kept late"), "warn"),
        ("promise_open", tr("Still open"), "danger"), ("promise_dropped", tr("Dropped"), "dim"),
    )  # fmt: skip
    spots = tuple(replace(_bar(f, f.of(key), name), tone=tone) for key, name, tone in named)
    empty = "" if any(s.size for s in spots) else tr("No promise was due in this period.")
    return Section("promise", tr("Promises"), Shape.BARS, spots, how=how("promise"), empty=empty,
                   questions=tuple(key for key, _, _ in named))  # fmt: skip


def left_out(f: Figures) -> Section:
    named = (("spam", tr("Spam")), ("muted", tr("Muted authors")),
             ("backfilled", tr("From before the connection")))  # fmt: skip
    spots = tuple(replace(_bar(f, f.of(key), name), tone="dim") for key, name in named)
    empty = "" if any(s.size for s in spots) else tr("Nothing was left out.")
    return Section("left_out", tr("Left out"), Shape.BARS, spots, how=how("left_out"), empty=empty,
                   questions=tuple(key for key, _ in named))  # fmt: skip


def overlap(gaps: Sequence[Span], span: Span) -> int:
    """How much of `span` lies in gaps, ms."""
    return sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in gaps)


def _number(f: Figures, name: str, figure: Figure) -> Spot:
    return Spot(name, dates.number(figure.n or 0), figure.n or 0, _before(f, figure),
                tone="plain", ref=figure.ref)  # fmt: skip


def _time(f: Figures, name: str, figure: Figure) -> Spot:
    before = "" if figure.before is None else tr("before: {text}", text=dates.length(figure.before))
    n = trn("of {n} timed reply", "of {n} timed replies", f.count("timed"))
    note = "; ".join(filter(None, (n, before)))
    return Spot(name, dates.length(figure.n), figure.n or 0, note, tone="plain", ref=figure.ref)


def _backlog(f: Figures) -> Spot:
    start, end = f.of("backlog_start"), f.of("backlog_end")
    runs = f.span[0] <= f.now < f.span[1]
    name = tr("Waiting now") if runs else tr("Waiting at the end")
    note = tr("at the start: {n}", n=dates.number(start.n or 0))
    return Spot(name, dates.number(end.n or 0), end.n or 0, note, tone="plain", ref=end.ref)


def _share_note(in_target: Figure, measured: Figure) -> str:
    now = dates.percent(in_target.n or 0, measured.n or 0)
    before = dates.percent(in_target.before or 0, measured.before or 0)
    return "; ".join(filter(None, (now, before and tr("before: {text}", text=before))))


def _before(f: Figures, figure: Figure) -> str:
    return "" if figure.before is None else tr("before: {text}", text=dates.number(figure.before))


def _bar(f: Figures, figure: Figure, name: str) -> Spot:
    return Spot(name, dates.number(figure.n or 0), figure.n or 0, _before(f, figure),
                ref=figure.ref)  # fmt: skip


def _bars(
    f: Figures, question: str, title: str, word: Callable[[str], str] = lambda value: value
) -> Section:
    """A bar for each value, the longest first; what comes after the first dozen stays in words."""
    group = sorted(f.group(question), key=lambda figure: -(figure.n or 0))
    shown, rest = group[:MOST_BARS], group[MOST_BARS:]
    spots = tuple(_bar(f, figure, figure.label or word(figure.value)) for figure in shown)
    summary = ""
    if rest:
        summary = trn("{n} more with fewer mentions is not drawn.",
                      "{n} more with fewer mentions are not drawn.", len(rest))  # fmt: skip
    empty = "" if spots else tr("No mentions in this period.")
    return Section(question, title, Shape.BARS, spots, summary, how(question), empty, (question,))


def _quotes(quotes: Sequence[Quote]) -> tuple[Spot, ...]:
    return tuple(
        Spot(q.phrase, trn("{n} mention", "{n} mentions", q.n), q.n, q.text, q.n_before, ref=q.ref,
             mention_id=q.mention_id)
        for q in quotes
    )  # fmt: skip


def _list_of(spots: Sequence[Spot]) -> str:
    return "; ".join(f"{spot.label} {spot.text}" for spot in spots)
