"""Questions about playbooks."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook_sheet import PlaybookRow, PlaybookVersion, Prepared, Sheet
from socialdesk.engine.queries.base import Query


@frozen
class ReadPrepared(Query[Prepared]):
    """All playbooks and the texts they share, as they are now."""


@frozen
class ListPlaybooks(Query[list[PlaybookRow]]):
    """The eight types, then the shared texts."""


@frozen
class ReadPlaybookSheet(Query[Sheet | None]):
    """All texts of one. `playbook`: its id, or `common`."""

    playbook: str


@frozen
class ListPlaybookVersions(Query[list[PlaybookVersion]]):
    """One's own versions of one, newest first."""

    playbook: str
