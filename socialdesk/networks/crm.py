"""What a CRM connector has besides (Can.CRM): it takes a case or a task made of a mention, and
shows what it knows of a person. A CRM is an account like any other, without mentions."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from socialdesk.domain.people.crm import (
    NOT_TIED,
    CaseKind,
    CrmCase,
    CrmPerson,
    CrmPushed,
    CrmRecord,
)

__all__ = ["NOT_TIED", "CaseKind", "Crm", "CrmCase", "CrmPerson", "CrmPushed", "CrmRecord"]


@runtime_checkable
class Crm(Protocol):
    """What a connector with Can.CRM has. Every method may raise any ConnectorError."""

    def look_up(self, person: CrmPerson) -> tuple[CrmRecord, ...]:
        """The likeliest records, best first, at most 5."""
        ...

    def push(self, case: CrmCase) -> CrmPushed:
        """Make it, once per `key`. UnreachableError.maybe_done: it may be there."""
        ...

    def find_case(self, case: CrmCase) -> CrmPushed | None:
        """What an earlier `push` may have made."""
        ...

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        """The state of each case that is still there, by remote id."""
        ...
