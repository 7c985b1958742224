"""How ready a team is for a crisis, line by line, before one comes.

Source: crisis-mode specification, section 12: what is older than 90 days is amber. Red is what was
never done at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import Enum
from typing import Final

from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.frozen import frozen

DAY_MS: Final = 24 * 3_600_000
STALE_MS: Final = 90 * DAY_MS
ENDING_MS: Final = 14 * DAY_MS  # an approval that ends so soon is renewed in time
NOTIFY: Final = "notify"  # the channel of whoever is told through a notify service
NEEDS_NO_ADDRESS: Final = frozenset({"in_person"})


class Level(Enum):
    """Never done at all is red; partly done, or long ago, is amber."""

    OK = "ok"
    AMBER = "amber"
    RED = "red"


@frozen
class QuietLine:
    """A reply line that may be approved in quiet times. `text`: as it stands in the playbook now;
    `approved_at`, `ends_at`: of the look at exactly these words, 0 = none, or it never ends. The
    rest is of the words fixed for a look (`line_id` 0 = not yet): by whom and when."""

    playbook: str
    line: str
    lang: str
    text: str
    is_safety: bool
    approved_at: int = 0
    ends_at: int = 0
    line_id: int = 0
    hash: str = ""
    author_id: int = 0
    author: str = ""
    prepared_at: int = 0

    @property
    def is_approved(self) -> bool:
        return self.approved_at > 0


@frozen
class ForgottenPin:
    """The PIN of `person` was removed by `by` without being typed. `at`: ms UTC."""

    person: str
    by: str
    at: int


@frozen
class Facts:
    """What the workspace holds. Times ms UTC. `read_at`: playbook id → when its present version
    was last read, 0 = never. `unreviewed`: language → texts no native speaker has read. `pins`:
    how many people have one. `drill_total`: of the last drill, out of 100. `forgotten`: PINs
    removed without being typed within the last `STALE_MS`, newest first. `served`: ids of the
    audiences whose notify service has an address."""

    read_at: Mapping[str, int]
    unreviewed: Mapping[str, int]
    mode: TeamMode
    n_people: int
    n_pins: int
    audiences: Sequence[AudienceRow]
    drill_at: int
    drill_total: int
    lines: Sequence[QuietLine]
    forgotten: tuple[ForgottenPin, ...] = ()
    served: frozenset[int] = frozenset()


@frozen
class ReadyLine:
    """`key`: playbooks, native, people, audiences, spokesperson, services, contacts, lines, drill.
    `facts`: the numbers of its sentence. `forgotten`: of people, as in `Facts`; whoever set the
    next PIN of that person may not be that person."""

    key: str
    level: Level
    facts: Mapping[str, int | str] = field(default_factory=dict)
    forgotten: tuple[ForgottenPin, ...] = ()


def readiness(facts: Facts, now: int) -> tuple[ReadyLine, ...]:
    """Every line, in the order of the page."""
    return (
        _playbooks(facts, now),
        _native(facts),
        _people(facts),
        _audiences(facts),
        _spokesperson(facts),
        _services(facts),
        _contacts(facts, now),
        _lines(facts, now),
        _drill(facts, now),
    )


def worst(lines: Sequence[ReadyLine]) -> Level:
    """The level of the page."""
    levels = {line.level for line in lines}
    return next((level for level in (Level.RED, Level.AMBER) if level in levels), Level.OK)


def is_stale(at: int, now: int) -> bool:
    """Longer ago than 90 days."""
    return now - at > STALE_MS


def has_way(audience: AudienceRow) -> bool:
    """Whether somebody who opens the list knows how to reach them."""
    is_known = bool(audience.address or audience.contact)
    return is_known or audience.channel in NEEDS_NO_ADDRESS


def _level(n_good: int, of: int) -> Level:
    if n_good >= of:
        return Level.OK
    return Level.AMBER if n_good else Level.RED


def _playbooks(facts: Facts, now: int) -> ReadyLine:
    times = [at for at in facts.read_at.values() if at]
    n_fresh = sum(not is_stale(at, now) for at in times)
    level = Level.RED if not times else _level(n_fresh, len(facts.read_at))
    level = Level.AMBER if times and level is Level.RED else level  # all were read, long ago
    return ReadyLine(
        "playbooks", level,
        {"n": len(times), "of": len(facts.read_at), "stale": len(times) - n_fresh},
    )  # fmt: skip


def _native(facts: Facts) -> ReadyLine:
    unread = {lang: n for lang, n in facts.unreviewed.items() if n}
    level = Level.AMBER if unread else Level.OK
    return ReadyLine("native", level, {"langs": ",".join(unread), "n": sum(unread.values())})


def _people(facts: Facts) -> ReadyLine:
    level = Level.OK
    if facts.mode is TeamMode.PAIR:
        level = Level.RED if facts.n_people < 2 else _level(min(facts.n_pins, 2), 2)
        level = Level.AMBER if level is Level.RED and facts.n_people > 1 else level
    return ReadyLine(
        "people", level, {"n": facts.n_people, "pins": facts.n_pins, "mode": facts.mode.value},
        facts.forgotten,
    )  # fmt: skip


def _audiences(facts: Facts) -> ReadyLine:
    n = len(facts.audiences)
    n_reached = sum(map(has_way, facts.audiences))
    has_staff = any(a.kind == "staff" for a in facts.audiences)
    level = Level.RED if not n else Level.OK if n_reached == n and has_staff else Level.AMBER
    return ReadyLine("audiences", level, {"n": n, "reached": n_reached, "staff": int(has_staff)})


def _spokesperson(facts: Facts) -> ReadyLine:
    names = sorted({a.spokesperson for a in facts.audiences if a.spokesperson})
    n = sum(bool(a.spokesperson) for a in facts.audiences)
    level = _level(n, len(facts.audiences)) if facts.audiences else Level.RED
    return ReadyLine(
        "spokesperson", level, {"names": ", ".join(names), "n": n, "of": len(facts.audiences)}
    )


def _services(facts: Facts) -> ReadyLine:
    """Of those told through a notify service. Who uses none lacks none."""
    told = [a.id for a in facts.audiences if a.channel == NOTIFY]
    n = sum(id_ in facts.served for id_ in told)
    return ReadyLine("services", _level(n, len(told)), {"n": n, "of": len(told)})


def _contacts(facts: Facts, now: int) -> ReadyLine:
    tested = [a.tested_at for a in facts.audiences if a.tested_at]
    n_fresh = sum(not is_stale(at, now) for at in tested)
    level = Level.RED if not tested else Level.AMBER
    level = Level.OK if tested and n_fresh == len(facts.audiences) else level
    return ReadyLine(
        "contacts", level,
        {"n": n_fresh, "of": len(facts.audiences), "stale": len(tested) - n_fresh},
    )  # fmt: skip


def _lines(facts: Facts, now: int) -> ReadyLine:
    n = sum(line.is_approved for line in facts.lines)
    n_ending = sum(bool(line.ends_at) and line.ends_at - now < ENDING_MS for line in facts.lines)
    level = _level(n, len(facts.lines))
    level = Level.AMBER if n_ending and level is Level.OK else level
    return ReadyLine("lines", level, {"n": n, "of": len(facts.lines), "ending": n_ending})


def _drill(facts: Facts, now: int) -> ReadyLine:
    level = Level.AMBER if is_stale(facts.drill_at, now) else Level.OK
    level = level if facts.drill_at else Level.RED
    return ReadyLine("drill", level, {"at": facts.drill_at, "total": facts.drill_total})
