"""Questions about people."""

from typing import Any

from socialdesk.domain.frozen import frozen
from socialdesk.domain.people.contact import ContactRow, PersonDetail, Said, Suggestion
from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.queries.base import Query


@frozen
class ListContacts(Query[Listing]):
    """Ids by name. `search`: words of name, organisation, fields, handles; `label:NAME`."""

    search: str = ""


@frozen
class ReadContacts(Query[list[ContactRow]]):
    """One row per id, in that order, blank when gone. At most 100."""

    ids: tuple[int, ...]


@frozen
class ReadPerson(Query[PersonDetail | None]):
    """The contact, else the person behind the author, else behind who wrote the mention."""

    contact_id: int = 0
    author_id: int = 0
    mention_id: int = 0


@frozen
class ListSaid(Query[list[Said]]):
    """A page of what a person wrote and what we answered, newest first."""

    contact_id: int = 0
    author_id: int = 0
    before: int = 0
    limit: int = 30


@frozen
class SuggestMerges(Query[list[Suggestion]]):
    """Who may be one person, with the reasons; both ids 0: of everybody."""

    contact_id: int = 0
    author_id: int = 0


@frozen
class WeighErasing(Query[dict[str, Any] | None]):
    """What erasing this person would take, before it is done: name (to be typed), counts by kind,
    is_busy (a reply to them is on its way), named_in (saved views and rules that name them)."""

    contact_id: int = 0
    author_id: int = 0
