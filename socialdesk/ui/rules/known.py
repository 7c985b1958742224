"""What a rule can name in this workspace: accounts, watches, people, templates, labels."""

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import AccountRow, LabelRow, PersonRow, TemplateRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts, ListLabels, ListPeople, ListTemplates
from socialdesk.engine.words.phrases import watch_name
from socialdesk.engine.words.rules import Names
from socialdesk.i18n import tr
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.words import network_label

AREAS = frozenset({Area.ACCOUNTS, Area.PEOPLE, Area.TEMPLATES, Area.LABELS, Area.ALL})


@frozen
class Known:
    """`networks`: key and name of those there are accounts of."""

    names: Names = field(default_factory=Names)
    labels: tuple[str, ...] = ()
    networks: tuple[tuple[str, str], ...] = ()
    put_away: frozenset[int] = frozenset()  # people who are named and no longer offered


class Knowing(QObject):
    """Reads it, and again when it changes: `took()` when the last answer came. After each of them
    a rule's editor was built anew, 30 ms every time."""

    def __init__(
        self,
        desk: Desk,
        took: Callable[[], None],
        failed: Callable[[SocialDeskError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._took, self._failed = desk, took, failed
        self.known, self.n_awaited = Known(), 0

    def read(self) -> None:
        for query, take in (
            (ListAccounts(), self._take_accounts),
            (ListPeople(with_put_away=True), self._take_people),
            (ListTemplates(), self._take_templates),
            (ListLabels(), self._take_labels),
        ):
            self.n_awaited += 1
            Waiter(self, self._desk.ask(query), partial(self._on_answer, take), self._on_failed)

    def take(self, changes: Changes) -> None:
        if changes.areas & AREAS:
            self.read()

    def _on_answer(self, take: Callable[[Any], None], answer: Any) -> None:
        take(answer)
        self._on_settled()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._failed(error)
        self._on_settled()

    def _on_settled(self) -> None:
        self.n_awaited -= 1
        if not self.n_awaited:
            self._took()

    def _take_accounts(self, rows: Sequence[AccountRow]) -> None:
        watches = {
            w.id: tr("{watch} of {account}", watch=watch_name(w), account=one_line(a.name))
            for a in rows
            for w in a.watches
        }
        networks = {a.network: network_label(a.network) for a in rows if not a.is_crm}
        self.known = replace(self.known, networks=tuple(sorted(networks.items())))
        self._name(accounts={a.id: one_line(a.name) for a in rows}, watches=watches)

    def _take_people(self, rows: Sequence[PersonRow]) -> None:
        self.known = replace(self.known, put_away=frozenset(p.id for p in rows if p.is_put_away))
        self._name(people={p.id: one_line(p.name) for p in rows})

    def _take_templates(self, rows: Sequence[TemplateRow]) -> None:
        self._name(templates={t.id: one_line(t.name) for t in rows})

    def _take_labels(self, rows: Sequence[LabelRow]) -> None:
        self.known = replace(self.known, labels=tuple(one_line(row.name) for row in rows))

    def _name(self, **names: Any) -> None:
        self.known = replace(self.known, names=replace(self.known.names, **names))
