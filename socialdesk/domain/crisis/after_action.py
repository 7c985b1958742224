"""The report after an incident: what happened, in numbers and in the order of the log.

Source: crisis-mode specification, section 13. Times are ms UTC, 0 = never; names of strangers and
their words are not in it, so that a person can be erased and the report stays as it was.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from socialdesk.domain.frozen import frozen

VERSION: Final = 1  # of the JSON


@frozen
class Number:
    """One number with the question it answers: plain SQL over the workspace file. None = nothing to
    count from."""

    value: float | None
    sql: str


@frozen
class LogLine:
    """One event."""

    seq: int
    at: int
    person: str
    kind: str
    data: Mapping[str, Any]


@frozen
class FactLine:
    """What was asked, what was found, and when it became sure."""

    question: str
    answer: str
    state: str
    n_checks: int
    confirmed_at: int


@frozen
class TextLine:
    """One published version. `looks`: (kind, who, minutes of cool-down); `where`: (account, at);
    `posture` "" = none was chosen."""

    kind: str
    lang: str
    text: str
    hash: str
    looks: tuple[tuple[str, str, int], ...]
    facts: tuple[str, ...]
    where: tuple[tuple[str, int], ...]
    posture: str = ""
    posture_reason: str = ""


@frozen
class ToldLine:
    """An audience and when it was told, 0 = never."""

    name: str
    kind: str
    told_at: int


@frozen
class TaskLine:
    """What is to be done."""

    text: str
    owner: str
    due_at: int
    is_done: bool


@frozen
class Earlier:
    """Another incident or drill, for comparison. Lengths in ms, -1 = never came to it."""

    code: str
    title: str
    is_drill: bool
    declared_at: int
    to_declare_ms: int
    to_statement_ms: int
    n_skipped: int
    score: int = -1


@frozen
class AfterAction:
    """All of one incident. `roles`: role to name; `review`: cause, went_well, went_badly,
    public_message; `waiting`: mentions that asked and were not answered; `zone`: IANA name or
    offset, for local times."""

    code: str
    title: str
    type: str
    severity: int
    state: str
    strategy: str
    cluster: str
    mode_at_start: str
    mode_now: str
    made_at: int
    zone: str
    is_drill: bool
    times: Mapping[str, int]
    roles: Mapping[str, str]
    numbers: Mapping[str, Number]
    log: tuple[LogLine, ...]
    facts: tuple[FactLine, ...]
    statements: tuple[TextLine, ...]
    audiences: tuple[ToldLine, ...]
    tasks: tuple[TaskLine, ...]
    earlier: tuple[Earlier, ...]
    waiting: tuple[int, ...] = ()
    review: Mapping[str, str] = field(default_factory=dict)

    def n(self, key: str) -> float | None:
        """The value of a number."""
        return self.numbers[key].value


def nearest_rank(values: list[int], share: float) -> int | None:
    """The smallest value that `share` of all do not exceed; None of nothing. Source: nearest-rank
    percentile."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]
