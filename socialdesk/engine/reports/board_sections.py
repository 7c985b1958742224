"""The board's figures as pictures with their words."""

from dataclasses import replace

from socialdesk.domain.figures import Figure, Figures, Section, Shape, Spot
from socialdesk.domain.times.period import local
from socialdesk.engine.reports import sections, words
from socialdesk.engine.reports.definitions import how
from socialdesk.engine.reports.lines import gap_words
from socialdesk.engine.words import dates
from socialdesk.i18n import decimal, tr, trn


def board_of(f: Figures) -> tuple[Section, ...]:
    """In the order the keyboard goes through them."""
    return (numbers(f), volume(f), moods(f), spoken(f), reaching(f), networks(f))


def numbers(f: Figures) -> Section:
    overdue, open_ = f.of("overdue"), f.of("open")
    median, measured, done = f.of("first_reply_median"), f.of("measured"), f.of("in_target")
    share = dates.percent(done.n or 0, measured.n or 0)
    spots = (
        Spot(tr("Need a reply"), dates.number(open_.n or 0), open_.n or 0, tr("now"), tone="plain",
             ref=open_.ref),
        Spot(tr("Overdue"), dates.number(overdue.n or 0), overdue.n or 0, tr("now"),
             tone="danger" if overdue.n else "ok", ref=overdue.ref),
        Spot(tr("First reply"), dates.length(median.n), median.n or 0,
             trn("median of {n}, 24 hours", "median of {n}, 24 hours", f.count("timed")),
             tone="plain", ref=median.ref),
        Spot(tr("Within {target}", target=dates.length(f.target_min * dates.MINUTE_MS)),
             share or "–", done.n or 0,
             tr("{n} of {all}, 24 hours", n=dates.number(done.n or 0),
                all=dates.number(measured.n or 0)), tone="plain", ref=done.ref),
    )  # fmt: skip
    explained = "\n".join((how("open"), how("answering")))
    return Section("numbers", "", Shape.NUMBERS, spots,
                   summary="; ".join(spot.sentence for spot in spots), how=explained,
                   questions=("open", "overdue", "in_target", "measured"))  # fmt: skip


def volume(f: Figures) -> Section:
    spots = tuple(_hour(f, figure) for figure in f.group("part"))
    received = f.of("received")
    summary = trn("{n} mention in 24 hours; {before} in the 24 before.",
                  "{n} mentions in 24 hours; {before} in the 24 before.",
                  int(received.n or 0), before=dates.number(received.before or 0))  # fmt: skip
    if f.gaps:
        unseen = dates.hours(sum(end - start for start, end in f.gaps))
        summary = tr("{hours} not watched. {summary}", hours=unseen, summary=summary)
    explained = f"{how('received')} {how('usual')}\n{gap_words(f, dates.zone(f.zone))}"
    return Section("volume", tr("Mentions per hour"), Shape.COLUMNS, spots, summary, explained,
                   questions=("part",))  # fmt: skip


def _hour(f: Figures, figure: Figure) -> Spot:
    span = figure.ref.spans[0] if figure.ref else (0, 0)
    at = local(span[0], dates.zone(f.zone))
    unseen = sections.overlap(f.gaps, span)
    is_gap = unseen > 0 and not figure.n
    text = tr("not watched") if is_gap else dates.number(figure.n or 0)
    note = "" if figure.before is None else tr("usual: {n}", n=decimal(figure.before))
    return Spot(f"{at:%H:%M}", text, float(figure.n or 0), note, figure.before,
                is_gap=is_gap, is_thin=unseen > 0, ref=figure.ref)  # fmt: skip


def moods(f: Figures) -> Section:
    return replace(sections.moods(f), title=tr("Mood, 24 hours"))


def spoken(f: Figures) -> Section:
    made = sections.topics(f)
    spots = tuple(replace(spot, text=dates.number(spot.size), normal=None) for spot in made.spots)
    empty = "" if spots else tr("Nothing stands out against the week before.")
    return replace(made, key="words", title=tr("Words that stand out"), shape=Shape.BARS,
                   spots=spots, empty=empty)  # fmt: skip


def reaching(f: Figures) -> Section:
    spots = tuple(
        Spot(figure.label, dates.number(figure.before or 0), figure.before or 0,
             trn("{n} mention", "{n} mentions", int(figure.n or 0)), ref=figure.ref)
        for figure in f.group("author")
    )  # fmt: skip
    empty = "" if spots else tr("No author of the last 24 hours has a known reach.")
    return Section("authors", tr("Authors by followers"), Shape.BARS, spots, how=how("reach"),
                   empty=empty, questions=("author",))  # fmt: skip


def networks(f: Figures) -> Section:
    spots = tuple(
        Spot(words.network(figure.value), dates.number(figure.n or 0), figure.n or 0,
             ref=figure.ref)
        for figure in f.group("network")
    )  # fmt: skip
    empty = "" if spots else tr("No mentions in the last 24 hours.")
    return Section("networks", tr("Networks, 24 hours"), Shape.BARS, spots, how=how("network"),
                   empty=empty, questions=("network",))  # fmt: skip
