"""Questions about playbooks."""

from dataclasses import dataclass

from socialdesk.domain.playbook_sheet import PlaybookRow, PlaybookVersion, Prepared, Sheet
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ReadPrepared(Query[Prepared]):
    """All playbooks and the texts they share, as they are now."""


@dataclass(frozen=True, slots=True)
class ListPlaybooks(Query[list[PlaybookRow]]):
    """The eight types, then the shared texts."""


@dataclass(frozen=True, slots=True)
class ReadPlaybookSheet(Query[Sheet | None]):
    """All texts of one. `playbook`: its id, or `common`."""

    playbook: str


@dataclass(frozen=True, slots=True)
class ListPlaybookVersions(Query[list[PlaybookVersion]]):
    """One's own versions of one, newest first."""

    playbook: str
