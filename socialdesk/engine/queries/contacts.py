"""Questions about people."""

from dataclasses import dataclass
from typing import Any

from socialdesk.domain.contact import ContactRow, PersonDetail, Said, Suggestion
from socialdesk.domain.rows import Listing
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class ListContacts(Query[Listing]):
    """Ids by name. `search`: words of name, organisation, fields, handles; `label:NAME`."""

    search: str = ""


@dataclass(frozen=True, slots=True)
class ReadContacts(Query[list[ContactRow]]):
    """One row per id, in that order, blank when gone. At most 100."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadPerson(Query[PersonDetail | None]):
    """The contact, else the person behind the author, else behind who wrote the mention."""

    contact_id: int = 0
    author_id: int = 0
    mention_id: int = 0


@dataclass(frozen=True, slots=True)
class ListSaid(Query[list[Said]]):
    """A page of what a person wrote and what we answered, newest first."""

    contact_id: int = 0
    author_id: int = 0
    before: int = 0
    limit: int = 30


@dataclass(frozen=True, slots=True)
class SuggestMerges(Query[list[Suggestion]]):
    """Who may be one person, with the reasons; both ids 0: of everybody."""

    contact_id: int = 0
    author_id: int = 0


@dataclass(frozen=True, slots=True)
class WeighErasing(Query[dict[str, Any] | None]):
    """What erasing this person would take, before it is done: name (to be typed), counts by kind,
    is_busy (a reply to them is on its way), named_in (saved views and rules that name them)."""

    contact_id: int = 0
    author_id: int = 0
