"""Questions about cases in a CRM, and about what it knows of people."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.people.crm import CaseRow, CrmAccount, RecordRow
from socialdesk.engine.queries.base import Query


@frozen
class ListCases(Query[list[CaseRow]]):
    """Of one mention, or of all that an author wrote, newest first; discarded ones are not
    here. Both 0: all that are not in their CRM yet."""

    mention_id: int = 0
    author_id: int = 0


@frozen
class ListRecords(Query[list[RecordRow]]):
    """What CRMs showed of an author; a chosen one is the only one of its CRM."""

    author_id: int


@frozen
class ListCrms(Query[list[CrmAccount]]):
    """The CRMs that are connected here."""
