"""Everything the panel of texts reads of an incident, read together and shown together."""

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.crisis.crisis_rows import AudienceRow, DueRow, FactRow, StatementRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.domain.queue.rows import AccountRow, PersonRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts, ListPeople
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.crisis import (
    ListAudiences,
    ListDues,
    ListFacts,
    ListStatements,
    ReadIncident,
)
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.ui.crisis.text.draft import newest
from socialdesk.ui.crisis.text.listing import is_published
from socialdesk.ui.crisis.text.speakers import account_name, can_post
from socialdesk.ui.tasks import Latest


@frozen
class Known:
    """As it was last read."""

    incident: Incident | None = None
    prepared: Prepared | None = None
    rows: Sequence[StatementRow] = ()
    fact_rows: Sequence[FactRow] = ()
    accounts: Sequence[AccountRow] = ()
    audiences: Sequence[AudienceRow] = ()
    dues: Sequence[DueRow] = ()
    people: Sequence[PersonRow] = ()
    facts: dict[int, FactRow] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)  # account id → what it is called

    def statement(self, statement_id: int) -> StatementRow | None:
        return next((row for row in self.rows if row.id == statement_id), None)

    def correction_of(self, statement_id: int) -> StatementRow | None:
        """A correction that is begun and not out."""
        return next(
            (row for row in self.rows if row.supersedes_id == statement_id
             and row.kind == "correction" and not row.dropped_at
             and not is_published(row)), None
        )  # fmt: skip

    @property
    def langs(self) -> list[str]:
        """The languages texts are written in: of the scope, the audiences, and what is written."""
        if self.incident is None:
            return []
        wanted = {*self.incident.scope.languages}
        wanted |= {a.lang for a in self.audiences if a.is_in_incident and a.lang}
        written = {lang for row in self.rows for lang in newest(row)}
        return [lang for lang in LANGS if lang in (wanted or set(LANGS)) | written]

    @property
    def late_at(self) -> int:
        """When the public was promised something that has not come; 0 = nothing is late."""
        late = [d.due_at for d in self.dues if d.to_kind == "public" and d.state == "late"]
        return max(late, default=0)

    @property
    def is_staff_told(self) -> bool:
        """Whether employees heard it from us."""
        return any(a.kind == "staff" and a.told_at for a in self.audiences)

    @property
    def here(self) -> tuple[int, str]:
        """Who is at the keys: id and name."""
        return next(((p.id, p.name) for p in self.people if p.is_here), (0, ""))

    def usual_accounts(self) -> tuple[int, ...]:
        """Those that spoke last; at first all in scope that can post by themselves."""
        spoken = (v.accounts for row in self.rows if row.kind not in ("staff", "oneoff")
                  for v in newest(row).values() if v.accounts)  # fmt: skip
        scope = self.incident.scope.accounts if self.incident else ()
        able = (a.id for a in self.accounts if can_post(a) and (not scope or a.id in scope))
        return next(spoken, None) or tuple(able)


class Reader(QObject):
    """`read(Known)`: all of it was read anew. `failed(error)`."""

    read = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, incident_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._known = desk, Known()
        self._latest = Latest(self)
        self._left: list[tuple[str, Query[Any]]] = []
        self._once: list[Callable[[], None]] = []
        self._parts: list[tuple[str, Query[Any]]] = [
            ("incident", ReadIncident(incident_id)), ("prepared", ReadPrepared()),
            ("rows", ListStatements(incident_id)), ("fact_rows", ListFacts(incident_id)),
            ("accounts", ListAccounts()), ("audiences", ListAudiences(incident_id)),
            ("dues", ListDues(incident_id)), ("people", ListPeople()),
        ]  # fmt: skip

    def refresh(self) -> None:
        """Read everything again; a reading that is under way is forgotten."""
        self._left = list(self._parts)
        self._next(self._known)

    def once(self, then: Callable[[], None]) -> None:
        """After the reading that is under way."""
        self._once.append(then)

    def _next(self, known: Known) -> None:
        """One question after the other: a reader thread answers them in this order anyway."""
        if not self._left:
            self._end(known)
            return
        name, query = self._left.pop(0)
        self._latest.wait(
            self._desk.ask(query),
            lambda answer: self._next(replace(known, **{name: answer})),
            self.failed.emit,
        )

    def _end(self, known: Known) -> None:
        self._known = replace(
            known, facts={f.id: f for f in known.fact_rows},
            names={a.id: account_name(a) for a in known.accounts},
        )  # fmt: skip
        self.read.emit(self._known)
        waiting, self._once = self._once, []
        for then in waiting:
            then()
