"""A macro: several steps done to a mention as one, a reply among them or not."""

from collections.abc import Sequence
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.step import Step, StepKind

MAX_STEPS: Final = 12
MAX_NAME: Final = 60  # characters
ONCE: Final = frozenset(StepKind) - {StepKind.LABEL, StepKind.UNLABEL}  # twice makes no sense


@frozen
class Macro:
    """`steps` in the order they are done; a reply goes first: a status then stands after it."""

    id: int
    name: str
    steps: tuple[Step, ...]

    @property
    def reply(self) -> Step | None:
        """The step that answers, when there is one."""
        return next((s for s in self.steps if s.kind is StepKind.REPLY), None)

    @property
    def snooze(self) -> Step | None:
        return next((s for s in self.steps if s.kind is StepKind.SNOOZE), None)

    @property
    def acts(self) -> tuple[Step, ...]:
        """Everything but the reply."""
        return tuple(s for s in self.steps if s.kind is not StepKind.REPLY)


def fault_of(steps: Sequence[Step]) -> str:
    """Why these steps are no macro: "empty", "too_many", "twice", "text"; "" = they are one."""
    if not steps:
        return "empty"
    if len(steps) > MAX_STEPS:
        return "too_many"
    kinds = [s.kind for s in steps if s.kind in ONCE]
    both = {StepKind.STATUS, StepKind.SNOOZE} <= set(kinds)
    if both or len(kinds) != len(set(kinds)):
        return "twice"
    words = (StepKind.LABEL, StepKind.UNLABEL, StepKind.NOTE, StepKind.SNOOZE)
    return "text" if any(s.kind in words and not s.text.strip() for s in steps) else ""
