"""The readiness page in words: each line a sentence, and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from socialdesk.domain.crisis.readiness import DAY_MS, STALE_MS, ForgottenPin, Level, ReadyLine
from socialdesk.domain.frozen import frozen
from socialdesk.engine.words.dates import day_and_year
from socialdesk.i18n import LANGUAGES, tr, trn

DAYS = STALE_MS // DAY_MS
Numbers = Mapping[str, int | str]


@frozen
class ReadyWords:
    """`name`: of the line. `said`: how it stands. `todo`: what to do, "" = nothing. `place`: the
    room where that is done, "" = none."""

    name: str
    said: str
    todo: str = ""
    place: str = ""


def level_words(level: Level) -> str:
    """The colour in a word: colour never speaks alone."""
    return {
        Level.OK: lambda: tr("ready"),
        Level.AMBER: lambda: tr("partly"),
        Level.RED: lambda: tr("missing"),
    }[level]()


def page_words(level: Level) -> str:
    """One sentence above all lines."""
    match level:
        case Level.OK:
            return tr("Ready. Look again in a month.")
        case Level.AMBER:
            return tr("Nearly ready: what is marked below is missing in part, or long ago.")
        case Level.RED:
            return tr("Not ready yet: begin with what is marked as missing.")


def ready_words(line: ReadyLine) -> ReadyWords:
    """The words of one line."""
    words = _LINES[line.key](line.facts, line.level)
    return replace(words, said=" ".join((words.said, *map(_forgotten, line.forgotten))))


def _forgotten(pin: ForgottenPin) -> str:
    return tr("The PIN of {person} was removed by {by} without the old one on {day}.",
              person=pin.person, by=pin.by, day=_day(pin.at))  # fmt: skip


def _day(at: int) -> str:
    return day_and_year(datetime.fromtimestamp(at / 1000, UTC).astimezone().date())


def _playbooks(f: Numbers, level: Level) -> ReadyWords:
    n, of, stale = int(f["n"]), int(f["of"]), int(f["stale"])
    said = tr("{n} of {of} were read to the end in their present version.", n=n, of=of)
    if stale:
        said += " " + trn("{n} of them longer than {days} days ago.",
                          "{n} of them longer than {days} days ago.", stale, days=DAYS)  # fmt: skip
    todo = "" if level is Level.OK else tr("Read them to the end, one by one.")
    return ReadyWords(tr("Playbooks read"), said, todo, "playbooks")


def _native(f: Numbers, level: Level) -> ReadyWords:
    name = tr("Read by native speakers")
    if level is Level.OK:
        return ReadyWords(name, tr("Every text was read by a native speaker."), "", "playbooks")
    langs = ", ".join(LANGUAGES.get(lang, lang) for lang in str(f["langs"]).split(","))
    said = trn("{n} file is not yet read by a native speaker: {langs}.",
               "{n} files are not yet read by a native speaker: {langs}.", int(f["n"]),
               langs=langs)  # fmt: skip
    todo = tr("Ask somebody whose mother tongue it is to read them, then tick the box there.")
    return ReadyWords(name, said, todo, "playbooks")


def _people(f: Numbers, level: Level) -> ReadyWords:
    n, pins = int(f["n"]), int(f["pins"])
    name = tr("People and PINs")
    who = trn("{n} person works here.", "{n} people work here.", n)
    if f["mode"] == "solo":
        said = tr("{who} Solo: the second look is your own, after a pause, and is called that.",
                  who=who)  # fmt: skip
        return ReadyWords(name, said, "", "people")
    said = tr("{who} In pair mode somebody else looks; {pins} have a PIN.", who=who, pins=pins)
    todo = ""
    if n < 2:
        todo = tr("Add the second person, or change the team mode to solo.")
    elif level is not Level.OK:
        todo = tr(
            "Set a PIN for at least two people, so that one can look at the other's text here."
        )
    return ReadyWords(name, said, todo, "people")


def _audiences(f: Numbers, level: Level) -> ReadyWords:
    n, reached = int(f["n"]), int(f["reached"])
    name = tr("Audiences")
    if not n:
        said = tr("Nobody is listed who must hear it from you.")
        return ReadyWords(name, said, tr("List employees, partners, press and authorities."),
                          "audiences")  # fmt: skip
    said = tr("{n} of {of} have an address or a contact.", n=reached, of=n)
    todo = tr("Write down how to reach the others.") if reached < n else ""
    if not f["staff"]:
        said += " " + tr("Employees are not among them.")
        todo = tr("Add employees: they will read it first elsewhere.")
    return ReadyWords(name, said, todo, "audiences")


def _spokesperson(f: Numbers, level: Level) -> ReadyWords:
    name = tr("Spokesperson")
    if not f["names"]:
        return ReadyWords(name, tr("Nobody is named."),
                          tr("Write at each audience who speaks to it."), "audiences")  # fmt: skip
    said = tr("{names}, for {n} of {of} audiences.", names=f["names"], n=f["n"], of=f["of"])
    todo = "" if level is Level.OK else tr("Write at each audience who speaks to it.")
    return ReadyWords(name, said, todo, "audiences")


def _services(f: Numbers, level: Level) -> ReadyWords:
    name = tr("Notify services")
    if not f["of"]:
        return ReadyWords(name, tr("Nobody is told through one."), "", "audiences")
    said = tr("{n} of {of} have the address of their service.", n=f["n"], of=f["of"])
    todo = "" if level is Level.OK else tr("Give the others theirs: “Service…” at the audience.")
    return ReadyWords(name, said, todo, "audiences")


def _contacts(f: Numbers, level: Level) -> ReadyWords:
    n, of = int(f["n"]), int(f["of"])
    name = tr("Contacts tested")
    if not of:
        return ReadyWords(name, tr("There are no contacts yet."), "", "audiences")
    said = tr("{n} of {of} were tried within {days} days.", n=n, of=of, days=DAYS)
    todo = "" if level is Level.OK else tr("Call or write to each once, and tick “tested”.")
    return ReadyWords(name, said, todo, "audiences")


def _lines(f: Numbers, level: Level) -> ReadyWords:
    said = tr("{n} of {of} lines that claim nothing are approved ahead.", n=f["n"], of=f["of"])
    if f["ending"]:
        said += " " + trn("{n} of them ends within two weeks.",
                          "{n} of them end within two weeks.", int(f["ending"]))  # fmt: skip
    todo = "" if level is Level.OK else tr("Give them their second look while it is quiet.")
    return ReadyWords(tr("Reply lines"), said, todo, "lines")


def _drill(f: Numbers, level: Level) -> ReadyWords:
    name = tr("Drill")
    if level is Level.RED:
        return ReadyWords(name, tr("No drill was played."), tr("Play one: it takes 40 minutes, or "
                          "ten at four times the speed."), "drill")  # fmt: skip
    day = _day(int(f["at"]))
    said = tr("The last one was on {day}, {total} of 100.", day=day, total=f["total"])
    todo = ""
    if level is Level.AMBER:
        todo = tr("That is more than {days} days ago: play another.", days=DAYS)
    return ReadyWords(name, said, todo, "drill")


_LINES: Mapping[str, Callable[[Numbers, Level], ReadyWords]] = {
    "playbooks": _playbooks, "native": _native, "people": _people, "audiences": _audiences,
    "spokesperson": _spokesperson, "services": _services, "contacts": _contacts, "lines": _lines,
    "drill": _drill,
}  # fmt: skip
