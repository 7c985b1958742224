"""The two-check rule: who may give a second look, when, how many it takes, how long it counts.

Source: crisis-mode specification, section 6 and refusals R25, R27, R28, R29.
"""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.crisis.incident import HOUR_MS, MINUTE_MS, Incident, Severity
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.crisis.statement import StatementKind
from socialdesk.domain.frozen import frozen

MIN_SKIP_CHARS: Final = 20  # of the reason for "Send now without the check"
COUNTING: Final = frozenset({Look.PERSON_HERE, Look.PERSON_AWAY, Look.SELF_COOLDOWN})
"""Looks that count under a lock; `self` counts in normal times only."""


@frozen
class Written:
    """What is looked at. `is_first`: a first statement, or the silence in its place; `kind`: of a
    statement, else "". `edited_at`: ms UTC. `incident`: None in quiet times."""

    subject: str  # statement, line, silence, reply
    subject_id: int
    hash: str
    author: int
    edited_at: int
    kind: str = ""
    is_first: bool = False
    incident: Incident | None = None

    @property
    def is_worst(self) -> bool:
        """Of an incident as bad as can be, or whose severity nobody has said."""
        return self.incident is not None and self.incident.severity <= Severity.SEV1

    @property
    def incident_id(self) -> int:
        return self.incident.id if self.incident else 0


def cooldown_ms(written: Written, limits: CrisisLimits) -> int:
    """Between the last edit and a look by the same person."""
    if written.is_first:
        minutes = limits.first_look_sev1_min if written.is_worst else limits.first_look_min
    else:
        minutes = limits.look_sev1_min if written.is_worst else limits.look_min
    return minutes * MINUTE_MS


def n_self_needed(written: Written, mode: TeamMode) -> int:
    """Serious texts of the worst severity take two looks by the same person."""
    is_serious = written.kind == StatementKind.SERIOUS.value
    return 2 if written.is_worst and is_serious and mode is TeamMode.SOLO else 1


def is_enough(written: Written, mode: TeamMode, looks: Sequence[Look]) -> bool:
    """Whether these standing looks at the exact text let it go. In pair mode the same person's look
    does not."""
    if any(look in (Look.PERSON_HERE, Look.PERSON_AWAY) for look in looks):
        return True
    n_self = sum(look is Look.SELF_COOLDOWN for look in looks)
    return mode is TeamMode.SOLO and n_self >= n_self_needed(written, mode)


def is_own_text(look: Look, mode: TeamMode, author: int, person: int) -> bool:
    """Somebody else must look (R29): in pair mode always, and nobody is another person to
    oneself."""
    if look is Look.SELF_COOLDOWN:
        return mode is TeamMode.PAIR
    return look is Look.PERSON_HERE and author == person


def is_named(how: str, name: str) -> bool:
    """Whether `how` (who answered, how, when) says that this very person answered: it begins with
    their name, before a comma. A name may have commas of its own."""
    said, who = _folded(how), _folded(name)
    return bool(who) and (said == who or said.startswith((f"{who},", f"{who} ,")))


def _folded(text: str) -> str:
    """й may come as two signs."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def ends_at(written: Written, now: int, limits: CrisisLimits) -> int:
    """When an approval given `now` ends by itself (ms UTC)."""
    if written.incident is None:
        return now + limits.quiet_lines_days * 24 * HOUR_MS
    hours = limits.approval_sev1_h if written.is_worst else limits.approval_h
    return now + hours * HOUR_MS


def unanswered(
    look: Look, questions: Collection[str], answers: Sequence[tuple[str, str]]
) -> list[str]:
    """The questions without an answer. Who was asked by message answered somewhere else."""
    if look is Look.PERSON_AWAY:
        return []
    given = {key for key, said in answers if said.strip()}
    return [key for key in questions if key not in given]


def elapsed_ms(since: tuple[int, int, str], now: tuple[int, int, str], boot: tuple[int, int]) -> (
    int
):  # fmt: skip
    """How long the text has rested. A clock set forward gains nothing, one set back loses nothing.

    `since`, `now`: (ms UTC, monotonic ms, boot id) of the edit and of this moment; `boot`: (ms UTC,
    monotonic ms) of the first entry the journal has of the present run of the computer. Within one
    run the monotonic clock tells alone; else the wall clock up to the beginning of this run, and
    the monotonic clock from there.
    """
    if since[2] == now[2]:
        return max(0, now[1] - since[1])
    return max(0, boot[0] - since[0]) + max(0, now[1] - boot[1])
