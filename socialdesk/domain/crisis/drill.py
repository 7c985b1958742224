"""The score of a drill: what it is made of, out of 100, and why.

Source: crisis-mode specification, section 12. Times are those of the stream.
"""

from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.incident import MINUTE_MS, PACES, Severity
from socialdesk.domain.frozen import frozen

OF_DRILL: Final = "drill_now"  # setting of a sandbox: what is played, JSON
DECLARE_FULL_MIN, DECLARE_NONE_MIN = 5, 30
NONE_AT: Final = 3  # times the time due: the first statement counts nothing
MAX_POINTS: Final = {
    "declare": 20,
    "statement": 25,
    "checks": 25,
    "promises": 10,
    "held": 10,
    "safety": 5,
    "staff": 5,
}
SKIPPED_COST, UNCONFIRMED_COST, RELEASED_COST = 5, 10, 5


@frozen
class DrillFacts:
    """What the drill's log says. Times are ms of the drill's clock, 0 = never. `onset_at`: the
    first bad post. `n_released`: held replies that went out and should not have. `is_safety_first`:
    the safety post was the first of all that were answered after the declaration, None = nothing
    was answered."""

    onset_at: int
    declared_at: int = 0
    statement_at: int = 0
    severity: Severity = Severity.UNSAID
    n_skipped: int = 0
    n_unconfirmed: int = 0
    n_promises_due: int = 0
    n_promises_kept: int = 0
    n_held: int = 0
    n_released: int = 0
    is_safety_first: bool | None = None
    is_staff_told: bool = False
    n_sends: int = 0  # recorded, and none of them left


@frozen
class ScorePart:
    """`key`: one of MAX_POINTS. `n`: the number it hangs on: minutes for declare and statement
    (-1 = never), else a count; `of`: out of how many, or the limit in minutes."""

    key: str
    points: int
    n: int
    of: int = 0

    @property
    def most(self) -> int:
        return MAX_POINTS[self.key]


@frozen
class Score:
    """Parts always in the order of MAX_POINTS."""

    parts: tuple[ScorePart, ...]

    @property
    def total(self) -> int:
        return sum(part.points for part in self.parts)


@frozen
class DrillNow:
    """The drill of a workspace. `began_at`: ms of the drill's clock at the stream's minute 0.
    `path`: the sandbox, where the real desk is asked. `score` None: it goes on."""

    stream: str
    speed: int
    began_at: int = 0
    ended_at: int = 0
    why_ended: str = ""
    path: str = ""
    score: Score | None = None
    past: tuple[int, ...] = ()  # totals of earlier drills, newest first


@frozen
class PastDrill:
    """A drill as the real file keeps it. `at`: real time at which it ended."""

    incident_id: int
    code: str
    at: int
    stream: str
    speed: int
    why_ended: str
    severity: Severity
    score: Score


def pack_score(found: Score) -> list[list[str | int]]:
    """As JSON has it."""
    return [[part.key, part.points, part.n, part.of] for part in found.parts]


def unpack_score(parts: Sequence[Sequence[object]]) -> Score:
    """What `pack_score` packed. Raises ValueError where a part is unknown."""
    made = [ScorePart(str(k), int(str(p)), int(str(n)), int(str(of))) for k, p, n, of in parts]
    if any(part.key not in MAX_POINTS for part in made):
        raise ValueError("a part of a score is unknown")
    return Score(tuple(made))


def score(facts: DrillFacts) -> Score:
    """What was never begun counts nothing: without a declaration there were no checks to keep, no
    promises and no held replies."""
    is_led = facts.declared_at > 0
    return Score(
        (
            _declare(facts),
            _statement(facts),
            _checks(facts),
            _promises(facts, is_led=is_led),
            _held(facts, is_led=is_led),
            ScorePart(
                "safety", MAX_POINTS["safety"] * (facts.is_safety_first is True),
                int(facts.is_safety_first is True), 1,
            ),
            ScorePart("staff", MAX_POINTS["staff"] * facts.is_staff_told,
                      int(facts.is_staff_told), 1),
        )
    )  # fmt: skip


def share(minutes: float, full: float, none: float) -> float:
    """1.0 up to `full`, 0.0 from `none` on, a straight line between. `full` < `none`."""
    return min(1.0, max(0.0, (none - minutes) / (none - full)))


def benchmark(totals: Sequence[int]) -> tuple[int, int, float] | None:
    """Best, last (the sequence is newest first) and mean of past drills; None without any."""
    if not totals:
        return None
    return max(totals), totals[0], sum(totals) / len(totals)


def _declare(facts: DrillFacts) -> ScorePart:
    if not facts.declared_at:
        return ScorePart("declare", 0, -1, DECLARE_FULL_MIN)
    minutes = _minutes(facts.declared_at - facts.onset_at)
    part = share(minutes, DECLARE_FULL_MIN, DECLARE_NONE_MIN)
    return ScorePart("declare", _points("declare", part), int(minutes), DECLARE_FULL_MIN)


def _statement(facts: DrillFacts) -> ScorePart:
    due_min = PACES.get(facts.severity, PACES[Severity.SEV1]).first_min
    if not (facts.statement_at and facts.declared_at):
        return ScorePart("statement", 0, -1, due_min)
    minutes = _minutes(facts.statement_at - facts.declared_at)
    part = share(minutes, due_min, NONE_AT * due_min)
    return ScorePart("statement", _points("statement", part), int(minutes), due_min)


def _checks(facts: DrillFacts) -> ScorePart:
    """Counted once something was published: who says nothing has checked nothing."""
    if not facts.statement_at:
        return ScorePart("checks", 0, -1)
    lost = SKIPPED_COST * facts.n_skipped + UNCONFIRMED_COST * facts.n_unconfirmed
    left = max(0, MAX_POINTS["checks"] - lost)
    return ScorePart("checks", left, facts.n_skipped + facts.n_unconfirmed)


def _promises(facts: DrillFacts, *, is_led: bool) -> ScorePart:
    """No promise came due: full where a statement was out to make one."""
    if not (is_led and facts.statement_at):
        return ScorePart("promises", 0, 0, facts.n_promises_due)
    kept = facts.n_promises_kept / facts.n_promises_due if facts.n_promises_due else 1.0
    return ScorePart(
        "promises", _points("promises", kept), facts.n_promises_kept, facts.n_promises_due
    )


def _held(facts: DrillFacts, *, is_led: bool) -> ScorePart:
    """Counted once it was declared: before that nothing is held."""
    if not is_led:
        return ScorePart("held", 0, -1, facts.n_held)
    left = max(0, MAX_POINTS["held"] - RELEASED_COST * facts.n_released)
    return ScorePart("held", left, facts.n_released, facts.n_held)


def _points(key: str, part: float) -> int:
    return round(MAX_POINTS[key] * part)


def _minutes(ms: int) -> float:
    return max(0, ms) / MINUTE_MS
