"""Questions about people, and what answers them."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.queries import contacts as q
from socialdesk.store.contacts import contact_rows, merges
from socialdesk.store.erasing import target
from socialdesk.store.file.sqlite import Connection

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListContacts: lambda c, x, now: _listing(c, x.search),
    q.ReadContacts: lambda c, x, now: contact_rows.read_rows(c, x.ids),
    q.ReadPerson: lambda c, x, now: contact_rows.read_person(
        c, x.contact_id, x.author_id, x.mention_id
    ),
    q.ListSaid: lambda c, x, now: contact_rows.list_said(
        c, x.contact_id, x.author_id, x.before, x.limit
    ),
    q.SuggestMerges: lambda c, x, now: merges.suggest(c, x.contact_id, x.author_id),
    q.WeighErasing: lambda c, x, now: target.weigh(c, x.contact_id, x.author_id),
}


def _listing(conn: Connection, search: str) -> Listing:
    ids = contact_rows.list_ids(conn, search)
    return Listing(ids, len(ids))
