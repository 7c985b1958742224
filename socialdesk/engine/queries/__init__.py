"""Every question a screen, the command line or a script can ask. Answered by a read-only
connection in the asker's own process (`answers.py`); none waits for the engine.

Here stands what the inbox and the first screens ask; other rooms have a file of their own."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import (
    AccountRow,
    AuthorCard,
    Badge,
    Detail,
    ExportRow,
    JournalRow,
    LabelRow,
    Listing,
    Order,
    OutboxRow,
    PersonRow,
    QueueRow,
    SavedView,
    TemplateRow,
    VersionRow,
    View,
)  # fmt: skip
from socialdesk.engine.queries.base import Query


@frozen
class ListMentions(Query[Listing]):
    """The ids of a view, narrowed by a search. `search` uses the operators of
    `domain.queue.search`."""

    view: View = View.NEEDS_REPLY
    search: str = ""
    order: Order = Order.NEED
    limit: int = 1_000_000


@frozen
class ReadRows(Query[list[QueueRow]]):
    """One row per id, in that order, blank when gone. At most 100."""

    ids: tuple[int, ...]


@frozen
class ReadExport(Query[list[ExportRow]]):
    """One whole row per id that is there, in that order. At most 500. `without`: networks whose
    terms forbid copies."""

    ids: tuple[int, ...]
    without: tuple[str, ...] = ()


@frozen
class ReadDetail(Query[Detail | None]):
    """A mention with its thread, notes and draft. None when there is no such mention."""

    mention_id: int


@frozen
class ReadAuthor(Query[AuthorCard | None]):
    """Who wrote it, and our history with them."""

    mention_id: int


@frozen
class CountViews(Query[list[Badge]]):
    """A count per built-in view (key = View.value) and saved view (key = "saved:ID")."""


@frozen
class ListOutbox(Query[list[OutboxRow]]):
    """Outgoing replies, newest first. `only_open`: without sent, taken back, discarded."""

    only_open: bool = True
    only_approval: bool = False
    mention_id: int = 0
    limit: int = 500


@frozen
class ListTemplates(Query[list[TemplateRow]]):
    """Templates by folder and name. `search` matches name and words."""

    search: str = ""
    with_archived: bool = False


@frozen
class ListVersions(Query[list[VersionRow]]):
    """Every version of a template in every language, newest first."""

    template_id: int


@frozen
class ListAccounts(Query[list[AccountRow]]):
    """Accounts with the health of each watch."""


@frozen
class IsAnythingWatched(Query[bool]):
    """Whether there is an account that mentions may come from: not a CRM."""


@frozen
class ListLabels(Query[list[LabelRow]]):
    """Labels by name."""


@frozen
class ListPeople(Query[list[PersonRow]]):
    """Who works here, to choose from. `with_put_away`: who left too, where names are shown."""

    with_put_away: bool = False


@frozen
class ListSavedViews(Query[list[SavedView]]):
    """Saved views in their order."""


@frozen
class ListRejects(Query[list[tuple[int, str, str, str]]]):
    """Set-aside items: at (ms), account, reason, start of the raw text; newest first."""

    account_id: int = 0
    limit: int = 200


@frozen
class ReadCoverage(Query[list[tuple[int, int, int, int, int]]]):
    """(account, hour start ms, n fetched, n failed, n rate-limited) per hour from `since` ms
    to before `until`; an hour without a row was not watched."""

    since: int
    until: int = 1 << 62  # after any hour


@frozen
class CountPerHour(Query[list[int]]):
    """Mentions per hour for the last `hours` hours, oldest first; -1 = not watched."""

    now: int
    hours: int = 14


@frozen
class ReadSettings(Query[dict[str, str]]):
    """Every setting that differs from its default."""


@frozen
class ReadJournal(Query[list[JournalRow]]):
    """The newest entries first."""

    limit: int = 200
    kind: str = ""


@frozen
class PeekUndo(Query[tuple[str, str]]):
    """What undo and redo would do now: journal kinds, "" when nothing."""
