"""A playbook as its screen shows it: one line of the list, all its texts, its versions."""

from collections.abc import Mapping

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import Common, FactText, Line, Playbook, StepText, Texts
from socialdesk.domain.playbooks.playbook_check import Fault
from socialdesk.domain.playbooks.playbook_texts import Change, Part


@frozen
class Prepared:
    """Everything that is prepared for a crisis, as it is now."""

    common: Common
    playbooks: tuple[Playbook, ...]

    def find(self, playbook: str) -> Playbook | None:
        return next((p for p in self.playbooks if p.id == playbook), None)


@frozen
class PlaybookRow:
    """`title` {} for the shared texts. `read_by`: who has read this version, newest first;
    `read_at`: when the last of them did, 0 = nobody."""

    id: str
    title: Texts
    version: str
    is_own: bool
    reviewed: Mapping[str, bool]
    read_by: tuple[str, ...] = ()
    read_at: int = 0


@frozen
class Sheet:
    """`playbook`: what stands beside the words; None for the shared texts. `places`: what may be
    filled in. `shipped_version`: of the built-in one. `faults`: of an own copy that cannot be used;
    the built-in one is shown then."""

    row: PlaybookRow
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    places: tuple[str, ...]
    shipped_version: str
    playbook: Playbook | None = None
    faults: tuple[Fault, ...] = ()

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)

    def fact(self, key: str) -> FactText | None:
        facts = self.playbook.facts if self.playbook else ()
        return next((fact for fact in facts if fact.key == key), None)

    def step(self, key: str) -> StepText | None:
        steps = self.playbook.steps if self.playbook else ()
        return next((step for step in steps if step.key == key), None)


@frozen
class PlaybookVersion:
    """One own version, or a return to the built-in one. `changes`: against the one before."""

    n: int
    person: str
    at: int
    is_restore: bool
    changes: tuple[Change, ...]
