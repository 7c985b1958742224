"""Questions about CRMs, and what answers them."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.engine.queries import crm as q
from socialdesk.store.crm import crm_case_rows, crm_records
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListCases: lambda c, x, now: crm_case_rows.list_cases(c, x.mention_id, x.author_id),
    q.ListRecords: lambda c, x, now: crm_records.list_records(c, x.author_id),
    q.ListCrms: lambda c, x, now: crm_records.list_crms(c),
}
