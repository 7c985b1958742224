"""Drills in words: streams, parts of the score, and the mark on everything that leaves a drill."""

from pathlib import Path
from typing import Final

from socialdesk.domain.crisis.drill import DrillNow, Score, ScorePart, benchmark
from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.engine.playbooks import shipped_playbook
from socialdesk.i18n import language, tr, trn
from socialdesk.practice.drill_streams import DRILLS as DRILLS
from socialdesk.practice.drill_streams import LENGTH_S
from socialdesk.practice.drill_streams import SPEEDS as SPEEDS

LENGTH_MIN: Final = int(LENGTH_S // 60)
MARK: Final = "DRILL"  # in no language but this one: it must be known at a glance


def drill_marked(text: str) -> str:
    """A text that leaves a drill (clipboard, file) says so in its first word."""
    return text if text.startswith(MARK) else f"{MARK} · {text}"


def drill_file(path: str) -> str:
    """The same file with the word in front of its name."""
    if not path:
        return path
    name = Path(path).name
    return path if name.startswith(MARK) else str(Path(path).with_name(f"{MARK}-{name}"))


def stream_title(stream: str) -> str:
    """As its playbook is called."""
    title = shipped_playbook(stream).title
    return title.get(language(), title["en"])


def stream_when(stream: str) -> str:
    """What it rehearses, in a sentence."""
    when = shipped_playbook(stream).when
    return when.get(language(), when["en"])


def part_name(key: str) -> str:
    """What a part of the score is called."""
    return {
        "declare": tr("Time to declare"),
        "statement": tr("First statement"),
        "checks": tr("Checks"),
        "promises": tr("Promises"),
        "held": tr("Held replies"),
        "safety": tr("Safety answered first"),
        "staff": tr("Staff told"),
    }[key]


def part_why(part: ScorePart) -> str:
    """The number it hangs on, in words."""
    match part.key:
        case "declare" if part.n < 0:
            return tr("never declared")
        case "declare":
            return tr("after {n} min; full up to {of} min, none from 30", n=part.n, of=part.of)
        case "statement" if part.n < 0:
            return tr("never published")
        case "statement":
            return tr("{n} min after declaring; due within {of} min, none from {none}",
                      n=part.n, of=part.of, none=3 * part.of)  # fmt: skip
        case "checks" if part.n < 0:
            return tr("nothing was published")
        case "checks":
            return trn("{n} check skipped or claim unconfirmed",
                       "{n} checks skipped or claims unconfirmed", part.n, n=part.n)  # fmt: skip
        case "promises" if not part.of:
            return tr("none came due")
        case "promises":
            return tr("{n} of {of} kept in time", n=part.n, of=part.of)
        case "held" if part.n < 0:
            return tr("never declared")
        case "held":
            return tr("{n} of {of} released that should not have been", n=part.n, of=part.of)
        case _:
            return tr("yes") if part.n else tr("no")


def total_words(found: Score) -> str:
    """The whole score in a few words."""
    return tr("{n} of 100 points", n=found.total)


def benchmark_words(totals: tuple[int, ...]) -> str:
    """How it stands against drills before it. `totals`: newest first."""
    known = benchmark(totals)
    if known is None:
        return tr("The first drill here: the next ones are compared with it.")
    best, last, mean = known
    return trn("Before: {n} drill, {last} points.",
               "Before: {n} drills, best {best}, last {last}, on average {mean} points.",
               len(totals), n=len(totals), best=best, last=last, mean=round(mean))  # fmt: skip


def running_words(now: DrillNow, at: int) -> str:
    """The running line. `at`: ms of the drill's clock."""
    if now.ended_at:
        return tr("The drill is over.")
    minute = max(0, at - now.began_at) // MINUTE_MS
    if minute >= LENGTH_MIN:
        return tr("The stream is over after {n} min; you go on as long as you like. Speed ×{speed}",
                  n=LENGTH_MIN, speed=now.speed)  # fmt: skip
    return tr("Minute {n} of {of} · speed ×{speed}", n=minute, of=LENGTH_MIN, speed=now.speed)


def score_text(stream: str, found: Score, past: tuple[int, ...]) -> str:
    """The whole score as plain text, for the clipboard and the terminal."""
    lines = [f"{stream_title(stream)}: {total_words(found)}"]
    lines += [f"  {part_name(p.key)}: {p.points}/{p.most} ({part_why(p)})" for p in found.parts]
    return "\n".join([*lines, benchmark_words(past)])


def ended_words(why: str) -> str:
    """Why a drill is over, in a sentence."""
    match why:
        case "declared":
            return tr("A real crisis was declared: the drill ended. Its log is kept.")
        case "gone":
            return tr("The drill's window was closed: the drill ended. Its log is kept.")
        case "time":
            return tr("The drill ended after four hours of its time.")
        case _:
            return tr("The drill ended. Its score is ready.")
